package io.sessionevents.local.command.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.local.scenario.Report;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Instances are killed; every kind of fault once with the profile {@code campaigns}, hundreds with {@code faults}. */
class FaultsIT {
    private static final FaultScenarios.Size SIZE =
            FaultScenarios.Size.valueOf(System.getProperty("session-events.faults", FaultScenarios.Size.SHORT.name()));
    private static final List<String> ONLY = Arrays.stream(
                    System.getProperty("session-events.faults.only", "").split(",", -1))
            .filter(name -> !name.isEmpty())
            .toList();
    private static final long SEED = Long.getLong("session-events.seed", 42);
    private static final int LANES = Integer.getInteger("session-events.lanes", 3);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path directory;

    @Test
    void shouldKeepEveryPromiseUnderEveryFault() throws IOException, InterruptedException {
        var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);

        Report report = new FaultCampaign(out, directory, SIZE, SEED, LANES, ONLY).run();

        report.write(Path.of("target"));
        out.println(report.table());
        assertThat(report.problems()).as("seed %d", SEED).isEmpty();
        assertThat(report.kept()).isTrue();
    }
}
