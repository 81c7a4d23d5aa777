package io.sessionevents.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sessionevents.avro.HistoryEntries;
import io.sessionevents.avro.RegistryAvroSerde;
import io.sessionevents.avro.SchemaRegistry;
import io.sessionevents.history.HistoryReader.Decoder;
import io.sessionevents.session.HistoryEntry;
import io.sessionevents.session.HistoryEntry.Position;
import io.sessionevents.session.SessionKey;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.serialization.Deserializer;

/** A record of a history as one JSON object: where it is, and what {@code tail} prints of it. */
final class HistoryRecordJson implements Decoder<HistoryRecordJson.Line> {
    private final SessionKey key;
    private final HistoryEntries entries;
    private final Deserializer<GenericRecord> values;

    /**
     * A record.
     *
     * @param json what is printed of it
     */
    record Line(HistoryEntry entry, ObjectNode json) {}

    /** @param key of the session whose records are read */
    HistoryRecordJson(SessionKey key, SchemaRegistry registry) {
        this.key = key;
        this.entries = new HistoryEntries(registry);
        this.values = new RegistryAvroSerde<GenericRecord>(registry, false).deserializer();
    }

    @Override
    public Line decode(Position position, byte[] value) {
        HistoryEntry entry = entries.read(key, position, value);
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("kind", kind(entry))
                .put("topic", position.topic())
                .put("partition", position.partition())
                .put("offset", position.offset())
                .put("writtenAt", position.writtenAt().toString());
        if (entry instanceof HistoryEntry.Unreadable unreadable) {
            json.put("reason", unreadable.reason());
        } else {
            json.set("record", AvroJson.of(values.deserialize(position.topic(), value)));
        }
        return new Line(entry, json);
    }

    private static String kind(HistoryEntry entry) {
        return switch (entry) {
            case HistoryEntry.Change _ -> "change";
            case HistoryEntry.UsageRevision _ -> "usage";
            case HistoryEntry.Alert _ -> "alert";
            case HistoryEntry.Unreadable _ -> "unreadable";
        };
    }
}
