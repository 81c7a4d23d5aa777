package io.sessionevents.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final StringWriter err = new StringWriter();
    private Instant now = Instant.EPOCH;

    @Test
    void shouldSayNothingOfWhatIsQuick() {
        Progress progress = progress(true, "Reading");
        progress.at(0, 10);
        after(Progress.PATIENCE.minusMillis(1));
        progress.at(9, 10);
        progress.clear();

        assertThat(err.toString()).isEmpty();
    }

    @Test
    void shouldRedrawOneLineOfATerminalAndMakeRoom() {
        Progress progress = progress(true, "Reading session-ids-dlq");
        progress.at(0, 400);
        after(Progress.PATIENCE);
        progress.at(100, 400);
        progress.at(101, 400);
        after(Progress.REDRAWN);
        progress.at(200, 400);
        progress.clear();
        progress.clear();

        assertThat(err.toString())
                .isEqualTo("\r\u001b[KReading session-ids-dlq: 100 of 400 (25 %)"
                        + "\r\u001b[KReading session-ids-dlq: 200 of 400 (50 %)\r\u001b[K");
    }

    @Test
    void shouldPrintALineNowAndThenWhereThereIsNoTerminal() {
        Progress progress = progress(false, "Reading");
        progress.at(0, 4);
        after(Progress.PATIENCE);
        progress.at(1, 4);
        after(Progress.PRINTED.minusMillis(1));
        progress.at(2, 4);
        after(Duration.ofMillis(1));
        progress.at(3, 4);

        assertThat(err.toString().lines()).containsExactly("Reading: 1 of 4 (25 %)", "Reading: 3 of 4 (75 %)");
    }

    @Test
    void shouldFitIntoTheNarrowestTerminal() {
        Progress progress = progress(false, "Reading " + "a".repeat(249));
        progress.at(0, Long.MAX_VALUE / 200);
        after(Progress.PATIENCE);
        progress.at(Long.MAX_VALUE / 400, Long.MAX_VALUE / 200);

        assertThat(err.toString().strip()).hasSizeLessThan(60).endsWith("%)");
    }

    private void after(Duration duration) {
        now = now.plus(duration);
    }

    private Progress progress(boolean terminal, String doing) {
        var context = new CommandContext(
                Map.of(), InputStream.nullInputStream(), terminal, () -> now, ZoneOffset.UTC, "test", action -> {});
        return new Progress(context, new PrintWriter(err), doing);
    }
}
