package io.sessionevents.local.judge.consumer;

import io.sessionevents.local.simulator.SessionKey;
import java.time.Instant;
import java.util.List;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/**
 * One event as a consumer sees it, reduced to what the guarantees speak of.
 *
 * @param updatedAt when the state began, as AWS said
 * @param origin how the service came to track the session; null: a version that knew of publications only
 */
public record ObservedChange(
        String eventId,
        SessionKey key,
        long sequence,
        @Nullable String previousState,
        String state,
        String rawState,
        boolean terminal,
        List<String> missedStates,
        Instant updatedAt,
        Instant observedAt,
        @Nullable Instant previousObservedAt,
        @Nullable String origin) {
    private static final String DISCOVERED = "DISCOVERED";

    /** Whether the service says that it found the session by itself. */
    public boolean discovered() {
        return DISCOVERED.equals(origin);
    }

    /** From a record of the output topic, generic or specific. */
    public static ObservedChange of(IndexedRecord event) {
        Object previous = field(event, "previousState");
        Object previouslyAt = field(event, "previousObservedAt");
        return new ObservedChange(
                text(event, "eventId"),
                key(event),
                (Long) required(event, "sequence"),
                previous == null ? null : previous.toString(),
                text(event, "state"),
                text(event, "rawState"),
                (Boolean) required(event, "terminal"),
                ((List<?>) required(event, "missedStates"))
                        .stream().map(Object::toString).toList(),
                instant(required((IndexedRecord) required(event, "session"), "updatedAt")),
                instant(required(event, "observedAt")),
                previouslyAt == null ? null : instant(previouslyAt),
                origin(event));
    }

    /** The session it speaks of; versions that knew one source only wrote none. */
    static SessionKey key(IndexedRecord event) {
        Object source = fieldIfAny(event, "source");
        return new SessionKey(
                source == null ? SessionKey.DEFAULT_SOURCE : source.toString(),
                text(event, "applicationId"),
                text(event, "sessionId"));
    }

    private static @Nullable String origin(IndexedRecord event) {
        Object origin = fieldIfAny(event, "origin");
        return origin == null ? null : origin.toString();
    }

    private static @Nullable Object fieldIfAny(IndexedRecord event, String name) {
        return event.getSchema().getField(name) == null ? null : field(event, name);
    }

    private static String text(IndexedRecord event, String name) {
        return required(event, name).toString();
    }

    private static Instant instant(Object value) {
        return value instanceof Instant instant ? instant : Instant.ofEpochMilli((Long) value);
    }

    private static Object required(IndexedRecord event, String name) {
        Object value = field(event, name);
        if (value == null) {
            throw new IllegalArgumentException("the event has no " + name);
        }
        return value;
    }

    private static @Nullable Object field(IndexedRecord event, String name) {
        return event.get(event.getSchema().getField(name).pos());
    }
}
