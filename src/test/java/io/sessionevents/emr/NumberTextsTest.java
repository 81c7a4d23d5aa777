package io.sessionevents.emr;

import static io.sessionevents.emr.FakeEmr.KEY;
import static io.sessionevents.emr.FakeEmr.REQUIRED_ONLY;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.session.Amount;
import io.sessionevents.session.Lookup;
import io.sessionevents.session.Session.ResourceUtilization;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.emrserverless.EmrServerlessClient;

/** Usage numbers digit by digit, through the client of AWS's. */
class NumberTextsTest {
    private static final FakeEmr EMR = new FakeEmr();
    private static final EmrServerlessClient CLIENT = EMR.client(FakeEmr.PATIENCE);

    @AfterAll
    static void close() {
        CLIENT.close();
        EMR.close();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            value = {
                "0.1, 0.1",
                "1E-7, 1E-7",
                "1e-07, 1e-07",
                "12.000, 12.000",
                "12, 12",
                "0, 0",
                "-0, -0",
                "1e9, 1e9",
                "1000000000.00000000001, 1000000000.00000000001",
                "4.9e-324, 4.9e-324",
                "1e-330, 1e-330",
                "1e-999999999, 0.0",
                "0.1000000000000000055511151231257827021181583404541015625, 0.1000000000000000055511151231257827021181583404541015625",
                "0.10000000000000000000000000000000000000000000000000000000000000001, 0.1",
                "\"0.10\", 0.10",
                "\"1.5d\", 1.5",
                "\" 1.5 \", 1.5"
            })
    void shouldKeepWhatAwsSent(String sent, String text) throws InterruptedException {
        Amount amount = requireNonNull(billed(sent).vCPU());

        assertThat(amount.text()).isEqualTo(text);
        assertThat(amount.value()).isEqualTo(Double.parseDouble(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-0.5",
                "-1e-300",
                "1e300",
                "1e999",
                "1000000000.1",
                "\"NaN\"",
                "\"Infinity\"",
                "\"-1\"",
                "\"a lot\"",
                "NaN",
                "01",
                "true",
                "{}",
                "[]"
            })
    void shouldNotTakeWhatNoSessionHas(String sent) throws InterruptedException {
        assertThat(lookup(body("{\"vCPUHour\": " + sent + "}")))
                .isInstanceOfSatisfying(
                        Lookup.Unavailable.class, none -> assertThat(none.why()).isEqualTo(Lookup.Trouble.MALFORMED));
    }

    @Test
    void shouldTellWhichNumberIsWhich() throws InterruptedException {
        Lookup outcome = lookup(body("""
                {"vCPUHour": 1.0, "novelty": {"vCPUHour": 9}, "memoryGBHour": 2.00, "storageGBHour": null},
                 "tags": {"vCPUHour": "8"},
                 "totalResourceUtilization": {"storageGBHour": 3.000, "vCPUHour": 4.0000}"""));

        var session = ((Lookup.Found) outcome).session();
        assertThat(session.billedResourceUtilization())
                .isEqualTo(new ResourceUtilization(Amount.parse("1.0"), Amount.parse("2.00"), null));
        assertThat(session.totalResourceUtilization())
                .isEqualTo(new ResourceUtilization(Amount.parse("4.0000"), null, Amount.parse("3.000")));
    }

    @Test
    void shouldFindNumbersBehindALongAnswer() throws InterruptedException {
        String padding = "\"padding\": \"" + "x".repeat(300_000) + "\", ";

        Lookup outcome = lookup(body("{\"vCPUHour\": 0.100}").replace("\"state\":", padding + "\"state\":"));

        assertThat(requireNonNull(((Lookup.Found) outcome).session().billedResourceUtilization())
                        .vCPU())
                .isEqualTo(Amount.parse("0.100"));
    }

    @Test
    void shouldTakeTheLastOfTwoAsTheSdkDoes() throws InterruptedException {
        assertThat(requireNonNull(billed("1.0, \"vCPUHour\": 2.00").vCPU()).value())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "7",
                "no json",
                "{\"session\": 7}",
                "{\"session\": [{\"billedResourceUtilization\": {\"vCPUHour\": 1}}]}",
                "{\"session\": {\"billedResourceUtilization\": [1]}}",
                "{\"other\": {\"billedResourceUtilization\": {\"vCPUHour\": 1}}}",
                "{\"session\": {\"other\": {\"vCPUHour\": 1}}}"
            })
    void shouldFindNothingWhereNothingIs(String body) {
        assertThat(NumberTexts.of(body.getBytes(UTF_8))).isEqualTo(NumberTexts.NONE);
    }

    @Test
    void shouldKeepWhatWasReadBeforeItBrokeOff() {
        NumberTexts texts = NumberTexts.of(
                "{\"session\": {\"billedResourceUtilization\": {\"vCPUHour\": 1.0, \"memory".getBytes(UTF_8));

        assertThat(texts.of("billedResourceUtilization.vCPUHour")).isEqualTo("1.0");
        assertThat(texts.of("billedResourceUtilization.memoryGBHour")).isNull();
    }

    @Test
    void shouldNotFallForDeepNesting() {
        String deep = "{\"session\": {\"a\": " + "[".repeat(100_000);

        assertThat(NumberTexts.of(deep.getBytes(UTF_8))).isEqualTo(NumberTexts.NONE);
    }

    private static ResourceUtilization billed(String vCPUHour) throws InterruptedException {
        Lookup.Found found = (Lookup.Found) lookup(body("{\"vCPUHour\": " + vCPUHour + "}"));
        return requireNonNull(found.session().billedResourceUtilization());
    }

    private static String body(@Nullable String billed) {
        return REQUIRED_ONLY.replace("\"state\":", "\"billedResourceUtilization\": " + billed + ", \"state\":");
    }

    private static Lookup lookup(String body) throws InterruptedException {
        EMR.answers(FakeEmr.answer(200, body));
        return new GetSession(CLIENT, FakeEmr.TIME).attempt(KEY, Permits.one()).outcome();
    }
}
