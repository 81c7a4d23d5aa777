package io.sessionevents.avro;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sessionevents.session.StateChange;
import java.util.List;
import java.util.function.LongPredicate;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.header.Header;
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
        for (int left = 0; ; left++) {
            Written written = written(change, parts.subList(0, left));
            long bytes = bytes(change, written);
            if (fits.test(bytes)) {
                return written;
            }
            if (left == parts.size()) {
                throw new EventTooLargeException("the event of " + change.key() + " has " + bytes
                        + " bytes without all that can be left out, more than the topic " + topic
                        + " takes: raise its max.message.bytes");
            }
        }
    }

    private Written written(StateChange change, List<Omission> omitted) {
        var headers = new RecordHeaders();
        if (cloudEvents) {
            CloudEventHeaders.set(headers, change, contentType);
        }
        return new Written(values.serialize(topic, headers, events.event(change, omitted)), headers);
    }

    private static long bytes(StateChange change, Written written) {
        long bytes = (long) change.key().toString().length() + written.value().length;
        for (Header header : written.headers()) {
            bytes += header.key().getBytes(UTF_8).length + (header.value() == null ? 0 : header.value().length);
        }
        return bytes;
    }
}
