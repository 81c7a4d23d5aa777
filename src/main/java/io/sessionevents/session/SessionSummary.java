package io.sessionevents.session;

import java.time.Instant;

/**
 * What a listing tells of a session: half of it, and perhaps an old half. It may wake a lookup, and is never reported.
 *
 * @param rawState as AWS sent it
 * @param createdBy ARN of the principal that started it
 */
public record SessionSummary(SessionKey key, String rawState, String createdBy, Instant createdAt, Instant updatedAt) {

    public SessionState state() {
        return SessionState.of(rawState);
    }

    /** The part that tells whether the session is another than it was. */
    public Sighting sighting() {
        return new Sighting(rawState, updatedAt);
    }
}
