package io.sessionevents.avro;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.session.ApplicationKey;
import io.sessionevents.session.DeadLetterReason;
import io.sessionevents.session.Request;
import io.sessionevents.session.Source;
import io.sessionevents.session.Sources;
import io.sessionevents.v1.SessionIdEvent;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Applications in the input topic. */
class ApplicationInputTest {
    private static final Sources SOURCES = new Sources(
            List.of(new Source(Source.DEFAULT, "us-east-1", null), new Source("eu", "eu-west-1", "222222222222")));

    private final SessionIdDecoder decoder =
            decoder(new SessionIdEvent("app", null, Map.of("team", "blue"), null, "eu"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "app | app",
                " 00fa  | 00fa",
                "eu:app | eu:app",
                "default:app | app",
                "arn:aws:emr-serverless:us-east-1:111111111111:/applications/app | app",
                "arn:aws:emr-serverless:eu-west-1:222222222222:/applications/app | eu:app",
                "{\"applicationId\":\"app\"} | app",
                "{\"applicationId\":\"app\",\"sessionId\":null,\"requestedAt\":\"now\"} | app",
                "{\"source\":\"eu\",\"applicationId\":\"app\"} | eu:app"
            })
    void shouldTrackAnApplication(String value, String key) {
        assertThat(decode(null, value)).isEqualTo(new Request.TrackApplication(ApplicationKey.parse(key), Map.of()));
    }

    @Test
    void shouldHandDownTheLabels() {
        assertThat(decode(null, "{\"applicationId\":\"app\",\"labels\":{\"team\":\"blue\"}}"))
                .isEqualTo(new Request.TrackApplication(ApplicationKey.parse("app"), Map.of("team", "blue")));
        assertThat(decoder.decode("t", null, new byte[] {0}, new RecordHeaders()))
                .isEqualTo(new Request.TrackApplication(ApplicationKey.parse("eu:app"), Map.of("team", "blue")));
    }

    @Test
    void shouldTakeAnAvroRecordWithoutAFieldForTheSession() {
        assertThat(reading(SchemaBuilder.record("R").fields().requiredString("applicationId")))
                .isEqualTo(new Request.TrackApplication(ApplicationKey.parse("app"), Map.of()));
    }

    /** It would track a thousand sessions where one is meant. */
    @Test
    void shouldNotTakeASessionUnderAnotherNameForAnApplication() {
        Request request = reading(SchemaBuilder.record("R")
                .fields()
                .requiredString("applicationId")
                .optionalString("session_id"));

        assertThat(reasonOf(request)).isEqualTo(DeadLetterReason.UNREADABLE_AVRO);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"app", "eu:app", "gone:app", "arn:aws:emr-serverless:eu-west-1:222222222222:/applications/app"})
    void shouldStopAnApplication(String key) {
        String source =
                key.startsWith("arn") ? "eu" : key.contains(":") ? key.substring(0, key.indexOf(':')) : "default";

        assertThat(decode(key, null)).isEqualTo(new Request.StopApplication(new ApplicationKey(source, "app")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "us:app | UNKNOWN_SOURCE",
                "{\"source\":\"us\",\"applicationId\":\"app\"} | UNKNOWN_SOURCE",
                "arn:aws:emr-serverless:eu-west-1:111111111111:/applications/app | UNKNOWN_SOURCE",
                "EU:app | UNREADABLE_TEXT",
                "{\"source\":\"EU\",\"applicationId\":\"app\"} | BAD_IDENTIFIER"
            })
    void shouldSayWhatIsWrong(String value, DeadLetterReason reason) {
        assertThat(reasonOf(decode(null, value))).isEqualTo(reason);
    }

    @Test
    void shouldNotTakeATombstoneUnderSomethingElse() {
        assertThat(reasonOf(decode("some key", null))).isEqualTo(DeadLetterReason.TOMBSTONE_WITHOUT_SESSION);
        assertThat(reasonOf(decode("arn:aws:emr-serverless:eu-west-1:111111111111:/applications/app", null)))
                .isEqualTo(DeadLetterReason.UNKNOWN_SOURCE);
    }

    @Test
    void shouldLimitTheLabels() {
        String labels =
                IntStream.range(0, 65).mapToObj(i -> "\"l" + i + "\":\"\"").collect(Collectors.joining(","));
        String longest = "{\"applicationId\":\"app\",\"labels\":{\"a\":\"" + "b".repeat(1025) + "\"}}";

        assertThat(reasonOf(decode(null, "{\"applicationId\":\"app\",\"labels\":{" + labels + "}}")))
                .isEqualTo(DeadLetterReason.BAD_LABELS);
        assertThat(reasonOf(decode(null, longest))).isEqualTo(DeadLetterReason.BAD_LABELS);
        assertThat(decode(null, longest.replace("bb\"", "b\""))).isInstanceOf(Request.TrackApplication.class);
    }

    private static Request reading(SchemaBuilder.FieldAssembler<Schema> fields) {
        var record = new GenericData.Record(fields.endRecord());
        record.put("applicationId", "app");
        return decoder(record).decode("t", null, new byte[] {0}, new RecordHeaders());
    }

    private static SessionIdDecoder decoder(IndexedRecord record) {
        return new SessionIdDecoder((topic, bytes) -> record, SOURCES);
    }

    private Request decode(@Nullable String key, @Nullable String value) {
        return decoder.decode(
                "t",
                key == null ? null : key.getBytes(UTF_8),
                value == null ? null : value.getBytes(UTF_8),
                new RecordHeaders());
    }

    private static @Nullable DeadLetterReason reasonOf(Request request) {
        return request instanceof Request.Unreadable unreadable ? unreadable.reason() : null;
    }
}
