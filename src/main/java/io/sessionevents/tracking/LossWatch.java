package io.sessionevents.tracking;

import io.sessionevents.calls.LookupResult;
import io.sessionevents.session.DeadLetterReason;
import io.sessionevents.session.LookupHistory;
import io.sessionevents.session.LookupSchedule;
import io.sessionevents.session.MassLossGuard;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.TrackedSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one {@link MassLossGuard} of a process, for all StreamThreads: tells its listener what it holds, and logs changes. */
final class LossWatch {
    private static final Logger log = LoggerFactory.getLogger(LossWatch.class);

    private final MassLossGuard guard = new MassLossGuard();
    private final TrackingListener listener;
    private final LookupSchedule schedule;
    private @Nullable String told;

    LossWatch(TrackingListener listener, LookupSchedule schedule) {
        this.listener = listener;
        this.schedule = schedule;
    }

    /**
     * What really follows from one lookup.
     *
     * @param before what is remembered of the lookups before it
     * @param alone what would follow if there were no other session
     * @return {@code alone}, or one more look if giving up is held
     */
    synchronized SessionStep judge(TrackedSession kept, LookupHistory before, LookupResult result, SessionStep alone) {
        LookupHistory recent = before.after(kept, result.outcome(), result.answeredAt());
        DeadLetterReason lost = alone instanceof SessionStep.GiveUp giveUp ? giveUp.reason() : null;
        boolean held = guard.holds(kept, recent, result.outcome(), result.answeredAt(), lost);
        tell();
        return held ? new SessionStep.LookAgain(recent, schedule.afterFailure(kept, recent, result.outcome())) : alone;
    }

    /** See {@link MassLossGuard#forget}. */
    synchronized void forget(SessionKey key) {
        guard.forget(key);
        tell();
    }

    private void tell() {
        String now = guard.suspicion();
        if (now == null && told == null) {
            return;
        }
        if (told == null) {
            log.atError().log(now);
        } else if (now == null) {
            log.atInfo().log("AWS shows sessions again: those that it does not find are given up as usual");
        }
        told = now;
        listener.massLoss(now);
    }
}
