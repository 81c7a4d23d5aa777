package io.sessionevents.session;

import io.sessionevents.session.Decision.Unchanged.Why;
import io.sessionevents.session.TrackedSession.Seen;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Decides what follows from one lookup. Pure: the same arguments, the same decision.
 *
 * <pre>
 *  Found, state differs          → Changed
 *  Found, IDLE and idleSince moved → Changed, with missedStates [BUSY]: an activity passed unseen
 *  Found, otherwise              → Unchanged
 *  NotFound                      → Missing, and Lost after enough of them spread over minutes
 *  Refused                       → BackOff (access), Lost (validation)
 *  Unavailable                   → BackOff: a failed lookup never changes a state
 * </pre>
 */
public final class TransitionDetector {
    /** Not-found answers in a row before a session counts as lost. */
    static final int CONFIRMATIONS = 5;

    /** Time over which those answers must be spread for a session never seen: AWS reads may lag behind its writes. */
    static final Duration PATIENCE_WITH_NEW = Duration.ofMinutes(2);

    /** The same for a session that was seen before. */
    static final Duration PATIENCE_WITH_SEEN = Duration.ofMinutes(5);

    /**
     * The decision.
     *
     * @param kept what is kept of the session
     * @param recent what is remembered, this lookup included
     * @param previouslyObservedAt when the session was last found before this lookup, as far as this instance knows; null
     *     if it does not
     * @param now when the lookup was answered
     */
    public Decision decide(
            TrackedSession kept, Recent recent, @Nullable Instant previouslyObservedAt, Lookup outcome, Instant now) {
        return switch (outcome) {
            case Lookup.Found(Session session) -> found(kept, session, previouslyObservedAt, now);
            case Lookup.NotFound() -> notFound(kept, recent, now);
            case Lookup.Refused(Lookup.Refusal why, String message) ->
                switch (why) {
                    case ACCESS_DENIED -> new Decision.BackOff();
                    case VALIDATION -> new Decision.Lost(DeadLetterReason.SESSION_REJECTED, message, kept.stopped(now));
                };
            case Lookup.Unavailable unavailable -> new Decision.BackOff();
        };
    }

    private static Decision found(
            TrackedSession kept, Session session, @Nullable Instant previouslyObservedAt, Instant now) {
        Seen seen = kept.seen();
        if (seen == null) {
            return changed(kept, session, List.of(), null, now);
        }
        if (seen.state().terminal()) {
            return new Decision.Unchanged(Why.LEFT_TERMINAL_STATE);
        }
        if (kept.isOutdated(session)) {
            return new Decision.Unchanged(Why.STALE_READ);
        }
        List<SessionState> missed = missedStates(seen, session);
        if (session.state().equals(seen.rawState()) && missed.isEmpty()) {
            return new Decision.Unchanged(Why.SAME_STATE);
        }
        Instant since = previouslyObservedAt == null ? seen.observedAt() : previouslyObservedAt;
        return changed(kept, session, missed, since, now);
    }

    private static Decision changed(
            TrackedSession kept,
            Session session,
            List<SessionState> missed,
            @Nullable Instant previouslyObservedAt,
            Instant now) {
        Seen seen = kept.seen();
        StateChange change = new StateChange(
                kept.key(),
                kept.sequence() + 1,
                seen == null ? null : seen.state(),
                missed,
                occurredAt(session),
                now,
                previouslyObservedAt,
                kept.labels(),
                session);
        TrackedSession next = new TrackedSession(
                kept.key(),
                kept.labels(),
                kept.followedAt(),
                kept.stoppedAt(),
                kept.sequence() + 1,
                Seen.of(session, now));
        return new Decision.Changed(change, next);
    }

    private static Decision notFound(TrackedSession kept, Recent recent, Instant now) {
        Duration patience = kept.seen() == null ? PATIENCE_WITH_NEW : PATIENCE_WITH_SEEN;
        Instant since = recent.absentSince();
        if (since == null || recent.absences() < CONFIRMATIONS || now.isBefore(since.plus(patience))) {
            return new Decision.Missing();
        }
        String message = "AWS did not find " + kept.key() + " in " + recent.absences() + " lookups since " + since;
        return new Decision.Lost(DeadLetterReason.SESSION_NOT_FOUND, message, kept.stopped(now));
    }

    /** What the timestamps prove: {@code idleSince} moves only when the session goes idle, {@code startedAt} when it runs. */
    private static List<SessionState> missedStates(Seen seen, Session now) {
        List<SessionState> missed = new ArrayList<>();
        boolean wentIdle = now.idleSince() != null && !Objects.equals(now.idleSince(), seen.idleSince());
        SessionState before = seen.state();
        SessionState after = now.sessionState();
        boolean startedUnseen = seen.startedAt() == null
                && now.startedAt() != null
                && (before == SessionState.SUBMITTED || before == SessionState.STARTING)
                && (after == SessionState.TERMINATING || after.terminal());
        if (startedUnseen) {
            missed.add(SessionState.STARTED);
        }
        if (wentIdle && seen.idleSince() != null && before == SessionState.IDLE) {
            missed.add(SessionState.BUSY);
        }
        if (wentIdle && after != SessionState.IDLE && (before != SessionState.IDLE || !missed.isEmpty())) {
            missed.add(SessionState.IDLE);
        }
        return missed;
    }

    private static Instant occurredAt(Session session) {
        Instant best = switch (session.sessionState()) {
            case STARTED -> session.startedAt();
            case IDLE -> session.idleSince();
            case FAILED, TERMINATED -> session.endedAt();
            case SUBMITTED, STARTING, BUSY, TERMINATING, UNKNOWN -> null;
        };
        return best == null ? session.updatedAt() : best;
    }
}
