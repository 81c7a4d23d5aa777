package io.sessionevents.avro;

import io.sessionevents.session.UsageRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes usage records that fit into their topic, see {@link ChangeWriter}. Numbers are never left out.
 *
 * @param topic of the records
 * @param values how they are serialized
 * @param cloudEvents whether records carry the attributes of CloudEvents as headers
 * @param contentType media type of the serialized values; null if it is not known
 */
public record UsageWriter(
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
    public ChangeWriter.Written write(UsageRecord usage, LongPredicate fits) {
        List<String> parts = new ArrayList<>();
        if (usage.identity().tags() != null) {
            parts.add(UsageEvents.TAGS);
        }
        if (!usage.labels().isEmpty()) {
            parts.add(UsageEvents.LABELS);
        }
        return new FittingRecord(topic, "the usage of " + usage.key(), usage.key())
                .write(parts.size(), left -> written(usage, parts.subList(0, left)), fits);
    }

    private ChangeWriter.Written written(UsageRecord usage, List<String> omitted) {
        var headers = new RecordHeaders();
        if (cloudEvents) {
            CloudEventHeaders.set(headers, usage, contentType);
        }
        return new ChangeWriter.Written(values.serialize(topic, headers, UsageEvents.event(usage, omitted)), headers);
    }
}
