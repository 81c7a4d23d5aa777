package io.sessionevents.avro;

import io.sessionevents.session.SessionAlert;
import io.sessionevents.session.StateChange;
import io.sessionevents.session.UsageRecord;
import io.sessionevents.tracking.EventEncoder;
import io.sessionevents.tracking.RequestDecoder;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.LongPredicate;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/** The serde of public values: ours, or the one that {@code value.serde.class} names. */
public final class ValueSerdes {
    private ValueSerdes() {}

    /**
     * The serde.
     *
     * @param settings of the registry's client
     * @throws IllegalStateException if the class cannot be used; the message says why
     */
    @SuppressWarnings("unchecked") // what a class named in the configuration takes, shows at the first record
    public static Serde<IndexedRecord> of(EventSettings events, Map<String, String> settings, SchemaRegistry registry) {
        if (events.ownSerde()) {
            return new RegistryAvroSerde<>(registry, true);
        }
        Serde<IndexedRecord> serde;
        try {
            serde = Utils.newInstance(events.valueSerdeClass(), Serde.class);
        } catch (ClassNotFoundException | RuntimeException e) {
            throw new IllegalStateException(
                    "value.serde.class " + events.valueSerdeClass()
                            + " cannot be used, expected a public Serde on the class path (lib/): " + e,
                    e);
        }
        Map<String, Object> all = new HashMap<>(settings);
        all.put("specific.avro.reader", true);
        serde.configure(all, false);
        return serde;
    }

    /**
     * Writes changes as events, with the attributes of CloudEvents as headers if the configuration says so. A serializer from
     * outside gets the headers too; the media type of what it writes is not known, so it may set the content type itself.
     */
    public static EventEncoder<StateChange> changes(EventSettings events, String topic, Serde<IndexedRecord> values) {
        return encoder(new ChangeWriter(
                topic,
                new ChangeEvents(events.detail()),
                values.serializer(),
                events.cloudEvents(),
                contentType(events))::write);
    }

    /** Writes usage in the same way. */
    public static EventEncoder<UsageRecord> usage(EventSettings events, String topic, Serde<IndexedRecord> values) {
        return encoder(new UsageWriter(topic, values.serializer(), events.cloudEvents(), contentType(events))::write);
    }

    /** Writes alerts in the same way. */
    public static EventEncoder<SessionAlert> alerts(EventSettings events, String topic, Serde<IndexedRecord> values) {
        return encoder(new AlertWriter(topic, values.serializer(), events.cloudEvents(), contentType(events))::write);
    }

    private static @Nullable String contentType(EventSettings events) {
        return events.ownSerde() ? RegistryAvroSerde.CONTENT_TYPE : null;
    }

    private static <E> EventEncoder<E> encoder(BiFunction<E, LongPredicate, ChangeWriter.Written> writer) {
        return (event, limit) -> {
            try {
                var written = writer.apply(event, limit::takes);
                return new EventEncoder.Encoded(written.value(), written.headers());
            } catch (EventTooLargeException e) {
                throw new EventEncoder.UnwritableException(String.valueOf(e.getMessage()), e);
            } catch (RuntimeException e) {
                throw OutOfReach.causes(e)
                        ? new RequestDecoder.RetryLaterException("An event cannot be written now: " + e.getMessage(), e)
                        : e;
            }
        };
    }
}
