package io.sessionevents.session;

import java.time.Instant;
import java.util.Map;

/**
 * Where a tracked session stands with the service, and what may become of it there. Its state at AWS is another matter: what is
 * observed has no legal exits.
 *
 * <pre>
 *           its terminal state is reported            the last look at its usage
 *   Tracked ─────────────────────────────► Settling ───────────────────────────► Closed
 *    │   ▲
 *    │   └─ requestedAgain ─┐
 *    └─ stopped, givenUp ► Stopped
 * </pre>
 */
public sealed interface Phase {

    /** It is looked up until it ends. */
    record Tracked(TrackedSession session) implements Phase {

        /** Published again: goes on under the newer labels, if there are any. */
        public TrackedSession requestedAgain(Map<String, String> newerLabels) {
            return session.trackedOn(newerLabels);
        }

        /** By a tombstone, or because what AWS shows of it cannot be reported: it is tracked again only if it is published again. */
        public TrackedSession stopped(Instant now) {
            return session.stopped(now);
        }

        /** AWS does not show it. */
        public TrackedSession givenUp(Instant now) {
            return session.givenUp(now);
        }
    }

    /** It is remembered, and not looked up. */
    record Stopped(TrackedSession session) implements Phase {
        /** Published again: tracked again under the newer labels, if there are any. */
        public TrackedSession requestedAgain(Map<String, String> newerLabels) {
            return session.trackedOn(newerLabels);
        }

        /** By a tombstone, where it had been given up before: no listing has it tracked again. */
        public TrackedSession stopped(Instant now) {
            return session.stopped(now);
        }

        /** Whether a listing that shows it is reason enough to track it again: nobody has said that it is to be stopped. */
        public boolean givenUp() {
            return session.givenUp();
        }
    }

    /** Its terminal state was reported; its usage is looked at until it has settled and can hardly change any more. */
    record Settling(TrackedSession session) implements Phase {

        /** Published again: its usage is told under the newer labels, if there are any. */
        public TrackedSession requestedAgain(Map<String, String> newerLabels) {
            return session.labelled(newerLabels);
        }
    }

    /** All was reported. It is remembered, so that a late ID does not repeat its events. */
    record Closed(TrackedSession session) implements Phase {

        /** Whether its usage was told as it was seen last. */
        public boolean told() {
            return session.settlement() != null && session.settlement().told();
        }

        /** Published again although that was not told: its usage is looked at once more, or as if it had just been heard of. */
        public TrackedSession settledAgain(Instant now) {
            Settlement before = session.settlement();
            return session.withSettlement(before == null || before.revision() == 0 ? null : before.lookAt(now));
        }
    }
}
