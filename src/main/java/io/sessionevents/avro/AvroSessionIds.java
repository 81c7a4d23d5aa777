package io.sessionevents.avro;

import io.sessionevents.session.DeadLetterReason;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/** Session ID events as Avro records of any schema, taken by the names of their fields. Pure. */
final class AvroSessionIds {
    private AvroSessionIds() {}

    static InputMembers read(@Nullable IndexedRecord record) throws UnreadableInput {
        return new InputMembers(
                field(record, "source") == null ? null : string(record, "source"),
                string(record, "applicationId"),
                sessionId(record),
                labels(field(record, "labels")));
    }

    private static @Nullable String sessionId(@Nullable IndexedRecord record) throws UnreadableInput {
        if (record != null && record.getSchema().getField("sessionId") == null) {
            for (Schema.Field field : record.getSchema().getFields()) {
                if (InputMembers.tellsOfASession(field.name())) {
                    throw new UnreadableInput(
                            DeadLetterReason.UNREADABLE_AVRO,
                            "no field sessionId in the record, but one that begins with session; expected sessionId");
                }
            }
        }
        return field(record, "sessionId") == null ? null : string(record, "sessionId");
    }

    private static Map<String, String> labels(@Nullable Object field) throws UnreadableInput {
        if (field == null) {
            return Map.of();
        }
        if (!(field instanceof Map<?, ?> map)) {
            throw new UnreadableInput(
                    DeadLetterReason.BAD_LABELS,
                    "labels is of type " + field.getClass().getSimpleName() + ", expected a map of strings");
        }
        Map<String, String> labels = new HashMap<>();
        for (Map.Entry<?, ?> label : map.entrySet()) {
            if (!(label.getValue() instanceof CharSequence text)) {
                throw new UnreadableInput(DeadLetterReason.BAD_LABELS, "a label is not a string");
            }
            labels.put(String.valueOf(label.getKey()), text.toString());
        }
        return labels;
    }

    private static @Nullable Object field(@Nullable IndexedRecord record, String name) {
        var field = record == null ? null : record.getSchema().getField(name);
        return field == null || record == null ? null : record.get(field.pos());
    }

    private static String string(@Nullable IndexedRecord record, String name) throws UnreadableInput {
        if (field(record, name) instanceof CharSequence text) {
            return text.toString();
        }
        throw new UnreadableInput(DeadLetterReason.UNREADABLE_AVRO, "no string " + name + " in the record");
    }
}
