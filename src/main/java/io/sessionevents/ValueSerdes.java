package io.sessionevents;

import io.sessionevents.avro.ChangeEvents;
import io.sessionevents.avro.ChangeWriter;
import io.sessionevents.avro.ConfigurationDetail;
import io.sessionevents.avro.EventTooLargeException;
import io.sessionevents.avro.OutOfReach;
import io.sessionevents.avro.RegistryAvroSerde;
import io.sessionevents.avro.SchemaRegistry;
import io.sessionevents.config.Configuration;
import io.sessionevents.tracking.ChangeEncoder;
import io.sessionevents.tracking.RequestDecoder;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.utils.Utils;

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
    static ChangeEncoder changes(Configuration configuration, Serde<IndexedRecord> values) {
        var events = new ChangeEvents(
                switch (configuration.eventConfiguration()) {
                    case NONE -> ConfigurationDetail.NONE;
                    case REDACTED -> ConfigurationDetail.REDACTED;
                    case FULL -> ConfigurationDetail.FULL;
                });
        String contentType = ours(configuration) ? RegistryAvroSerde.CONTENT_TYPE : null;
        var writer = new ChangeWriter(
                configuration.topics().output(), events, values.serializer(), configuration.cloudEvents(), contentType);
        return (change, limit) -> {
            try {
                var written = writer.write(change, limit::takes);
                return new ChangeEncoder.Encoded(written.value(), written.headers());
            } catch (EventTooLargeException e) {
                throw new ChangeEncoder.UnwritableException(String.valueOf(e.getMessage()), e);
            } catch (RuntimeException e) {
                throw OutOfReach.causes(e)
                        ? new RequestDecoder.RetryLaterException("An event cannot be written now: " + e.getMessage(), e)
                        : e;
            }
        };
    }
}
