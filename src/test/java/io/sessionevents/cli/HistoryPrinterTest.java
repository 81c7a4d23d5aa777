package io.sessionevents.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.session.AlertKind;
import io.sessionevents.session.AlertSample;
import io.sessionevents.session.HistoryEntry;
import io.sessionevents.session.HistoryEntry.Position;
import io.sessionevents.session.Origin;
import io.sessionevents.session.Session.ResourceUtilization;
import io.sessionevents.session.SessionAlert.ClearReason;
import io.sessionevents.session.SessionSample;
import io.sessionevents.session.SessionState;
import io.sessionevents.session.StateChange;
import io.sessionevents.session.UsageSample;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HistoryPrinterTest {
    private static final Position SOMEWHERE = new Position("session-usage", 3, 17, SessionSample.START);

    /** The first four are the example of docs/commands.md. */
    private static final List<HistoryEntry> ENTRIES = List.of(
            change(1, null, "STARTING", 0, null),
            change(2, SessionState.STARTING, "IDLE", 60, Duration.ofMillis(12_500), SessionState.STARTED),
            change(3, SessionState.IDLE, "TERMINATED", 3600, Duration.ofMinutes(2)),
            new HistoryEntry.UsageRevision(
                    SOMEWHERE, UsageSample.record(SessionSample.KEY, null, Map.of("team", "blue"))),
            new HistoryEntry.Alert(SOMEWHERE, AlertSample.raised(SessionSample.KEY, null, Map.of())),
            new HistoryEntry.Alert(
                    SOMEWHERE,
                    AlertSample.cleared(SessionSample.KEY, AlertKind.BILLED_VCPU_HOURS, ClearReason.BELOW_THRESHOLD)),
            new HistoryEntry.Unreadable(SOMEWHERE, "the magic byte is 123, expected 0"));

    @Test
    void shouldPrintRowsThatAreAligned() {
        assertThat(print(false, ENTRIES).lines())
                .containsExactly(
                        "TIME                 SEQ  WHAT                          WINDOW  NOTE",
                        "2026-11-23 09:00:00    1  ·           → STARTING             ·",
                        "2026-11-23 09:01:00    2  STARTING    → IDLE            12.5 s  missed STARTED",
                        "2026-11-23 10:00:00    3  IDLE        → TERMINATED       2 min  billed 0.25 vCPU h, 1.0 memory GB h",
                        "2026-11-23 11:00:00    2  usage CORRECTED                    ·  billed 0.1 vCPU h, 1E-7 memory GB h, 12.000 storage GB h, since the revision before -0.9 vCPU h, 1E-7 memory GB h",
                        "2026-11-23 11:00:00    2  alert IDLE                    10.0 s  raised, 120 min, threshold 90 min",
                        "2026-11-23 11:01:00    1  alert BILLED_VCPU_HOURS            ·  cleared: below threshold, threshold 10.0 vCPU h",
                        "2026-11-23 09:00:00    ·  unreadable                         ·  offset 17 of partition 3 of session-usage: the magic byte is 123, expected 0");
    }

    @Test
    void shouldBeWhatTheDocumentShows() throws IOException {
        assertThat(Files.readString(Path.of("docs/commands.md"))).contains(print(false, ENTRIES.subList(0, 4)));
    }

    @Test
    void shouldKeepTheColumnsWithColours() {
        assertThat(print(true, ENTRIES).replaceAll("\u001b\\[\\d*m", "")).isEqualTo(print(false, ENTRIES));
        assertThat(print(true, ENTRIES)).contains("\u001b[33mIDLE\u001b[0m", "\u001b[31munreadable\u001b[0m");
    }

    /** A state that AWS has invented since, or that somebody has written into the topic. */
    @Test
    void shouldPrintAStateThatNobodyKnowsAsItIsButHarmless() {
        assertThat(print(false, List.of(change(1, SessionState.UNKNOWN, "HIBER\u001b[2JNATED", 0, null))))
                .contains("UNKNOWN     → HIBER?[2JNATED")
                .doesNotContain("\u001b");
    }

    @Test
    void shouldFitIntoTheTerminal() {
        assertThat(print(false, 80, ENTRIES).lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80))
                .contains("2026-11-23 09:01:00    2  STARTING    → IDLE            12.5 s  missed STARTED");
        assertThat(print(false, 40, ENTRIES).lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(40));
    }

    private static String print(boolean colour, List<HistoryEntry> entries) {
        return print(colour, RowStyle.UNLIMITED, entries);
    }

    private static String print(boolean colour, int columns, List<HistoryEntry> entries) {
        var text = new StringWriter();
        var style = new RowStyle(OutputFormat.table, colour, ZoneOffset.UTC, () -> columns);
        new HistoryPrinter(new PrintWriter(text), style).print(entries);
        return text.toString();
    }

    private static HistoryEntry change(
            long sequence,
            @Nullable SessionState previous,
            String state,
            long seconds,
            @Nullable Duration window,
            SessionState... missed) {
        Instant at = SessionSample.START.plusSeconds(seconds);
        return new HistoryEntry.Change(
                SOMEWHERE,
                new StateChange(
                        SessionSample.KEY,
                        sequence,
                        previous,
                        List.of(missed),
                        at,
                        at,
                        window == null ? null : at.minus(window),
                        Map.of(),
                        Origin.PUBLISHED,
                        SessionSample.in(state)
                                .billed(ResourceUtilization.of(0.25, 1.0, null))
                                .session()));
    }
}
