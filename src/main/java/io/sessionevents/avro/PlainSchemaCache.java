package io.sessionevents.avro;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;

/** Remembers the published form of each schema that is written. */
final class PlainSchemaCache {
    private static final Map<Schema, Schema> PLAIN = new ConcurrentHashMap<>();

    private PlainSchemaCache() {}

    static Schema of(Schema schema) {
        return PLAIN.computeIfAbsent(schema, PlainSchemas::plain);
    }
}
