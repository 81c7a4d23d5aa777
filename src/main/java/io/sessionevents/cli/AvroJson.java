package io.sessionevents.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/** Avro records as plain JSON under their field names: no wrapping of unions, timestamps as ISO 8601 in UTC. */
public final class AvroJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);

    private AvroJson() {}

    /** The record as a JSON object. */
    public static ObjectNode of(IndexedRecord record) {
        ObjectNode object = JSON.objectNode();
        for (Schema.Field field : record.getSchema().getFields()) {
            object.set(field.name(), node(record.get(field.pos()), field.schema()));
        }
        return object;
    }

    private static JsonNode node(@Nullable Object value, Schema schema) {
        return switch (value) {
            case null -> JSON.nullNode();
            case IndexedRecord nested -> of(nested);
            case Instant instant -> JSON.textNode(TIME.format(instant));
            case Long number when isTimestamp(schema) -> JSON.textNode(TIME.format(Instant.ofEpochMilli(number)));
            case Long number -> JSON.numberNode(number);
            case Integer number -> JSON.numberNode(number);
            case Double number -> JSON.numberNode(number);
            case Float number -> JSON.numberNode(number);
            case Boolean flag -> JSON.booleanNode(flag);
            case Collection<?> items -> array(items, notNull(schema).getElementType());
            case Map<?, ?> map -> map(map, notNull(schema).getValueType());
            default -> JSON.textNode(value.toString());
        };
    }

    private static JsonNode array(Collection<?> items, Schema schema) {
        var array = JSON.arrayNode();
        items.forEach(item -> array.add(node(item, schema)));
        return array;
    }

    private static JsonNode map(Map<?, ?> map, Schema schema) {
        ObjectNode object = JSON.objectNode();
        map.forEach((key, value) -> object.set(key.toString(), node(value, schema)));
        return object;
    }

    private static boolean isTimestamp(Schema schema) {
        return notNull(schema).getLogicalType() instanceof LogicalTypes.TimestampMillis;
    }

    /** The other half of an optional type. */
    private static Schema notNull(Schema schema) {
        return schema.getType() != Schema.Type.UNION
                ? schema
                : schema.getTypes().stream()
                        .filter(type -> type.getType() != Schema.Type.NULL)
                        .findFirst()
                        .orElse(schema);
    }
}
