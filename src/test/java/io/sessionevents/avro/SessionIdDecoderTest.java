package io.sessionevents.avro;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sessionevents.session.DeadLetterReason;
import io.sessionevents.session.Request;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.Source;
import io.sessionevents.v1.SessionIdEvent;
import java.net.ConnectException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionIdDecoderTest {
    private static final SessionKey KEY = new SessionKey("app", "s1");
    private static final SessionIdEvent EVENT = new SessionIdEvent("app", "s1", Map.of("team", "blue"), null);

    private final RegistryAvroSerde<IndexedRecord> serde = new RegistryAvroSerde<>(new OneSchema(), true);
    private final SessionIdDecoder decoder = new SessionIdDecoder(serde.deserializer());

    /** A registry that knows one schema under the id 1. */
    private static final class OneSchema implements SchemaRegistry {
        @Override
        public int idOf(String subject, Schema schema) {
            return 1;
        }

        @Override
        public Schema byId(int id) {
            if (id != 1) {
                throw new RegistryException(RegistryException.Kind.UNKNOWN_SCHEMA, "no schema " + id, null);
            }
            return PlainSchemaCache.of(SessionIdEvent.getClassSchema());
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
        var local = new SessionIdDecoder(serde.deserializer(), new Source(region, account));
        byte[] arn = " arn:aws:emr-serverless:%s:%s:/applications/app/sessions/s1 "
                .formatted(itsRegion, itsAccount)
                .getBytes(UTF_8);

        List<Request> requests = List.of(
                local.decode("t", null, arn, new RecordHeaders()), local.decode("t", arn, null, new RecordHeaders()));

        if (taken) {
            assertThat(requests).containsExactly(new Request.Follow(KEY, Map.of()), new Request.Stop(KEY));
        } else {
            assertThat(requests)
                    .allSatisfy(request -> assertThat(request)
                            .isInstanceOfSatisfying(Request.Unreadable.class, unreadable -> {
                                assertThat(unreadable.reason()).isEqualTo(DeadLetterReason.UNKNOWN_SOURCE);
                                assertThat(unreadable.message())
                                        .contains("aws.", itsRegion.equals(region) ? itsAccount : itsRegion);
                            }));
        }
    }

    @Test
    void shouldReadEveryFormat() {
        var labelled = new Request.Follow(KEY, Map.of("team", "blue"));
        var plain = new Request.Follow(KEY, Map.of());

        assertThat(decode(serde.serializer().serialize("t", EVENT))).isEqualTo(labelled);
        assertThat(decode("{\"applicationId\":\"app\",\"sessionId\":\"s1\",\"labels\":{\"team\":\"blue\"},\"x\":[1]}"))
                .isEqualTo(labelled);
        assertThat(decode("app/s1\n")).isEqualTo(plain);
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
                "hello | UNREADABLE_TEXT",
                "arn:aws:s3:::x/y | UNREADABLE_TEXT",
                "{ | UNREADABLE_JSON",
                "{\"applicationId\":\"app\"} | UNREADABLE_JSON",
                "{\"applicationId\":\"app\",\"sessionId\":1} | UNREADABLE_JSON",
                "{\"applicationId\":\"app\",\"sessionId\":\"s1\"}{} | UNREADABLE_JSON",
                "{\"applicationId\":\"app\",\"sessionId\":\"../s1\"} | BAD_IDENTIFIER",
                "{\"applicationId\":\"app\",\"sessionId\":\"s1\",\"labels\":{\"a\":1}} | BAD_LABELS"
            })
    void shouldSayWhatIsWrong(String text, DeadLetterReason reason) {
        assertThat(reasonOf(decode(text))).isEqualTo(reason);
    }

    @Test
    void shouldSayWhatIsWrongWithBytes() {
        assertThat(reasonOf(decode(new byte[0]))).isEqualTo(DeadLetterReason.EMPTY_VALUE);
        assertThat(reasonOf(decode(new byte[] {0, 0, 0, 0, 9, 1}))).isEqualTo(DeadLetterReason.UNKNOWN_SCHEMA);
        assertThat(reasonOf(decode(new byte[] {7}))).isEqualTo(DeadLetterReason.UNREADABLE_FRAME);
        assertThat(reasonOf(decode(new byte[] {'a', (byte) 0xFF}))).isEqualTo(DeadLetterReason.UNREADABLE_TEXT);
        assertThat(reasonOf(decoder.decode("t", null, null, new RecordHeaders())))
                .isEqualTo(DeadLetterReason.TOMBSTONE_WITHOUT_SESSION);
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
