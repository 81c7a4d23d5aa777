package io.sessionevents.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sessionevents.local.testbed.LocalRegistry;
import io.sessionevents.session.DeadLetterReason;
import io.sessionevents.v1.SessionIdEvent;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The serde and the adapter to Confluent's client, against the local registry over real HTTP. */
class RegistryAvroSerdeTest {
    private static final String TOPIC = "t";
    private static final SessionIdEvent EVENT = new SessionIdEvent("app", "s1", Map.of("team", "blue"), null, null);

    @Test
    void shouldReadBackWhatItWroteInConfluentsFraming() throws IOException {
        try (var registry = LocalRegistry.start(LocalRegistry.Options.PLAIN)) {
            byte[] bytes = roundTrip(registry.url(), Map.of());

            assertThat(bytes[0]).isZero();
            assertThat(ByteBuffer.wrap(bytes, 1, 4).getInt()).isEqualTo(1);
        }
    }

    @Test
    void shouldRegisterTheSchemaAsPublishedWithoutJavaProperties() throws IOException, InterruptedException {
        try (var registry = LocalRegistry.start(LocalRegistry.Options.PLAIN)) {
            var _ = roundTrip(registry.url(), Map.of());
            String registered = get(registry.url() + "/subjects/t-value/versions/latest");

            assertThat(registered).contains("SessionIdEvent").doesNotContain("avro.java.string");
        }
    }

    @Test
    void shouldReadWithAGenericReaderAndTheSchemaOfTheRegistry() throws IOException {
        try (var registry = LocalRegistry.start(LocalRegistry.Options.PLAIN);
                var client = new ConfluentSchemaRegistry(Map.of("schema.registry.url", registry.url()));
                var serde = new RegistryAvroSerde<GenericRecord>(client, false)) {
            GenericRecord record = serde.deserializer().deserialize(TOPIC, roundTrip(registry.url(), Map.of()));

            assertThat(record.get("sessionId")).hasToString("s1");
        }
    }

    @Test
    void shouldWorkUnderAPathAndWithTheFirstOfSeveralUrlsDead() throws IOException {
        var options = new LocalRegistry.Options(0, "/apis/ccompat/v7", null, null, false);
        try (var registry = LocalRegistry.start(options)) {
            assertThat(roundTrip("http://localhost:1," + registry.url(), Map.of()))
                    .isNotEmpty();
        }
    }

    @Test
    void shouldGoOnWithCachedIdsWhileTheRegistryIsGone() throws IOException {
        try (var registry = LocalRegistry.start(LocalRegistry.Options.PLAIN);
                var client = new ConfluentSchemaRegistry(Map.of("schema.registry.url", registry.url()));
                var serde = new RegistryAvroSerde<SessionIdEvent>(client, true)) {
            byte[] before = serde.serializer().serialize(TOPIC, EVENT);
            assertThat(serde.deserializer().deserialize(TOPIC, before)).isEqualTo(EVENT);
            registry.stop();

            byte[] after = serde.serializer().serialize(TOPIC, EVENT);
            assertThat(serde.deserializer().deserialize(TOPIC, after)).isEqualTo(EVENT);
        }
    }

    @Test
    void shouldSayWhatIsWrongWhenTheRegistryDoesNotAnswer() throws IOException {
        var registry = LocalRegistry.start(LocalRegistry.Options.PLAIN);
        registry.stop();

        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> roundTrip(registry.url(), Map.of()))
                .matches(e -> e.kind() == RegistryException.Kind.UNAVAILABLE)
                .withMessageContaining(registry.url())
                .withMessageContaining("schema.registry.url");
    }

    @Test
    void shouldNotRegisterWhenToldNotTo() throws IOException {
        try (var registry = LocalRegistry.start(LocalRegistry.Options.PLAIN)) {
            assertThatExceptionOfType(RegistryException.class)
                    .isThrownBy(() -> roundTrip(registry.url(), Map.of("auto.register.schemas", "false")))
                    .matches(e -> e.kind() == RegistryException.Kind.REFUSED)
                    .withMessageContaining("auto.register.schemas");
        }
    }

    @Test
    void shouldWriteUnderTheLatestVersionWhenToldTo() throws IOException, InterruptedException {
        try (var registry = LocalRegistry.start(LocalRegistry.Options.PLAIN)) {
            Schema newer = new Schema.Parser()
                    .parse(
                            "{\"type\":\"record\",\"name\":\"SessionIdEvent\",\"namespace\":\"io.sessionevents.v1\",\"fields\":["
                                    + "{\"name\":\"more\",\"type\":\"int\",\"default\":7},"
                                    + "{\"name\":\"sessionId\",\"type\":\"string\"},{\"name\":\"applicationId\",\"type\":\"string\"}]}");
            try (var client = new ConfluentSchemaRegistry(Map.of("schema.registry.url", registry.url()))) {
                assertThat(client.idOf("t-value", newer)).isEqualTo(1);
            }
            var settings = Map.of("schema.registry.url", registry.url(), "use.latest.version", "true");
            try (var client = new ConfluentSchemaRegistry(settings);
                    var writer = new RegistryAvroSerde<SessionIdEvent>(client, true);
                    var reader = new RegistryAvroSerde<GenericRecord>(client, false)) {
                byte[] bytes = writer.serializer().serialize(TOPIC, EVENT);
                GenericRecord record = reader.deserializer().deserialize(TOPIC, bytes);

                assertThat(record.get("more")).isEqualTo(7);
                assertThat(record.get("applicationId")).hasToString("app");
            }
        }
    }

    @Test
    void shouldRefuseBytesThatAreNoRecordWithAReason() throws IOException {
        try (var registry = LocalRegistry.start(LocalRegistry.Options.PLAIN);
                var client = new ConfluentSchemaRegistry(Map.of("schema.registry.url", registry.url()));
                var serde = new RegistryAvroSerde<IndexedRecord>(client, true)) {
            byte[] good = serde.serializer().serialize(TOPIC, EVENT);
            byte[] headerId = good.clone();
            headerId[0] = 1;
            byte[] hugeString = ByteBuffer.allocate(10)
                    .put(good, 0, 5)
                    .put(new byte[] {(byte) 0xFE, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x0F})
                    .array();

            assertThat(reasonOf(serde, headerId)).isEqualTo(DeadLetterReason.UNREADABLE_FRAME);
            assertThat(reasonOf(serde, new byte[] {0, 0})).isEqualTo(DeadLetterReason.UNREADABLE_FRAME);
            assertThat(reasonOf(serde, java.util.Arrays.copyOf(good, good.length - 1)))
                    .isEqualTo(DeadLetterReason.UNREADABLE_AVRO);
            assertThat(reasonOf(serde, java.util.Arrays.copyOf(good, good.length + 1)))
                    .isEqualTo(DeadLetterReason.UNREADABLE_AVRO);
            assertThat(reasonOf(serde, hugeString)).isEqualTo(DeadLetterReason.UNREADABLE_AVRO);
        }
    }

    private static @Nullable DeadLetterReason reasonOf(RegistryAvroSerde<IndexedRecord> serde, byte[] bytes) {
        return catchThrowableOfType(
                        MalformedRecordException.class,
                        () -> serde.deserializer().deserialize(TOPIC, bytes))
                .reason();
    }

    /** Configured by class and settings only, as a replaceable serde is. */
    static byte[] roundTrip(String url, Map<String, String> more) {
        Map<String, Object> settings = new HashMap<>(more);
        settings.put("schema.registry.url", url);
        settings.put("specific.avro.reader", true);
        try (var serde = new RegistryAvroSerde<SessionIdEvent>()) {
            serde.configure(settings, false);
            byte[] bytes = serde.serializer().serialize(TOPIC, EVENT);
            assertThat(serde.deserializer().deserialize(TOPIC, bytes)).isEqualTo(EVENT);
            return bytes;
        }
    }

    private static String get(String url) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }
}
