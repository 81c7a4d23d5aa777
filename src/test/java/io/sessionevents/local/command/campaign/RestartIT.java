package io.sessionevents.local.command.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.local.scenario.Run;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The campaign of restarts, short: {@code ./session-events campaign restart} is the long one. */
@Tag("campaign")
class RestartIT {
    private static final int TIMES = 1;
    private static final long SEED = Long.getLong("session-events.seed", 42);

    @TempDir
    private Path directory;

    @Test
    void shouldTellWhateverWasSeenTwiceWhenBothInstancesAreKilledAndComeBack() throws Exception {
        var out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);

        Restarts restarts = new RestartCampaign(true, TIMES).restarts(new Run(out, directory, SEED));

        assertThat(restarts.verdict().violations()).as("seed %d", SEED).isEmpty();
        assertThat(restarts.recoveries().second()).hasSize(TIMES);
    }
}
