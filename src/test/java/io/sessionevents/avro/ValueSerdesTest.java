package io.sessionevents.avro;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.sessionevents.session.Origin;
import io.sessionevents.session.RecordLimit;
import io.sessionevents.session.SessionSample;
import io.sessionevents.session.StateChange;
import io.sessionevents.settings.Configuration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;

/** A serde from outside takes the place of ours by its class name alone. */
class ValueSerdesTest {
    private static final StateChange CHANGE = new StateChange(
            SessionSample.KEY,
            1,
            null,
            List.of(),
            SessionSample.START,
            SessionSample.START,
            null,
            Map.of(),
            Origin.PUBLISHED,
            SessionSample.in("IDLE").session());

    private static final RecordLimit ROOMY = new RecordLimit(RecordLimit.KAFKA_DEFAULT);

    /** Fails if it is asked: a serde from outside has a registry of its own, or none. */
    private static final class NotAsked implements SchemaRegistry {
        @Override
        public int idOf(String subject, Schema schema) {
            throw new AssertionError("asked for " + subject);
        }

        @Override
        public Schema byId(int id) throws RegistryException {
            throw new AssertionError("asked for " + id);
        }
    }

    /** Writes the name of the record's schema and the URL it was configured with. */
    public static final class OutsideSerde implements Serde<IndexedRecord> {
        private final Map<String, Object> settings = new HashMap<>();

        @Override
        public void configure(Map<String, ?> configs, boolean isKey) {
            settings.putAll(configs);
        }

        @Override
        public Serializer<IndexedRecord> serializer() {
            return new Serializer<>() {
                @Override
                public byte[] serialize(String topic, IndexedRecord record) {
                    return (record.getSchema().getName() + " " + settings.get("schema.registry.url") + " "
                                    + settings.get("specific.avro.reader"))
                            .getBytes(UTF_8);
                }

                @Override
                public byte[] serialize(String topic, Headers headers, IndexedRecord record) {
                    String seen = headers.lastHeader("ce_id") == null ? "nothing" : "ce_id";
                    headers.add("seen-by-the-serde", seen.getBytes(UTF_8));
                    return serialize(topic, record);
                }
            };
        }

        @Override
        public Deserializer<IndexedRecord> deserializer() {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void shouldUseTheClassThatIsNamedAndConfigureIt() {
        Configuration configuration = configuration(OutsideSerde.class.getName());
        Serde<IndexedRecord> values = values(configuration);

        assertThat(ValueSerdes.changes(configuration.events(), "changes", values)
                        .encode(CHANGE, ROOMY)
                        .value())
                .asString(UTF_8)
                .isEqualTo("SessionStateChanged http://r:8081 true");
    }

    @Test
    void shouldGiveASerdeFromOutsideTheHeadersAndClaimNoMediaTypeForIt() {
        Headers headers = headersOf(configuration(OutsideSerde.class.getName()));

        assertThat(headers.lastHeader("ce_id").value())
                .asString(UTF_8)
                .isEqualTo(CHANGE.eventId().toString());
        assertThat(headers.lastHeader("content-type")).isNull();
        assertThat(headers.lastHeader("seen-by-the-serde").value())
                .asString(UTF_8)
                .isEqualTo("ce_id");
    }

    @Test
    void shouldLeaveCloudEventsOutWhenTheyAreSwitchedOff() {
        Configuration off = Configuration.loader()
                .withFlags(settings(OutsideSerde.class.getName()))
                .withFlags(Map.of("event.cloudevents", "false"))
                .load();

        assertThat(headersOf(off)).extracting(Header::key).containsExactly("seen-by-the-serde");
    }

    @Test
    void shouldUseOursByDefault() {
        Configuration configuration = configuration(RegistryAvroSerde.class.getName());

        assertThat(values(configuration)).isInstanceOf(RegistryAvroSerde.class);
    }

    @Test
    void shouldSayWhichClassCannotBeUsed() {
        assertThatIllegalStateException()
                .isThrownBy(() -> values(configuration("com.example.Missing")))
                .withMessageContaining("value.serde.class com.example.Missing");
    }

    private static Serde<IndexedRecord> values(Configuration configuration) {
        return ValueSerdes.of(configuration.events(), configuration.registry(), new NotAsked());
    }

    private static Headers headersOf(Configuration configuration) {
        var values = values(configuration);
        var event =
                ValueSerdes.changes(configuration.events(), "changes", values).encode(CHANGE, ROOMY);
        assertThat(event.value()).asString(UTF_8).startsWith("SessionStateChanged");
        return event.headers();
    }

    private static Configuration configuration(String serde) {
        return Configuration.loader().withFlags(settings(serde)).load();
    }

    private static Map<String, String> settings(String serde) {
        return Map.of(
                "bootstrap.servers", "b:9092",
                "schema.registry.url", "http://r:8081",
                "value.serde.class", serde);
    }
}
