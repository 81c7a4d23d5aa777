package io.sessionevents.avro;

import io.sessionevents.session.SessionAlert;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes alerts that fit into their topic, see {@link ChangeWriter}.
 *
 * @param topic of the records
 * @param values how they are serialized
 * @param cloudEvents whether records carry the attributes of CloudEvents as headers
 * @param contentType media type of the serialized values; null if it is not known
 */
public record AlertWriter(
        String topic,
        Serializer<IndexedRecord> values,
        boolean cloudEvents,
        @Nullable String contentType) {

    /**
     * That record.
     *
     * @param fits tells whether the topic takes a record of that many bytes: key, value and headers
     * @throws EventTooLargeException if it does not fit, whatever is left out
     */
    public ChangeWriter.Written write(SessionAlert alert, LongPredicate fits) {
        List<String> parts = new ArrayList<>();
        if (alert.identity().tags() != null) {
            parts.add(AlertEvents.TAGS);
        }
        if (!alert.labels().isEmpty()) {
            parts.add(AlertEvents.LABELS);
        }
        return new FittingRecord(topic, "an alert of " + alert.key(), alert.key())
                .write(parts.size(), left -> written(alert, parts.subList(0, left)), fits);
    }

    private ChangeWriter.Written written(SessionAlert alert, List<String> omitted) {
        var headers = new RecordHeaders();
        if (cloudEvents) {
            CloudEventHeaders.set(headers, alert, contentType);
        }
        return new ChangeWriter.Written(values.serialize(topic, headers, AlertEvents.event(alert, omitted)), headers);
    }
}
