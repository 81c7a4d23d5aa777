package io.sessionevents.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sessionevents.avro.ChangeEvents;
import io.sessionevents.avro.ConfigurationDetail;
import io.sessionevents.session.Origin;
import io.sessionevents.session.SessionSample;
import io.sessionevents.session.SessionState;
import io.sessionevents.session.StateChange;
import io.sessionevents.v1.SessionStateChanged;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChangePrinterTest {
    private static final StateChange CHANGE = new StateChange(
            SessionSample.KEY,
            3,
            SessionState.IDLE,
            List.of(SessionState.BUSY),
            SessionSample.START,
            SessionSample.START.plusMillis(2_100),
            SessionSample.START.minusSeconds(5),
            Map.of("team", "blue"),
            Origin.PUBLISHED,
            SessionSample.in("IDLE").session());
    private static final SessionStateChanged EVENT = new ChangeEvents(ConfigurationDetail.REDACTED).event(CHANGE);

    @Test
    void shouldPrintAnAlignedRowWithoutColour() {
        assertThat(print(OutputFormat.table, false).lines())
                .containsExactly(
                        "TIME          SESSION                            CHANGE                      SEQ      LAG  NOTE",
                        "09:00:02.100  00g92n5o091bas09/00g92n6fhqd4qb09  IDLE        → IDLE            3    2.1 s"
                                + "  missed BUSY team=blue");
    }

    /** 80 cells are what most terminals have. */
    @Test
    void shouldShowInATerminalWhatThereIsRoomFor() {
        assertThat(print(60).lines())
                .containsExactly(
                        "TIME      SESSION                 CHANGE",
                        "09:00:02  …as09/00g92n6fhqd4qb09  IDLE        → IDLE");
        assertThat(print(80).lines())
                .containsExactly(
                        "TIME      SESSION                            CHANGE                          LAG",
                        "09:00:02  00g92n5o091bas09/00g92n6fhqd4qb09  IDLE        → IDLE            2.1 s");
        assertThat(print(100).lines())
                .containsExactly(
                        "TIME      SESSION                            CHANGE                          LAG  NOTE",
                        "09:00:02  00g92n5o091bas09/00g92n6fhqd4qb09  IDLE        → IDLE            2.1 s  missed BUSY team=…");
        assertThat(print(200)).contains("09:00:02.100  ", "SEQ", "missed BUSY team=blue");
    }

    @Test
    void shouldFillNoMoreThanARowAtAnyWidth() {
        for (int width = 1; width <= 250; width++) {
            int columns = width;
            assertThat(print(width).lines()).as("at %d columns", width).allMatch(line -> line.length() <= columns);
        }
    }

    @Test
    void shouldHeadTheRowsAnewWhereTheTerminalHasBecomeWider() {
        var text = new StringWriter();
        var columns = new AtomicInteger(80);
        var printer = new ChangePrinter(
                new PrintWriter(text), new RowStyle(OutputFormat.table, false, ZoneOffset.UTC, columns::get));
        printer.print(EVENT);
        printer.print(EVENT);
        columns.set(200);
        printer.print(EVENT);
        columns.set(201);
        printer.print(EVENT);

        assertThat(text.toString().lines().map(line -> line.substring(0, 4)))
                .containsExactly("TIME", "09:0", "09:0", "TIME", "09:0", "09:0");
    }

    @Test
    void shouldColourOnlyWhenAsked() {
        assertThat(print(OutputFormat.table, true)).contains("\u001b[33mIDLE\u001b[0m");
    }

    @Test
    void shouldPrintOneJsonObjectPerLineWithTheFieldNamesOfTheSchema() throws IOException {
        JsonNode json = new ObjectMapper().readTree(print(OutputFormat.json, true));

        assertThat(json.fieldNames())
                .toIterable()
                .containsExactlyElementsOf(EVENT.getSchema().getFields().stream()
                        .map(Schema.Field::name)
                        .toList());
        assertThat(json.path("observedAt").asText()).isEqualTo("2026-11-23T09:00:02.100Z");
        assertThat(json.path("sequence").asLong()).isEqualTo(3);
        assertThat(json.path("missedStates").path(0).asText()).isEqualTo("BUSY");
        assertThat(json.path("session").path("endedAt").isNull()).isTrue();
        assertThat(json.path("session").path("createdAt").asText()).isEqualTo("2026-11-23T09:00:00.000Z");
    }

    /** The next event says UNKNOWN of it, and nothing more. */
    @Test
    void shouldCallAStateAsAwsDoesInBothOfItsRows() {
        var text = new StringWriter();
        var printer = new ChangePrinter(new PrintWriter(text), style(OutputFormat.table, false, RowStyle.UNLIMITED));

        for (StateChange change : List.of(change("READY", null), change("IDLE", "READY"), change("BUSY", "IDLE"))) {
            assertThat(printer.print(new ChangeEvents(ConfigurationDetail.REDACTED).event(change)))
                    .isTrue();
        }

        assertThat(text.toString())
                .contains("·           → READY", "READY       → IDLE", "IDLE        → BUSY")
                .doesNotContain("UNKNOWN");
    }

    private static StateChange change(String state, @Nullable String before) {
        return new StateChange(
                SessionSample.KEY,
                3,
                before == null ? null : SessionState.of(before),
                List.of(),
                SessionSample.START,
                SessionSample.START.plusMillis(2_100),
                SessionSample.START.minusSeconds(5),
                Map.of(),
                Origin.PUBLISHED,
                SessionSample.in(state).session());
    }

    private static RowStyle style(OutputFormat format, boolean colour, int columns) {
        return new RowStyle(format, colour, ZoneOffset.UTC, () -> columns);
    }

    private static String print(int columns) {
        return print(style(OutputFormat.table, false, columns));
    }

    private static String print(OutputFormat format, boolean colour) {
        return print(style(format, colour, RowStyle.UNLIMITED));
    }

    private static String print(RowStyle style) {
        var text = new StringWriter();
        new ChangePrinter(new PrintWriter(text), style).print(EVENT);
        return text.toString();
    }
}
