package io.sessionevents;

import io.sessionevents.avro.ChangeEvents;
import io.sessionevents.avro.CloudEventHeaders;
import io.sessionevents.avro.ConfigurationDetail;
import io.sessionevents.avro.RegistryAvroSerde;
import io.sessionevents.avro.SchemaRegistry;
import io.sessionevents.config.Configuration;
import io.sessionevents.session.StateChange;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/** The serde of public values: ours, or the one that {@code value.serde.class} names. */
final class ValueSerdes {
    private ValueSerdes() {}

    /** Whether values go through our own serde, and so through the registry adapter. */
    static boolean ours(Configuration configuration) {
        return configuration.valueSerdeClass().equals(RegistryAvroSerde.class.getName());
    }

    /**
     * The serde.
     *
     * @throws IllegalStateException if the class cannot be used; the message says why
     */
    @SuppressWarnings("unchecked") // what a class named in the configuration takes, shows at the first record
    static Serde<IndexedRecord> of(Configuration configuration, SchemaRegistry registry) {
        if (ours(configuration)) {
            return new RegistryAvroSerde<>(registry, true);
        }
        Serde<IndexedRecord> serde;
        try {
            serde = Utils.newInstance(configuration.valueSerdeClass(), Serde.class);
        } catch (ClassNotFoundException | RuntimeException e) {
            throw new IllegalStateException(
                    "value.serde.class " + configuration.valueSerdeClass()
                            + " cannot be used, expected a public Serde on the class path (lib/): " + e,
                    e);
        }
        Map<String, Object> settings = new HashMap<>(configuration.registry());
        settings.put("specific.avro.reader", true);
        serde.configure(settings, false);
        return serde;
    }

    /**
     * Writes changes as events, with the attributes of CloudEvents as headers if the configuration says so. A serializer from
     * outside gets the headers too; the media type of what it writes is not known, so it may set the content type itself.
     */
    static Serde<StateChange> changes(Configuration configuration, Serde<IndexedRecord> values) {
        var events = new ChangeEvents(
                switch (configuration.eventConfiguration()) {
                    case NONE -> ConfigurationDetail.NONE;
                    case REDACTED -> ConfigurationDetail.REDACTED;
                    case FULL -> ConfigurationDetail.FULL;
                });
        String contentType = ours(configuration) ? RegistryAvroSerde.CONTENT_TYPE : null;
        return Serdes.serdeFrom(
                new ChangeSerializer(events, values.serializer(), configuration.cloudEvents(), contentType),
                (topic, bytes) -> {
                    throw new UnsupportedOperationException("events are written, not read");
                });
    }

    private record ChangeSerializer(
            ChangeEvents events,
            Serializer<IndexedRecord> values,
            boolean cloudEvents,
            @Nullable String contentType) implements Serializer<StateChange> {

        @Override
        public byte[] serialize(String topic, StateChange change) {
            return values.serialize(topic, events.event(change));
        }

        @Override
        public byte[] serialize(String topic, Headers headers, StateChange change) {
            if (cloudEvents) {
                CloudEventHeaders.set(headers, change, contentType);
            }
            return values.serialize(topic, headers, events.event(change));
        }
    }
}
