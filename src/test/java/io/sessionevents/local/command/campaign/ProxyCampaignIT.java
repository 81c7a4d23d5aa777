package io.sessionevents.local.command.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.local.scenario.Campaign;
import io.sessionevents.local.scenario.Run;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form of {@code campaign proxy}: pages of a proxy are no verdict about a session. */
@Tag("campaign")
class ProxyCampaignIT {
    private static final long SEED = 42;
    private static final int SESSIONS = 40;

    @TempDir
    private Path directory;

    @Test
    void shouldGiveUpNoSessionBecauseOfAProxy() throws IOException, InterruptedException {
        var out = new StringWriter();
        var run = new Run(new PrintWriter(out, true), directory, SEED);
        Campaign.Result result =
                Campaigns.proxy(SESSIONS, Duration.ofSeconds(15), SEED).run(run);
        assertThat(result.verdict().violations()).as(out + result.table()).isEmpty();
    }
}
