package io.sessionevents.avro;

import io.sessionevents.session.StateChange;
import java.util.List;
import java.util.function.LongPredicate;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes changes as events that fit into their topic: what is too large is written without the parts that an event can do
 * without, and says so. With the attributes of CloudEvents as headers, if they are wanted.
 *
 * @param topic of the events
 * @param values how they are serialized
 * @param cloudEvents whether records carry the attributes of CloudEvents as headers
 * @param contentType media type of the serialized values; null if it is not known
 */
public record ChangeWriter(
        String topic,
        ChangeEvents events,
        Serializer<IndexedRecord> values,
        boolean cloudEvents,
        @Nullable String contentType) {

    /** A value with the headers of its record. */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    public record Written(byte[] value, Headers headers) {}

    /**
     * The event of that change.
     *
     * @param fits tells whether the topic takes a record of that many bytes: key, value and headers
     * @throws EventTooLargeException if it does not fit, whatever is left out
     */
    public Written write(StateChange change, LongPredicate fits) {
        List<Omission> parts = Omission.of(change);
        return new FittingRecord(topic, "the event of " + change.key(), change.key())
                .write(parts.size(), left -> written(change, parts.subList(0, left)), fits);
    }

    private Written written(StateChange change, List<Omission> omitted) {
        var headers = new RecordHeaders();
        if (cloudEvents) {
            CloudEventHeaders.set(headers, change, contentType);
        }
        return new Written(values.serialize(topic, headers, events.event(change, omitted)), headers);
    }
}
