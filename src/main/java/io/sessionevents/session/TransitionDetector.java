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
 *  Refused, access               → BackOff
 *  Refused, validation           → Lost; like NotFound for a session that was seen
 *  Unavailable                   → BackOff: a failed lookup never changes a state
 *  none of them a verdict, for longer than a session can live → Lost
 * </pre>
 */
public final class TransitionDetector {
    /** Not-found answers in a row before a session counts as lost. */
    static final int CONFIRMATIONS = 5;

    /** Time over which those answers must be spread for a session never seen: AWS reads may lag behind its writes. */
    static final Duration PATIENCE_WITH_NEW = Duration.ofMinutes(2);

    /**
     * The most for one never seen. It is as patient as it has waited to be looked up first: one that is tracked again, because a listing
     * shows what lookups do not find, is given up after twice the time each time, for each is a dead letter.
     */
    static final Duration LONGEST_PATIENCE_WITH_NEW = Duration.ofHours(1);

    /** The same for a session that was seen before. */
    static final Duration PATIENCE_WITH_SEEN = Duration.ofMinutes(5);

    /** AWS terminates every session after 24 hours; what has told nothing of its end an hour later never will. */
    static final Duration LONGEST_DOUBT = LookupSchedule.LONGEST_SESSION.plusHours(1);

    /** How long this instance itself must have been in doubt: after a restart the first answer proves little. */
    static final Duration LEAST_DOUBT = Duration.ofMinutes(10);

    /**
     * The decision.
     *
     * @param kept what is kept of the session
     * @param before what is remembered of the lookups before this one
     * @param now when the lookup was answered
     */
    public Decision decide(TrackedSession kept, LookupHistory before, Lookup outcome, Moment now) {
        Setbacks setbacks = before.after(kept, outcome, now).setbacks();
        return switch (outcome) {
            case Lookup.Found(Session session, Moment sentAt) -> {
                Decision decision = found(kept, before, session, sentAt, now);
                yield decision instanceof Decision.Unchanged
                        ? unlessEndless(decision, kept, null, setbacks, now)
                        : decision;
            }
            case Lookup.NotFound() ->
                absent(kept, setbacks, now, DeadLetterReason.SESSION_NOT_FOUND, "AWS did not find " + kept.key());
            case Lookup.Refused(Lookup.Refusal why, String message) ->
                switch (why) {
                    case ACCESS_DENIED -> unlessEndless(new Decision.BackOff(), kept, before.askedAt(), setbacks, now);
                    case VALIDATION ->
                        kept.seen() == null
                                ? new Decision.Lost(DeadLetterReason.SESSION_REJECTED, message, kept.givenUp(now.at()))
                                : absent(kept, setbacks, now, DeadLetterReason.SESSION_REJECTED, message);
                };
            case Lookup.Unavailable unavailable ->
                unlessEndless(new Decision.BackOff(), kept, before.askedAt(), setbacks, now);
        };
    }

    private static Decision found(
            TrackedSession kept, LookupHistory before, Session session, Moment sentAt, Moment now) {
        Seen seen = kept.seen();
        if (seen == null) {
            return changed(kept, session, List.of(), null, sentAt, now);
        }
        if (seen.state().terminal()) {
            return new Decision.Unchanged(Why.LEFT_TERMINAL_STATE);
        }
        // No read of a live session can show an end, however old it says it is: AWS's own clocks need not agree.
        if (!session.sessionState().terminal() && before.outdates(kept, session)) {
            return new Decision.Unchanged(Why.STALE_READ);
        }
        List<SessionState> missed = missedStates(seen, session);
        if (session.state().equals(seen.rawState()) && missed.isEmpty()) {
            return new Decision.Unchanged(Why.SAME_STATE);
        }
        return changed(kept, session, missed, windowBegin(seen, before.askedAt(), session, now), sentAt, now);
    }

    /**
     * The change came after the lookup was <b>sent</b> that last found the state before: AWS may have read that state at once,
     * however late the answer came. If another instance sent it, whose clock may have been ahead of ours, AWS's own time of
     * the change is the better witness. The begin itself does not belong to the window.
     */
    private static Instant windowBegin(Seen seen, @Nullable Moment askedAt, Session session, Moment now) {
        if (askedAt != null) {
            return askedAt.seenFrom(now);
        }
        Instant begin = seen.askedAt();
        if (session.updatedAt().isAfter(seen.updatedAt())
                && !session.updatedAt().isAfter(begin)) {
            begin = session.updatedAt().minusMillis(1);
        }
        return begin.isAfter(now.at()) ? now.at() : begin;
    }

    private static Decision changed(
            TrackedSession kept,
            Session session,
            List<SessionState> missed,
            @Nullable Instant windowBegin,
            Moment sentAt,
            Moment now) {
        Seen seen = kept.seen();
        StateChange change = new StateChange(
                kept.key(),
                kept.sequence() + 1,
                seen == null ? null : seen.state(),
                missed,
                occurredAt(session),
                now.at(),
                windowBegin,
                kept.labels(),
                kept.origin(),
                session);
        TrackedSession next = new TrackedSession(
                kept.key(),
                kept.labels(),
                kept.origin(),
                kept.trackedAt(),
                kept.stoppedAt(),
                kept.givenUp(),
                kept.sequence() + 1,
                Seen.of(session, sentAt.seenFrom(now), now.at()),
                null,
                kept.alerts());
        return new Decision.Changed(change, next);
    }

    private static Decision absent(
            TrackedSession kept, Setbacks setbacks, Moment now, DeadLetterReason reason, String what) {
        Moment since = setbacks.absentSince();
        if (since == null
                || setbacks.absences() < CONFIRMATIONS
                || now.since(since).compareTo(patience(kept, since.at())) < 0) {
            return new Decision.Missing();
        }
        String message = what + " in " + setbacks.absences() + " lookups since " + since.at();
        return new Decision.Lost(reason, message, kept.givenUp(now.at()));
    }

    private static Duration patience(TrackedSession kept, Instant absentSince) {
        if (kept.seen() != null) {
            return PATIENCE_WITH_SEEN;
        }
        long known = Duration.between(kept.trackedAt(), absentSince).toSeconds();
        return Duration.ofSeconds(
                Math.clamp(known, PATIENCE_WITH_NEW.toSeconds(), LONGEST_PATIENCE_WITH_NEW.toSeconds()));
    }

    /**
     * That decision, unless it has been the same for longer than a session can live. What concerns every session (throttling,
     * outages, credentials) leaves no doubt about this one, and is waited for.
     *
     * @param foundAt when the session was last found, as far as this instance knows; null if it does not, or if only a state
     *     without a name was found
     */
    private static Decision unlessEndless(
            Decision decision, TrackedSession kept, @Nullable Moment foundAt, Setbacks setbacks, Moment now) {
        Moment since = setbacks.doubtfulSince();
        if (since == null
                || setbacks.doubts() < CONFIRMATIONS
                || now.since(since).compareTo(LEAST_DOUBT) < 0
                || lastVerdict(kept, foundAt).plus(LONGEST_DOUBT).isAfter(now.at())) {
            return decision;
        }
        String message = "no answer in " + setbacks.doubts() + " lookups since " + since.at() + " tells whether "
                + kept.key() + " has ended, and no session lives longer than "
                + LookupSchedule.LONGEST_SESSION.toHours() + " h";
        return new Decision.Lost(DeadLetterReason.NO_VERDICT, message, kept.givenUp(now.at()));
    }

    private static Instant lastVerdict(TrackedSession kept, @Nullable Moment foundAt) {
        Instant reported = kept.seen() == null ? kept.trackedAt() : kept.seen().observedAt();
        return foundAt != null && foundAt.at().isAfter(reported) ? foundAt.at() : reported;
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
