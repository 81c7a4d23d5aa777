package io.sessionevents.local.command.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.local.scenario.Report;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every kind of fault once; hundreds of them with the profile {@code faults}. */
class FaultsIT {
    private static final FaultScenarios.Size SIZE =
            FaultScenarios.Size.valueOf(System.getProperty("session-events.faults", FaultScenarios.Size.SHORT.name()));
    private static final long SEED = Long.getLong("session-events.seed", 42);
    private static final int LANES = Integer.getInteger("session-events.lanes", 3);

    @Test
    void shouldKeepEveryPromiseUnderEveryFault() throws IOException, InterruptedException {
        var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);

        Report report = new FaultCampaign(out, SIZE, SEED, LANES, List.of()).run();

        report.write(Path.of("target"));
        out.println(report.table());
        assertThat(report.problems()).as("seed %d", SEED).isEmpty();
        assertThat(report.kept()).isTrue();
    }
}
