package io.sessionevents.local.command.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.cli.OutputFormat;
import io.sessionevents.cli.RowStyle;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScreenTest {
    private static final String STATUS =
            "12 s  50 sessions  100 events  9.1 of 9.5 lookups/s  ".repeat(4).strip();
    private static final Pattern DRAWN = Pattern.compile("\r\u001b\\[J[^\r\n\u001b]+\r(?!\n)");
    private static final PrintStream ERR = System.err;

    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private final PrintWriter out = new PrintWriter(sent, true, UTF_8);
    private final AtomicInteger columns = new AtomicInteger(80);
    private final AtomicLong nanos = new AtomicLong();

    @AfterEach
    void restore() {
        System.setErr(ERR);
    }

    @Test
    void shouldLeaveNothingOfTheStatusBehindAtAnyWidth() {
        System.setErr(new PrintStream(sent, true, UTF_8));
        for (int width : IntStream.rangeClosed(2, 250).toArray()) {
            sent.reset();
            columns.set(width);
            List<String> expected = new ArrayList<>();
            try (var screen = screen()) {
                for (int i = 0; i < 6; i++) {
                    nanos.addAndGet(StatusRow.PACE.toNanos());
                    screen.status(() -> STATUS);
                    screen.note("note");
                    System.err.print("lo");
                    nanos.addAndGet(StatusRow.PACE.toNanos());
                    screen.status(() -> STATUS);
                    System.err.print("g\n");
                    expected.addAll(List.of("note", "log"));
                }
            }
            expected.add("");
            String played = String.join("\n", PlayedTerminal.rows(width, sent.toString(UTF_8)));
            String wanted = String.join("\n", PlayedTerminal.rows(width, String.join("\r\n", expected)));

            assertThat(played).as("at %d columns", width).isEqualTo(wanted);
        }
    }

    @Test
    void shouldShowTheStatusInOneRowAlsoWhereTheWidthHasChanged() {
        for (int width : new int[] {200, 60, 100, 80, 20}) {
            sent.reset();
            columns.set(width);
            nanos.addAndGet(StatusRow.PACE.toNanos());
            try (var screen = screen()) {
                screen.status(() -> STATUS);
                String row = PlayedTerminal.rows(width, sent.toString(UTF_8)).getFirst();

                assertThat(row).hasSize(Math.min(width - 1, STATUS.length()));
                assertThat(STATUS).startsWith(row.replace("…", ""));
            }
        }
    }

    @Test
    void shouldDrawAtMostFourTimesASecond() {
        try (var screen = screen()) {
            for (int millis = 0; millis < 10_000; millis += 10) {
                nanos.set(Duration.ofMillis(millis).toNanos());
                screen.status(() -> STATUS);
                if (millis % 50 == 0) {
                    screen.note("note");
                }
            }
        }

        assertThat(DRAWN.matcher(sent.toString(UTF_8)).results()).hasSize(40);
    }

    private Screen screen() {
        return new Screen(
                out,
                out,
                new RowStyle(OutputFormat.table, false, ZoneOffset.UTC, columns::get),
                new StatusRow(out, columns::get, nanos::get));
    }
}
