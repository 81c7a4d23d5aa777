package io.sessionevents.session;

import java.time.Instant;
import java.util.Map;

/**
 * Where a tracked session stands with the service, and what may become of it there. Its state at AWS is another matter: what is
 * observed has no legal exits.
 *
 * <pre>
 *           its terminal state is reported
 *   Tracked ─────────────────────────────► Ended
 *    │   ▲
 *    │   └─ requestedAgain ──┐
 *    └── stopped ────────► Stopped
 * </pre>
 */
public sealed interface Phase {

    /** It is looked up until it ends. */
    record Tracked(TrackedSession session) implements Phase {

        /** Published again: goes on under the newer labels, if there are any. */
        public TrackedSession requestedAgain(Map<String, String> newerLabels) {
            return session.trackedOn(newerLabels);
        }

        /** By a tombstone, or because it was given up. */
        public TrackedSession stopped(Instant now) {
            return session.stopped(now);
        }
    }

    /** It is remembered, and not looked up. */
    record Stopped(TrackedSession session) implements Phase {

        /** Published again: tracked again under the newer labels, if there are any. */
        public TrackedSession requestedAgain(Map<String, String> newerLabels) {
            return session.trackedOn(newerLabels);
        }
    }

    /** Its terminal state was reported. It is remembered, so that a late ID does not repeat its events. */
    record Ended(TrackedSession session) implements Phase {}
}
