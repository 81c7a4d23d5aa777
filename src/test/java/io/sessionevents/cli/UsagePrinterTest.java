package io.sessionevents.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sessionevents.avro.UsageEvents;
import io.sessionevents.session.Amount;
import io.sessionevents.session.Session.ResourceUtilization;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.SessionSample;
import io.sessionevents.session.Usage;
import io.sessionevents.session.UsageRecord;
import io.sessionevents.session.UsageSample;
import io.sessionevents.session.UsageStatus;
import io.sessionevents.v1.SessionUsage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneOffset;
import java.util.Map;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsagePrinterTest {
    private static final String HEADING =
            "TIME          SESSION                            STATUS            VCPU H    MEM GB H   STOR GB H  NOTE";
    private static final UsageRecord SAMPLE = UsageSample.record(SessionSample.KEY, null, Map.of("team", "blue"));
    private static final SessionUsage CORRECTED = UsageEvents.event(SAMPLE);

    @Test
    void shouldPrintACorrectionWithItsDifferences() {
        assertThat(table(CORRECTED).lines())
                .containsExactly(
                        HEADING,
                        "11:00:00.000  00g92n5o091bas09/00g92n6fhqd4qb09  CORRECTED 2          0.1        1E-7      12.000"
                                + "  -0.9 vCPU h, +1E-7 memory GB h team=blue");
    }

    @Test
    void shouldPrintAFirstRevisionWithoutDifferences() {
        SessionUsage settled = usage(1, UsageStatus.SETTLED, vcpu("0.25"), vcpu("0.25"));

        assertThat(row(settled))
                .isEqualTo(
                        "11:00:00.000  00g92n5o091bas09/00g92n6fhqd4qb09  SETTLED 1           0.25           ·           ·  team=blue");
    }

    @Test
    void shouldPrintAPointForANumberThatIsNotThere() {
        assertThat(row(UsageEvents.event(UsageSample.withoutNumbers(new SessionKey("eu", "app", "one")))))
                .isEqualTo(
                        "11:00:00.000  eu:app/one                         UNSETTLED 1            ·           ·           ·");
    }

    @Test
    void shouldSayThatACorrectionBillsTheSame() {
        SessionUsage same = usage(3, UsageStatus.CORRECTED, vcpu("0.1"), vcpu("0.0"));

        assertThat(row(same)).endsWith("  billed as before team=blue");
    }

    /** A number without its exponent, or cut before its point, would be another number. */
    @ParameterizedTest
    @CsvSource({
        "0.8588194444444444, '0.8588194…'",
        "12345678.25, '12345678.…'",
        "0.85881944, '0.85881944'",
        "-12.5000000, '-12.50000…'",
        "123456789.25, '123456789.25'",
        "12345678901, '12345678901'",
        "1.2345678901E-7, '1.2345678901E-7'",
        "1.2345678901e-7, '1.2345678901e-7'"
    })
    void shouldCutNothingButDecimals(String sent, String shown) {
        SessionUsage usage = usage(2, UsageStatus.CORRECTED, vcpu(sent), vcpu(sent));

        assertThat(row(usage)).containsPattern("CORRECTED 2 +" + shown.replace(".", "\\.") + "  ");
    }

    @Test
    void shouldColourTheStatusWithoutMovingTheColumns() {
        String plain = row(CORRECTED);
        String coloured =
                print(OutputFormat.table, true, CORRECTED).lines().toList().getLast();

        assertThat(coloured).contains("\u001b[33mCORRECTED 2\u001b[0m ");
        assertThat(coloured.replaceAll("\u001b\\[[0-9]+m", "")).isEqualTo(plain);
    }

    @Test
    void shouldShowInATerminalWhatThereIsRoomFor() {
        assertThat(print(80).lines())
                .containsExactly(
                        "TIME      SESSION                            STATUS           VCPU H    MEM GB H",
                        "11:00:00  00g92n5o091bas09/00g92n6fhqd4qb09  CORRECTED 2         0.1        1E-7");
        assertThat(print(130)).contains("STOR GB H", "-0.9 vCPU h");
        for (int width = 1; width <= 250; width++) {
            int columns = width;
            assertThat(print(width).lines()).as("at %d columns", width).allMatch(line -> line.length() <= columns);
        }
    }

    @Test
    void shouldPrintOneWholeRecordPerLineOfJson() throws IOException {
        JsonNode json = new ObjectMapper().readTree(print(OutputFormat.json, true, CORRECTED));

        assertThat(json.fieldNames())
                .toIterable()
                .containsExactlyElementsOf(CORRECTED.getSchema().getFields().stream()
                        .map(Schema.Field::name)
                        .toList());
        assertThat(json.path("settledAt").asText()).isEqualTo("2026-11-23T11:00:00.000Z");
        assertThat(json.at("/billed/storageGBHourText").asText()).isEqualTo("12.000");
        assertThat(json.at("/billedDelta/storageGBHour").isNull()).isTrue();
        assertThat(json.path("usageId").asText())
                .isEqualTo(CORRECTED.getUsageId().toString());
    }

    private static ResourceUtilization vcpu(String text) {
        return new ResourceUtilization(Amount.parse(text), null, null);
    }

    private static SessionUsage usage(
            int revision, UsageStatus status, ResourceUtilization billed, ResourceUtilization delta) {
        return UsageEvents.event(new UsageRecord(
                SAMPLE.key(),
                revision,
                status,
                SAMPLE.settledAt(),
                SAMPLE.unchangedSince(),
                SAMPLE.looks(),
                SAMPLE.identity(),
                SAMPLE.labels(),
                SAMPLE.finalState(),
                SAMPLE.periodStart(),
                SAMPLE.periodEnd(),
                new Usage(billed, null, null),
                delta,
                SAMPLE.terminalEventId()));
    }

    private static String row(SessionUsage usage) {
        return table(usage).lines().toList().getLast();
    }

    private static String table(SessionUsage usage) {
        return print(OutputFormat.table, false, usage);
    }

    private static String print(int columns) {
        return print(new RowStyle(OutputFormat.table, false, ZoneOffset.UTC, () -> columns), CORRECTED);
    }

    private static String print(OutputFormat format, boolean colour, SessionUsage usage) {
        return print(new RowStyle(format, colour, ZoneOffset.UTC, () -> RowStyle.UNLIMITED), usage);
    }

    private static String print(RowStyle style, SessionUsage usage) {
        var text = new StringWriter();
        new UsagePrinter(new PrintWriter(text), style).print(usage);
        return text.toString();
    }
}
