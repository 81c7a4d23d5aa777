package io.sessionevents.avro;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sessionevents.session.DeadLetterReason;
import io.sessionevents.session.Request;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.Source;
import io.sessionevents.session.Sources;
import io.sessionevents.v1.SessionIdEvent;
import java.net.ConnectException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionIdDecoderTest {
    private static final SessionKey KEY = new SessionKey("app", "s1");
    private static final SessionIdEvent EVENT = new SessionIdEvent("app", "s1", Map.of("team", "blue"), null, null);

    private final RegistryAvroSerde<IndexedRecord> serde =
            new RegistryAvroSerde<>(new OneSchema(PlainSchemaCache.of(SessionIdEvent.getClassSchema())), true);
    private final SessionIdDecoder decoder = new SessionIdDecoder(serde.deserializer());

    /** A registry that knows one schema under the id 1. */
    private record OneSchema(Schema schema) implements SchemaRegistry {
        @Override
        public int idOf(String subject, Schema schema) {
            return 1;
        }

        @Override
        public Schema byId(int id) {
            if (id != 1) {
                throw new RegistryException(RegistryException.Kind.UNKNOWN_SCHEMA, "no schema " + id, null);
            }
            return schema;
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # Region  | account      | ARN's Region | ARN's account | taken
            us-east-1 | 123456789012 | us-east-1    | 123456789012  | true
            us-east-1 |              | us-east-1    | 999999999999  | true
                      | 123456789012 | eu-west-1    | 123456789012  | true
            us-east-1 |              | eu-west-1    | 123456789012  | false
            us-east-1 | 123456789012 | us-east-1    | 999999999999  | false
            """)
    void shouldNotTakeAnArnOfAnotherSource(
            @Nullable String region, @Nullable String account, String itsRegion, String itsAccount, boolean taken) {
        var local = new SessionIdDecoder(
                serde.deserializer(), new Sources(List.of(new Source(Source.DEFAULT, region, account))));
        byte[] arn = " arn:aws:emr-serverless:%s:%s:/applications/app/sessions/s1 "
                .formatted(itsRegion, itsAccount)
                .getBytes(UTF_8);

        List<Request> requests = List.of(
                local.decode("t", null, arn, new RecordHeaders()), local.decode("t", arn, null, new RecordHeaders()));

        if (taken) {
            assertThat(requests).containsExactly(new Request.Track(KEY, Map.of()), new Request.Stop(KEY));
        } else {
            assertThat(requests)
                    .allSatisfy(request -> assertThat(request)
                            .isInstanceOfSatisfying(Request.Unreadable.class, unreadable -> {
                                assertThat(unreadable.reason()).isEqualTo(DeadLetterReason.UNKNOWN_SOURCE);
                                assertThat(unreadable.message())
                                        .contains("sources", itsRegion.equals(region) ? itsAccount : itsRegion);
                            }));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "eu:app/s1 | eu",
                "default:app/s1 | default",
                "{\"source\":\"eu\",\"applicationId\":\"app\",\"sessionId\":\"s1\"} | eu",
                "{\"source\":null,\"applicationId\":\"app\",\"sessionId\":\"s1\"} | default",
                "arn:aws:emr-serverless:eu-west-1:222222222222:/applications/app/sessions/s1 | eu",
                "us:app/s1 | UNKNOWN_SOURCE",
                "{\"source\":\"us\",\"applicationId\":\"app\",\"sessionId\":\"s1\"} | UNKNOWN_SOURCE",
                "{\"source\":\"EU\",\"applicationId\":\"app\",\"sessionId\":\"s1\"} | BAD_IDENTIFIER",
                "{\"source\":\"\",\"applicationId\":\"app\",\"sessionId\":\"s1\"} | BAD_IDENTIFIER",
                "{\"source\":1,\"applicationId\":\"app\",\"sessionId\":\"s1\"} | UNREADABLE_JSON"
            })
    void shouldFindTheSourceOfASession(String value, String expected) {
        var both = withEu();

        assertThat(
                        switch (both.decode("t", null, value.getBytes(UTF_8), new RecordHeaders())) {
                            case Request.Track(SessionKey key, var _) -> key.source();
                            case Request.Unreadable(DeadLetterReason reason, var _) -> reason.name();
                            case Request.OfSession other -> other.toString();
                            case Request.OfApplication other -> other.toString();
                            case Request.Nothing other -> other.toString();
                        })
                .isEqualTo(expected);
    }

    @Test
    void shouldReadTheSourceOfAnAvroRecord() {
        var event = new SessionIdEvent("app", "s1", Map.of(), null, "eu");

        assertThat(withEu().decode("t", null, serde.serializer().serialize("t", event), new RecordHeaders()))
                .isEqualTo(new Request.Track(new SessionKey("eu", "app", "s1"), Map.of()));
    }

    /** Else nobody could stop a session whose source was removed. */
    @Test
    void shouldTakeTheTombstoneOfASessionWhoseSourceIsNotConfigured() {
        assertThat(decoder.decode("t", "gone:app/s1".getBytes(UTF_8), null, new RecordHeaders()))
                .isEqualTo(new Request.Stop(new SessionKey("gone", "app", "s1")));
    }

    private SessionIdDecoder withEu() {
        return new SessionIdDecoder(
                serde.deserializer(),
                new Sources(
                        List.of(new Source(Source.DEFAULT, "us-east-1", null), new Source("eu", "eu-west-1", null))));
    }

    @Test
    void shouldReadEveryFormat() {
        var labelled = new Request.Track(KEY, Map.of("team", "blue"));
        var plain = new Request.Track(KEY, Map.of());

        assertThat(decode(serde.serializer().serialize("t", EVENT))).isEqualTo(labelled);
        assertThat(decode("{\"applicationId\":\"app\",\"sessionId\":\"s1\",\"labels\":{\"team\":\"blue\"},\"x\":[1]}"))
                .isEqualTo(labelled);
        assertThat(decode("app/s1\n")).isEqualTo(plain);
        assertThat(decode(" \t\r\n{\"applicationId\":\"app\",\"sessionId\":\"s1\",\"labels\":null}"))
                .isEqualTo(plain);
        assertThat(decode("\uFEFF{\"applicationId\":\"app\",\"sessionId\":\"s1\"}"))
                .isEqualTo(plain);
        assertThat(decode("\uFEFF \n{\"applicationId\":\"app\",\"sessionId\":\"s1\"} \n"))
                .isEqualTo(plain);
        assertThat(decode("\uFEFFapp/s1")).isEqualTo(plain);
        assertThat(decode("arn:aws:emr-serverless:us-east-1:123456789012:/applications/app/sessions/s1"))
                .isEqualTo(plain);
        assertThat(decoder.decode("t", "app/s1".getBytes(UTF_8), null, new RecordHeaders()))
                .isEqualTo(new Request.Stop(KEY));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "../x | BAD_IDENTIFIER",
                "App/s1 | BAD_IDENTIFIER",
                "hello world | UNREADABLE_TEXT",
                "Hello | UNREADABLE_TEXT",
                "a:b:c | UNREADABLE_TEXT",
                "arn:aws:emr-serverless:us-east-1:123456789012:/applications/App | UNREADABLE_TEXT",
                "arn:aws:emr-serverless:us-east-1:123456789012:/applications/a/jobruns/b | UNREADABLE_TEXT",
                "arn:aws:s3:::x/y | UNREADABLE_TEXT",
                "{ | UNREADABLE_JSON",
                "{\"applicationId\":null} | UNREADABLE_JSON",
                "{\"applicationId\":\"App\"} | BAD_IDENTIFIER",
                "{\"applicationId\":\"app\",\"sessionId\":\"\"} | BAD_IDENTIFIER",
                "{\"applicationId\":\"app\",\"labels\":{\"a\":1}} | BAD_LABELS",
                "{\"applicationId\":\"app\",\"sessionId\":1} | UNREADABLE_JSON",
                "{\"applicationId\":\"app\",\"sessionId\":\"s1\"}{} | UNREADABLE_JSON",
                "{\"applicationId\":\"app\",\"sessionId\":\"../s1\"} | BAD_IDENTIFIER",
                "{\"applicationId\":\"app\",\"sessionId\":\"s1\",\"labels\":{\"a\":1}} | BAD_LABELS",
                "{\"applicationId\":\"app\",\"sessionId\":\"s1\",\"labels\":{\"a\":null}} | BAD_LABELS",
                "{\"applicationId\":\"app\",\"sessionId\":\"s1\",\"labels\":[\"a\"]} | BAD_LABELS",
                "{\"applicationId\":\"app\",\"sessionId\":\"s1\",\"labels\":\"a\"} | BAD_LABELS",
                "{\"applicationId\":\"app\",\"sessionId\":\"s1\",\"labels\":7} | BAD_LABELS"
            })
    void shouldSayWhatIsWrong(String text, DeadLetterReason reason) {
        assertThat(reasonOf(decode(text))).isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "[{\"applicationId\":\"app\",\"sessionId\":\"s1\"}] | UNREADABLE_JSON | array",
                " [] | UNREADABLE_JSON | array",
                "\"{\\\"applicationId\\\":\\\"app\\\"}\" | UNREADABLE_JSON | serialized twice",
                "\"app/s1\" | UNREADABLE_TEXT | quotation marks",
                "{\"payload\":\"{}\"} | UNREADABLE_JSON | \"payload\" holds JSON in a string",
                "{\"schema\":{},\"payload\":{\"applicationId\":\"app\"}} | UNREADABLE_JSON | stands in member \"payload\"",
                "{\"applicationId\":\"app\",\"session_id\":\"s1\"} | UNREADABLE_JSON | member \"session_id\", expected sessionId",
                "{\"applicationId\":\"app\",\"detail\":{\"sessionId\":\"s1\"}} | UNREADABLE_JSON | stands in member \"detail\"",
                "hello world | UNREADABLE_TEXT | expected applicationId/sessionId or applicationId",
                "arn:aws:s3:::x/y | UNREADABLE_TEXT | /applications/APPLICATION/sessions/SESSION; of an application: arn:aws",
                "{\"applicationId\":\"app\",\"sessionId\":\"s1\",\"labels\":[]} | BAD_LABELS | of type array"
            })
    void shouldHintAtHowItCameAbout(String text, DeadLetterReason reason, String hint) {
        assertThat(decode(text)).isInstanceOfSatisfying(Request.Unreadable.class, unreadable -> {
            assertThat(unreadable.reason()).isEqualTo(reason);
            assertThat(unreadable.message()).contains(hint);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"__value_schema_id", "apicurio.value.globalId", "apicurio.value.contentId"})
    void shouldHintAtASchemaIdInAHeader(String header) {
        var headers = new RecordHeaders().add(header, new byte[] {1, 2, 3});

        for (byte[] value : List.of(new byte[] {6, 'a'}, new byte[] {'H', 'a'}, new byte[] {(byte) 0x80})) {
            assertThat(decoder.decode("t", null, value, headers))
                    .isInstanceOfSatisfying(
                            Request.Unreadable.class,
                            unreadable -> assertThat(unreadable.message()).contains("header " + header));
        }
    }

    @Test
    void shouldSayWhatIsWrongWithBytes() {
        assertThat(reasonOf(decode(new byte[0]))).isEqualTo(DeadLetterReason.EMPTY_VALUE);
        assertThat(reasonOf(decode(new byte[] {7}))).isEqualTo(DeadLetterReason.UNREADABLE_FRAME);
        assertThat(reasonOf(decode(new byte[] {'a', (byte) 0xFF}))).isEqualTo(DeadLetterReason.UNREADABLE_TEXT);
        assertThat(reasonOf(decode("é/ü".getBytes(ISO_8859_1)))).isEqualTo(DeadLetterReason.UNREADABLE_TEXT);
        assertThat(reasonOf(decode("app/s1".getBytes(UTF_16)))).isEqualTo(DeadLetterReason.UNREADABLE_TEXT);
        assertThat(reasonOf(decode(" \n"))).isEqualTo(DeadLetterReason.UNREADABLE_TEXT);
        assertThat(reasonOf(decode("\uFEFF"))).isEqualTo(DeadLetterReason.UNREADABLE_TEXT);
        assertThat(reasonOf(decoder.decode("t", null, null, new RecordHeaders())))
                .isEqualTo(DeadLetterReason.TOMBSTONE_WITHOUT_SESSION);
    }

    @Test
    void shouldLeaveItToOthersHowLongAnUnknownSchemaMayBe() {
        assertThatThrownBy(() -> decode(new byte[] {0, 0, 0, 0, 9, 1}))
                .isInstanceOfSatisfying(
                        RegistryException.class,
                        e -> assertThat(e.kind()).isEqualTo(RegistryException.Kind.UNKNOWN_SCHEMA));
    }

    @Test
    void shouldDeadLetterWhatTheRegistryHasNoAvroSchemaFor() {
        var decoder = new SessionIdDecoder((topic, bytes) -> {
            throw new RegistryException(RegistryException.Kind.UNSUPPORTED_SCHEMA, "of type JSON", null);
        });

        assertThat(reasonOf(decoder.decode("t", null, new byte[] {0, 0, 0, 0, 1}, new RecordHeaders())))
                .isEqualTo(DeadLetterReason.UNSUPPORTED_SCHEMA);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"array\",\"items\":\"string\"}",
                "{\"type\":\"map\",\"values\":\"int\"}",
                "\"string\""
            })
    void shouldNotDropLabelsOfAnotherShapeInAvro(String labels) {
        Schema schema = new Schema.Parser()
                .parse("{\"type\":\"record\",\"name\":\"Other\",\"fields\":["
                        + "{\"name\":\"applicationId\",\"type\":\"string\"},{\"name\":\"sessionId\",\"type\":\"string\"},"
                        + "{\"name\":\"labels\",\"type\":" + labels + "}]}");
        var record = new GenericData.Record(schema);
        record.put("applicationId", "app");
        record.put("sessionId", "s1");
        record.put("labels", labels.contains("array") ? List.of("a") : labels.contains("map") ? Map.of("a", 1) : "a");
        var decoder = new SessionIdDecoder((topic, bytes) -> record);

        assertThat(reasonOf(decoder.decode("t", null, new byte[] {0}, new RecordHeaders())))
                .isEqualTo(DeadLetterReason.BAD_LABELS);
    }

    @Test
    void shouldNotOverflowOnARecordThatIsNestedWithoutEnd() {
        Schema endless = new Schema.Parser()
                .parse("{\"type\":\"record\",\"name\":\"Endless\",\"fields\":["
                        + "{\"name\":\"next\",\"type\":[\"null\",\"Endless\"]}]}");
        byte[] bytes = new byte[700_000];
        java.util.Arrays.fill(bytes, 5, bytes.length - 1, (byte) 2);
        var serde = new RegistryAvroSerde<IndexedRecord>(new OneSchema(endless), true);

        assertThat(reasonOf(new SessionIdDecoder(serde.deserializer())
                        .decode("t", null, frame(bytes), new RecordHeaders())))
                .isEqualTo(DeadLetterReason.UNREADABLE_AVRO);
    }

    private static byte[] frame(byte[] bytes) {
        bytes[4] = 1;
        return bytes;
    }

    @Test
    void shouldNeverThrowWhateverTheBytes() {
        long seed = 11;
        var random = new Random(seed);
        byte[] framed = serde.serializer().serialize("t", EVENT);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = i % 2 == 0 ? framed.clone() : new byte[1 + random.nextInt(60)];
            if (i % 2 == 0) {
                for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                    bytes[5 + random.nextInt(bytes.length - 5)] = (byte) random.nextInt(256);
                }
            } else {
                random.nextBytes(bytes);
                // An id that the registry does not know is no problem of the record.
                bytes[0] = bytes[0] == 0 ? 1 : bytes[0];
            }
            assertThat(decode(bytes)).as("seed %d, round %d", seed, i).isNotNull();
        }
    }

    @Test
    void shouldNotBlameTheRecordWhenTheRegistryIsOutOfReach() {
        var unreachable = new SessionIdDecoder((topic, bytes) -> {
            throw new SerializationException(new ConnectException("refused"));
        });
        var confused = new SessionIdDecoder((topic, bytes) -> {
            throw new SerializationException("what is this");
        });

        assertThatThrownBy(() -> unreachable.decode("t", null, new byte[] {0}, new RecordHeaders()))
                .isInstanceOf(RegistryException.class);
        assertThat(reasonOf(confused.decode("t", null, new byte[] {0}, new RecordHeaders())))
                .isEqualTo(DeadLetterReason.UNREADABLE_AVRO);
    }

    private Request decode(String text) {
        return decode(text.getBytes(UTF_8));
    }

    private Request decode(byte[] bytes) {
        return decoder.decode("t", null, bytes, new RecordHeaders());
    }

    private static @Nullable DeadLetterReason reasonOf(Request request) {
        return request instanceof Request.Unreadable unreadable ? unreadable.reason() : null;
    }
}
