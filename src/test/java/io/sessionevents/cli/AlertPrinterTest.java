package io.sessionevents.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sessionevents.avro.AlertEvents;
import io.sessionevents.session.AlertKind;
import io.sessionevents.session.AlertSample;
import io.sessionevents.session.SessionAlert.ClearReason;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.SessionSample;
import io.sessionevents.v1.SessionAlert;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneOffset;
import java.util.Map;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlertPrinterTest {
    private static final String HEADING =
            "TIME          SESSION                            ALERT                 STATUS      MEASURED    THRESHOLD  NOTE";
    private static final SessionAlert RAISED =
            AlertEvents.event(AlertSample.raised(SessionSample.KEY, null, Map.of("team", "blue")));

    @Test
    void shouldPrintWhatWasMeasured() {
        assertThat(print(OutputFormat.table, false, RAISED).lines())
                .containsExactly(
                        HEADING,
                        "11:00:00.000  00g92n5o091bas09/00g92n6fhqd4qb09  IDLE 2                RAISED     2 h 0 min   1 h 30 min  team=blue");
    }

    @Test
    void shouldPrintWhyOneIsOver() {
        var over = AlertEvents.event(AlertSample.cleared(
                new SessionKey("eu", "app", "one"), AlertKind.BILLED_VCPU_HOURS, ClearReason.SESSION_ENDED));

        assertThat(row(over))
                .isEqualTo(
                        "11:01:00.000  eu:app/one                         BILLED_VCPU_HOURS 1   CLEARED            ·           10  session ended");
    }

    @ParameterizedTest
    @CsvSource({
        "SECONDS, 0.25, 0.25 s",
        "SECONDS, 59.9, 59.9 s",
        "SECONDS, 90, 1 min 30 s",
        "SECONDS, 86399, 23 h 59 min",
        "VCPU_HOURS, 100, 100",
        "VCPU_HOURS, 0.0296, 0.02",
        "VCPU_HOURS, 123456.789, 123456.78",
        "VCPU_HOURS, 1E300, 1.00e+300"
    })
    void shouldPrintAmountsForPeople(String unit, double measured, String shown) {
        AlertKind kind = unit.equals("SECONDS") ? AlertKind.CAP : AlertKind.BILLED_VCPU_HOURS;
        SessionAlert alert = AlertEvents.event(AlertSample.measured(kind, measured));

        assertThat(row(alert))
                .containsPattern("RAISED +" + shown.replace(".", "\\.").replace("+", "\\+") + "  ");
    }

    @Test
    void shouldColourTheStatusWithoutMovingTheColumns() {
        String coloured =
                print(OutputFormat.table, true, RAISED).lines().toList().getLast();

        assertThat(coloured).contains("\u001b[31mRAISED\u001b[0m ");
        assertThat(coloured.replaceAll("\u001b\\[[0-9]+m", "")).isEqualTo(row(RAISED));
    }

    @Test
    void shouldPrintOneWholeRecordPerLineOfJson() throws IOException {
        var json = new ObjectMapper().readTree(print(OutputFormat.json, true, RAISED));

        assertThat(json.fieldNames())
                .toIterable()
                .containsExactlyElementsOf(RAISED.getSchema().getFields().stream()
                        .map(Schema.Field::name)
                        .toList());
        assertThat(json.path("beganAt").asText()).isEqualTo("2026-11-23T09:00:00.000Z");
    }

    private static String row(SessionAlert alert) {
        return print(OutputFormat.table, false, alert).lines().toList().getLast();
    }

    private static String print(OutputFormat format, boolean colour, SessionAlert alert) {
        var text = new StringWriter();
        var style = new RowStyle(format, colour, ZoneOffset.UTC, () -> RowStyle.UNLIMITED);
        new AlertPrinter(new PrintWriter(text), style).print(alert);
        return text.toString();
    }
}
