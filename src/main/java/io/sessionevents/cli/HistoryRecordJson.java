package io.sessionevents.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sessionevents.avro.MalformedRecordException;
import io.sessionevents.avro.RegistryAvroSerde;
import io.sessionevents.avro.RegistryException;
import io.sessionevents.avro.SchemaRegistry;
import io.sessionevents.history.HistoryReader.Decoder;
import io.sessionevents.session.HistoryEntry.Position;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.serialization.Deserializer;

/** A record of a history as one JSON object: where it is, and what {@code tail} prints of it. */
final class HistoryRecordJson implements Decoder<ObjectNode> {
    private static final String UNREADABLE = "unreadable";

    private final Deserializer<GenericRecord> values;

    HistoryRecordJson(SchemaRegistry registry) {
        this.values = new RegistryAvroSerde<GenericRecord>(registry, false).deserializer();
    }

    @Override
    public ObjectNode decode(Position position, byte[] value) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("kind", UNREADABLE)
                .put("topic", position.topic())
                .put("partition", position.partition())
                .put("offset", position.offset())
                .put("writtenAt", position.writtenAt().toString());
        try {
            GenericRecord record = values.deserialize(position.topic(), value);
            json.put("kind", kind(record)).set("record", AvroJson.of(record));
        } catch (MalformedRecordException e) {
            json.put("reason", e.getMessage());
        } catch (RegistryException e) {
            if (!e.aboutOneSchema()) {
                throw e;
            }
            json.put("reason", e.getMessage());
        }
        return json;
    }

    private static String kind(GenericRecord record) {
        return switch (record.getSchema().getName()) {
            case "SessionStateChanged" -> "change";
            case "SessionUsage" -> "usage";
            case "SessionAlert" -> "alert";
            default -> "unknown";
        };
    }
}
