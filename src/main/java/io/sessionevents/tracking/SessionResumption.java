package io.sessionevents.tracking;

import io.sessionevents.session.SessionKey;
import io.sessionevents.session.TrackedSession;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes up the sessions that are in the store when a task is opened, in the order of their keys and slice by slice, because a
 * StreamThread that reads a million at once polls too late. A session that something is asked of before its turn is taken up then. Owned
 * by the StreamThread, as long as the task is open.
 */
final class SessionResumption {
    private static final Logger log = LoggerFactory.getLogger(SessionResumption.class);

    private final Tracking tracking;
    private final KeptSessions sessions;
    private final SettlingSessions settling;
    private final SessionRequests requests;
    private final TrackerOutput output;

    /** Taken up at a time where other work fills every slice: else a million would never be taken up. */
    static final int LEAST = 20;

    /** Those behind the next one that have had their turn. */
    private final Set<SessionKey> early = new HashSet<>();

    private @Nullable SessionKey next;
    private boolean done;
    private long seen;
    private int resumed;

    SessionResumption(
            Tracking tracking,
            KeptSessions sessions,
            SettlingSessions settling,
            SessionRequests requests,
            TrackerOutput output) {
        this.tracking = tracking;
        this.sessions = sessions;
        this.settling = settling;
        this.requests = requests;
        this.output = output;
    }

    /** Takes up as many as there is time for; does nothing when all are taken up. */
    void goOn(TimeSlice slice) {
        if (done) {
            return;
        }
        long least = seen + LEAST;
        next = sessions.walk(next, () -> seen >= least && slice.over(), kept -> {
            seen++;
            if (!early.remove(kept.key())) {
                resume(kept);
            }
        });
        if (next == null) {
            done = true;
            early.clear();
            log.atInfo()
                    .addKeyValue("task", sessions.mailbox().partition())
                    .addKeyValue("sessions", resumed)
                    .log("Sessions taken up");
        }
    }

    /** To be told before anything else is done with that session. */
    void ahead(SessionKey key) {
        if (done || (next != null && key.compareTo(next) < 0) || !early.add(key)) {
            return;
        }
        TrackedSession kept = sessions.get(key);
        if (kept != null) {
            resume(kept);
        }
    }

    private void resume(TrackedSession kept) {
        TrackedSession now = withoutOldAlerts(kept);
        if (!now.tracked() && !now.settling()) {
            return;
        }
        sessions.mailbox().kept(null, now);
        if (now.tracked()) {
            requests.noteApplication(now.key());
            lookAt(now);
        } else {
            settling.plan(now);
        }
        resumed++;
    }

    private TrackedSession withoutOldAlerts(TrackedSession kept) {
        if (kept.alerts().raised().isEmpty()) {
            return kept;
        }
        boolean looked = tracking.dispatcher().reads(kept.key().source());
        Instant now = tracking.clock().instant();
        AlertSteps.Step over = tracking.alerts().takenUp(kept, looked, now);
        if (!over.empty()) {
            sessions.put(over.next());
            output.alerts(kept.key(), over, now);
        }
        return over.next();
    }

    /** What was never seen is as urgent as when it was published, and no newer than what is published now. */
    private void lookAt(TrackedSession kept) {
        Instant now = tracking.clock().instant();
        var look = tracking.schedule().atOnce(kept, now);
        if (kept.seen() == null) {
            Instant asked = kept.trackedAt().isBefore(now) ? kept.trackedAt() : now;
            sessions.mailbox().lookNow(kept.key(), look, Duration.between(asked, now));
        } else {
            sessions.mailbox().lookAt(kept.key(), look);
        }
    }
}
