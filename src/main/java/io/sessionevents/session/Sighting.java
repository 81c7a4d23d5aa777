package io.sessionevents.session;

import java.time.Instant;

/**
 * How a sweep saw a session.
 *
 * @param rawState as AWS sent it
 */
public record Sighting(String rawState, Instant updatedAt) {

    /**
     * Whether it tells nothing that is not known: the same state at the same time, or what a replica said that lags behind. An equal time
     * with another state is news.
     */
    public boolean knownTo(TrackedSession.Seen seen) {
        return updatedAt.isBefore(seen.updatedAt())
                || (updatedAt.equals(seen.updatedAt()) && rawState.equals(seen.rawState()));
    }

    /** Whether the session had ended by then. */
    public boolean endedBefore(Instant time) {
        return SessionState.of(rawState).terminal() && updatedAt.isBefore(time);
    }
}
