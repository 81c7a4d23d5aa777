package io.sessionevents.local.command.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The campaign of restarts, short: {@code ./session-events campaign restart} is the long one. */
class RestartIT {
    private static final int TIMES = 1;
    private static final long SEED = Long.getLong("session-events.seed", 42);

    @TempDir
    private Path directory;

    @Test
    void shouldTellWhateverWasSeenTwiceWhenBothInstancesAreKilledAndComeBack() throws Exception {
        var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);

        Restarts outcome = new RestartCampaign(out, true, TIMES, SEED).run(directory);

        assertThat(outcome.violations()).as("seed %d", SEED).isEmpty();
        assertThat(outcome.recoveries().second()).hasSize(TIMES);
    }
}
