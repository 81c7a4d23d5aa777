package io.sessionevents.tracking;

import io.sessionevents.calls.LookupResult;
import io.sessionevents.session.LookupHistory;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.TrackedSession;
import java.time.Duration;
import java.time.Instant;

/** The ended sessions of one task whose usage is looked at. Owned by the StreamThread, as long as the task is open. */
final class SettlingSessions {
    private final Tracking tracking;
    private final KeptSessions sessions;
    private final TrackerOutput output;

    SettlingSessions(Tracking tracking, KeptSessions sessions, TrackerOutput output) {
        this.tracking = tracking;
        this.sessions = sessions;
        this.output = output;
    }

    /** Looks at it when what is kept of it says so; now if it does not say, because an older version ended it. */
    void plan(TrackedSession ended) {
        Instant now = tracking.clock().instant();
        Instant next = ended.settlement() == null ? now : ended.settlement().nextLookAt();
        if (next != null) {
            sessions.mailbox().settle(ended.key(), until(next, now));
        }
    }

    private static Duration until(Instant next, Instant now) {
        return next.isAfter(now) ? Duration.between(now, next) : Duration.ZERO;
    }

    /** Takes a result in. */
    void take(TrackedSession kept, LookupResult result) {
        SessionKey key = kept.key();
        LookupHistory before = sessions.recent(key);
        switch (tracking.settlements().after(kept, before, tracking.losses().believed(kept, result))) {
            case SettlementStep.Keep(TrackedSession next) -> keep(kept, next);
            case SettlementStep.Book book -> {
                keep(kept, book.next());
                output.usage(book.usage(), book.record());
            }
            case SettlementStep.TryAgain(LookupHistory recent, Duration after) -> {
                sessions.remember(key, recent);
                sessions.mailbox().settle(key, after);
            }
            case SettlementStep.GiveUp giveUp -> {
                keep(kept, giveUp.next());
                output.deadLetter(
                        key,
                        giveUp.reason(),
                        giveUp.message(),
                        result.answeredAt().at());
            }
        }
    }

    private void keep(TrackedSession kept, TrackedSession next) {
        sessions.lookNoMore(kept.key());
        sessions.keep(kept, next);
        plan(next);
    }
}
