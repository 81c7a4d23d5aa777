package io.sessionevents.session;

import static java.util.Objects.requireNonNull;

import io.sessionevents.session.SettlementDecision.Close.Why;
import io.sessionevents.session.TrackedSession.Seen;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Decides what follows from one look at an ended session. Pure: the same arguments, the same decision.
 *
 * <pre>
 *  Found, numbers have stood long enough   → Book SETTLED, once
 *  Found, others than were booked          → Book CORRECTED, with the difference
 *  Found by the last look, nothing booked  → Book UNSETTLED: they never stood, or there are none
 *  Found, a number of before is missing    → that one stays; if it is a billed one, nothing is settled by the look
 *  Found, older than before or not ended   → as if it was not answered: a stale read
 *  NotFound, validation                    → Book UNSETTLED after enough of them, if nothing is booked
 *  not answered                            → looked at again soon; Book UNSETTLED if that has no end
 * </pre>
 *
 * <p>Planned looks go on after a record, up to the last one: what they find is a correction. Looks whose time has passed, because
 * the session was heard of late or the service was down, become one now and one when the numbers can be booked; so do numbers that
 * could not be found sooner, because a look was overdue.
 */
public record SettlementDetector(SettlementPlan plan) {

    /**
     * What is kept of a session that has just ended: the look that found the end is the first one at its numbers.
     *
     * @param ended what is kept of it after the change
     */
    public TrackedSession begin(TrackedSession ended, StateChange change) {
        Session session = change.session();
        Instant now = change.observedAt();
        Usage numbers = Usage.of(session);
        Instant since = numbers.billable() ? now : null;
        var first = new Settlement(
                change.occurredAt(),
                session.updatedAt(),
                now,
                lastLook(change.occurredAt(), now),
                now,
                1,
                numbers,
                since,
                0,
                Usage.NONE,
                Settlement.Silence.NONE,
                SessionIdentity.of(session));
        Instant bookable = since == null ? null : since.plus(plan.settleAfter());
        return ended.withSettlement(first.lookAt(plan.after(first, now, bookable)));
    }

    /**
     * The same for a session whose end was reported by a version that did not settle: the first look is due now.
     *
     * @throws IllegalArgumentException if its end was not reported
     */
    public TrackedSession resume(TrackedSession ended, Instant now) {
        Seen seen = seenEnding(ended);
        return ended.withSettlement(new Settlement(
                seen.updatedAt(),
                seen.updatedAt(),
                seen.observedAt(),
                lastLook(seen.updatedAt(), now),
                now,
                0,
                Usage.NONE,
                null,
                0,
                Usage.NONE,
                Settlement.Silence.NONE,
                null));
    }

    /**
     * The decision.
     *
     * @param kept what is kept of the ended session
     * @param now when the lookup was answered
     * @throws IllegalArgumentException if it has no settlement
     */
    public SettlementDecision decide(TrackedSession kept, Lookup outcome, Moment now) {
        Settlement before = kept.settlement();
        if (before == null) {
            throw new IllegalArgumentException("session: " + kept.key() + ", expected one that is being settled");
        }
        return switch (outcome) {
            case Lookup.Found(Session session, Moment sentAt) ->
                stale(before, session)
                        ? untold(kept, before, now.at())
                        : found(kept, before, session, sentAt.seenFrom(now), now.at());
            case Lookup.NotFound() -> absent(kept, before, now.at());
            case Lookup.Refused(Lookup.Refusal why, String _) ->
                switch (why) {
                    case VALIDATION -> absent(kept, before, now.at());
                    case ACCESS_DENIED -> untold(kept, before, now.at());
                };
            case Lookup.Unavailable _ -> untold(kept, before, now.at());
        };
    }

    /**
     * What is kept if the decision could not be carried out: the next planned look tries again, if there is one.
     *
     * @param unwritten numbers that could not be told; null if it did not come that far
     */
    public TrackedSession giveUp(TrackedSession kept, @Nullable Usage unwritten, Instant now) {
        Settlement before = (kept.settlement() == null ? resume(kept, now) : kept).settlement();
        Settlement next = requireNonNull(before).unwritten(unwritten == null ? before.numbers() : unwritten);
        return kept.withSettlement(next.lookAt(plan.after(next, now)));
    }

    private static boolean stale(Settlement before, Session session) {
        return !session.sessionState().terminal() || session.updatedAt().isBefore(before.updatedAt());
    }

    private SettlementDecision found(
            TrackedSession kept, Settlement before, Session session, Instant sentAt, Instant now) {
        Settlement looked = looked(before, session, now);
        if (before.revision() > 0) {
            return looked.numbers().same(looked.booked())
                    ? goOn(kept, looked, now, Why.UNCHANGED)
                    : book(kept, looked, SessionIdentity.of(session), UsageStatus.CORRECTED, now);
        }
        Instant since = looked.unchangedSince();
        boolean whole = looked.looks() > before.looks();
        if (whole && since != null && !sentAt.isBefore(since.plus(plan.settleAfter()))) {
            return book(kept, looked, SessionIdentity.of(session), UsageStatus.SETTLED, now);
        }
        if (!now.isBefore(looked.lastLookAt())) {
            return book(kept, looked, SessionIdentity.of(session), UsageStatus.UNSETTLED, now);
        }
        // By the clock that timed this look it may have come a little too soon.
        Instant bookable = since == null ? null : since.plus(plan.settleAfter()).plus(Duration.between(sentAt, now));
        return new SettlementDecision.LookAgain(kept.withSettlement(looked.lookAt(plan.after(looked, now, bookable))));
    }

    /** What an answer lacks stays as it was; one that lacks a billed number does not show that the numbers stand. */
    private Settlement looked(Settlement before, Session session, Instant now) {
        Usage sent = Usage.of(session);
        boolean partial = sent.lacksBilledOf(before.numbers());
        Usage numbers = sent.over(before.numbers());
        boolean stands = before.unchangedSince() != null && numbers.same(before.numbers());
        Instant since = numbers.billable() ? now : null;
        Instant endedAt = before.revision() == 0 && session.endedAt() != null ? session.endedAt() : before.endedAt();
        boolean missed = !now.isBefore(before.lastLookAt()) && plan.missed(endedAt, before.answeredAt(), now);
        boolean late = missed || (now.equals(stands ? null : since) && plan.overdue(before, now));
        return new Settlement(
                endedAt,
                session.updatedAt(),
                now,
                late && before.revision() == 0 ? lastLook(endedAt, now) : plan.lastLook(before, endedAt, now),
                before.nextLookAt(),
                partial ? before.looks() : before.looks() + 1,
                numbers,
                stands ? before.unchangedSince() : since,
                before.revision(),
                before.booked(),
                Settlement.Silence.NONE,
                SessionIdentity.of(session));
    }

    private SettlementDecision absent(TrackedSession kept, Settlement before, Instant now) {
        if (before.closed()) {
            return new SettlementDecision.Close(Why.FORGOTTEN, kept);
        }
        Settlement silent = before.silent(before.silence().absent(now));
        boolean told = before.revision() > 0;
        if (!confirmed(silent, now)) {
            return told && plan.after(silent, now) != null
                    ? goOn(kept, silent, now, Why.FORGOTTEN)
                    : lookSoon(kept, silent, now);
        }
        SessionIdentity identity = silent.identity();
        return told || identity == null
                ? goOn(kept, silent, now, Why.FORGOTTEN)
                : book(kept, silent, identity, UsageStatus.UNSETTLED, now);
    }

    private boolean confirmed(Settlement silent, Instant now) {
        Instant since = silent.silence().absentSince();
        return since != null
                && silent.silence().absences() >= TransitionDetector.CONFIRMATIONS
                && !now.isBefore(since.plus(plan.patience()));
    }

    private SettlementDecision untold(TrackedSession kept, Settlement before, Instant now) {
        if (before.closed()) {
            return new SettlementDecision.Close(Why.UNANSWERED, kept);
        }
        Settlement silent = before.silent(before.silence().untold(now));
        if (!endless(silent, now)) {
            return lookSoon(kept, silent, now);
        }
        SessionIdentity identity = silent.identity();
        return identity == null || silent.revision() > 0
                ? goOn(kept, silent, now, Why.UNANSWERED)
                : book(kept, silent, identity, UsageStatus.UNSETTLED, now);
    }

    /** Nobody waits for a record longer than twice the time of the last look, unless the service is down. */
    private boolean endless(Settlement silent, Instant now) {
        Instant since = silent.silence().since();
        return since != null
                && silent.silence().looks() >= TransitionDetector.CONFIRMATIONS
                && !now.isBefore(since.plus(plan.settleAfter()))
                && !now.isBefore(silent.lastLookAt().plus(plan.last()));
    }

    private SettlementDecision book(
            TrackedSession kept, Settlement looked, SessionIdentity identity, UsageStatus status, Instant now) {
        var usage = UsageRecord.of(kept, seenEnding(kept), looked, identity, status, now);
        Settlement booked = looked.nextRevision();
        return new SettlementDecision.Book(usage, kept.withSettlement(booked.lookAt(plan.after(booked, now))));
    }

    private SettlementDecision goOn(TrackedSession kept, Settlement next, Instant now, Why why) {
        Instant look = plan.after(next, now);
        TrackedSession later = kept.withSettlement(next.lookAt(look));
        return look == null ? new SettlementDecision.Close(why, later) : new SettlementDecision.LookAgain(later);
    }

    private SettlementDecision lookSoon(TrackedSession kept, Settlement silent, Instant now) {
        Instant look = now.plus(plan.pause(silent.silence().looks()));
        return new SettlementDecision.LookAgain(kept.withSettlement(silent.lookAt(look)));
    }

    /** A session that is heard of after that still gets a second look. */
    private Instant lastLook(Instant endedAt, Instant now) {
        Instant planned = endedAt.plus(plan.last());
        Instant second = now.plus(plan.settleAfter());
        return planned.isAfter(second) ? planned : second;
    }

    private static Seen seenEnding(TrackedSession kept) {
        Seen seen = kept.seen();
        if (seen == null || !kept.ended()) {
            throw new IllegalArgumentException("session: " + kept.key() + ", expected one whose end was reported");
        }
        return seen;
    }
}
