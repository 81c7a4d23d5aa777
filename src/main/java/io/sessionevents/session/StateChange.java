package io.sessionevents.session;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One observed change of state. It happened after {@code previousObservedAt} and not after {@code observedAt}.
 *
 * @param sequence number within the session, from 1
 * @param previousState null at first sight
 * @param missedStates states that the timestamps prove were passed through unseen, oldest first
 * @param occurredAt best time of the change that AWS gives
 * @param origin how the service came to track the session
 * @param previousObservedAt when the lookup was sent that last found the previous state; null at first sight
 */
public record StateChange(
        SessionKey key,
        long sequence,
        @Nullable SessionState previousState,
        List<SessionState> missedStates,
        Instant occurredAt,
        Instant observedAt,
        @Nullable Instant previousObservedAt,
        Map<String, String> labels,
        Origin origin,
        Session session) {

    public StateChange {
        missedStates = List.copyOf(missedStates);
        labels = Map.copyOf(labels);
    }

    public SessionState state() {
        return session.sessionState();
    }

    /** Name-based (RFC 9562 version 3) over ARN, sequence, state and updatedAt: the same change, the same id. */
    public UUID eventId() {
        return eventId(session.arn(), sequence, session.state(), session.updatedAt());
    }

    /** The id of the event that reported that look at the session. */
    static UUID eventId(String arn, long sequence, String rawState, Instant updatedAt) {
        String name =
                String.join("\n", arn, Long.toString(sequence), rawState, Long.toString(updatedAt.toEpochMilli()));
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }
}
