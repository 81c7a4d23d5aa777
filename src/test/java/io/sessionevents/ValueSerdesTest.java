package io.sessionevents;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.sessionevents.avro.RegistryAvroSerde;
import io.sessionevents.avro.RegistryException;
import io.sessionevents.avro.SchemaRegistry;
import io.sessionevents.config.Configuration;
import io.sessionevents.config.ConfigurationLoader;
import io.sessionevents.session.SessionSample;
import io.sessionevents.session.StateChange;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
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
            SessionSample.in("IDLE").session());

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
            return (topic, record) -> (record.getSchema().getName() + " " + settings.get("schema.registry.url") + " "
                            + settings.get("specific.avro.reader"))
                    .getBytes(UTF_8);
        }

        @Override
        public Deserializer<IndexedRecord> deserializer() {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void shouldUseTheClassThatIsNamedAndConfigureIt() {
        Configuration configuration = configuration(OutsideSerde.class.getName());
        Serde<IndexedRecord> values = ValueSerdes.of(configuration, new NotAsked());

        assertThat(ValueSerdes.changes(configuration, values).serializer().serialize("out", CHANGE))
                .asString(UTF_8)
                .isEqualTo("SessionStateChanged http://r:8081 true");
    }

    @Test
    void shouldUseOursByDefault() {
        Configuration configuration = configuration(RegistryAvroSerde.class.getName());

        assertThat(ValueSerdes.of(configuration, new NotAsked())).isInstanceOf(RegistryAvroSerde.class);
    }

    @Test
    void shouldSayWhichClassCannotBeUsed() {
        assertThatIllegalStateException()
                .isThrownBy(() -> ValueSerdes.of(configuration("com.example.Missing"), new NotAsked()))
                .withMessageContaining("value.serde.class com.example.Missing");
    }

    private static Configuration configuration(String serde) {
        return new ConfigurationLoader()
                .withFlags(Map.of(
                        "bootstrap.servers", "b:9092",
                        "schema.registry.url", "http://r:8081",
                        "value.serde.class", serde))
                .load();
    }
}
