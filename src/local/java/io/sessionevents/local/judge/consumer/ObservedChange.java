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
        Object previous = Fields.optional(event, "previousState");
        Object previouslyAt = Fields.optional(event, "previousObservedAt");
        return new ObservedChange(
                Fields.text(event, "eventId"),
                key(event),
                (Long) Fields.required(event, "sequence"),
                previous == null ? null : previous.toString(),
                Fields.text(event, "state"),
                Fields.text(event, "rawState"),
                (Boolean) Fields.required(event, "terminal"),
                ((List<?>) Fields.required(event, "missedStates"))
                        .stream().map(Object::toString).toList(),
                Fields.instant(Fields.required((IndexedRecord) Fields.required(event, "session"), "updatedAt")),
                Fields.instant(Fields.required(event, "observedAt")),
                previouslyAt == null ? null : Fields.instant(previouslyAt),
                origin(event));
    }

    /** The session it speaks of; versions that knew one source only wrote none. */
    static SessionKey key(IndexedRecord event) {
        Object source = Fields.ifAny(event, "source");
        return new SessionKey(
                source == null ? SessionKey.DEFAULT_SOURCE : source.toString(),
                Fields.text(event, "applicationId"),
                Fields.text(event, "sessionId"));
    }

    private static @Nullable String origin(IndexedRecord event) {
        Object origin = Fields.ifAny(event, "origin");
        return origin == null ? null : origin.toString();
    }
}
