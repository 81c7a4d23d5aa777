package io.sessionevents.local.judge.consumer;

import java.time.Instant;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/** Reads the fields of Avro records, generic or specific. */
final class Fields {
    private Fields() {}

    static Object required(IndexedRecord event, String name) {
        Object value = optional(event, name);
        if (value == null) {
            throw new IllegalArgumentException("the event has no " + name);
        }
        return value;
    }

    static String text(IndexedRecord event, String name) {
        return required(event, name).toString();
    }

    static @Nullable String textOrNull(IndexedRecord event, String name) {
        Object value = optional(event, name);
        return value == null ? null : value.toString();
    }

    static Instant instant(Object value) {
        return value instanceof Instant instant ? instant : Instant.ofEpochMilli((Long) value);
    }

    static @Nullable Object optional(IndexedRecord event, String name) {
        return event.get(event.getSchema().getField(name).pos());
    }

    /** Null also where older versions wrote no such field. */
    static @Nullable Object ifAny(IndexedRecord event, String name) {
        return event.getSchema().getField(name) == null ? null : optional(event, name);
    }
}
