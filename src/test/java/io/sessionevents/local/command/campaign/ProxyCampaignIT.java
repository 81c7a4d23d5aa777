package io.sessionevents.local.command.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form of {@code campaign proxy}: pages of a proxy are no verdict about a session. */
class ProxyCampaignIT {
    private static final long SEED = 42;
    private static final int SESSIONS = 40;

    @TempDir
    private Path directory;

    @Test
    void shouldGiveUpNoSessionBecauseOfAProxy() throws IOException, InterruptedException {
        var out = new StringWriter();
        try (var proxy = new ProxyCampaign(new Campaign(new PrintWriter(out, true), SEED), directory, SESSIONS)) {
            assertThat(proxy.run(Duration.ofSeconds(15))).as(out.toString()).isTrue();
        }
    }
}
