package io.sessionevents.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sessionevents.avro.MalformedRecordException;
import io.sessionevents.avro.RegistryAvroSerde;
import io.sessionevents.avro.SchemaRegistry;
import io.sessionevents.history.HistoryReader.Decoder;
import io.sessionevents.session.HistoryEntry.Position;
import io.sessionevents.session.Topics;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.serialization.Deserializer;

/** A record of a history as one JSON object: where it is, and what {@code tail} prints of it. */
final class HistoryRecordJson implements Decoder<ObjectNode> {
    private final Topics topics;
    private final Deserializer<GenericRecord> values;

    HistoryRecordJson(Topics topics, SchemaRegistry registry) {
        this.topics = topics;
        this.values = new RegistryAvroSerde<GenericRecord>(registry, false).deserializer();
    }

    @Override
    public ObjectNode decode(Position position, byte[] value) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("kind", position.topic().equals(topics.usage()) ? "usage" : "change")
                .put("topic", position.topic())
                .put("partition", position.partition())
                .put("offset", position.offset())
                .put("writtenAt", position.writtenAt().toString());
        try {
            json.set("record", AvroJson.of(values.deserialize(position.topic(), value)));
        } catch (MalformedRecordException e) {
            json.put("kind", "unreadable").put("reason", e.getMessage());
        }
        return json;
    }
}
