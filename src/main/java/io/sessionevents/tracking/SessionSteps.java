package io.sessionevents.tracking;

import io.sessionevents.calls.LookupResult;
import io.sessionevents.session.DeadLetterReason;
import io.sessionevents.session.Decision;
import io.sessionevents.session.Decision.Unchanged.Why;
import io.sessionevents.session.Lookup;
import io.sessionevents.session.LookupHistory;
import io.sessionevents.session.LookupSchedule;
import io.sessionevents.session.LookupSchedule.NextLook;
import io.sessionevents.session.Moment;
import io.sessionevents.session.Phase;
import io.sessionevents.session.RecordLimit;
import io.sessionevents.session.SettlementDetector;
import io.sessionevents.session.StateChange;
import io.sessionevents.session.TrackedSession;
import io.sessionevents.session.TransitionDetector;
import org.apache.kafka.common.serialization.Serializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works out what follows from a lookup: everything that an odd answer could make fail (deciding, writing the event, planning
 * the next look) happens here, before anything is stored or forwarded. What fails concerns that session alone: it is looked at
 * again, and becomes a dead letter when that does not help. Does nothing itself.
 *
 * @param sessions of what is kept; tried here, because a store that refused it would stop the StreamThread
 * @param limit what the output topic takes
 */
record SessionSteps(
        TransitionDetector detector,
        LookupSchedule schedule,
        EventEncoder<StateChange> changes,
        SettlementDetector settlement,
        AlertSteps alerts,
        Serializer<TrackedSession> sessions,
        RecordLimit limit) {
    private static final Logger log = LoggerFactory.getLogger(SessionSteps.class);

    /** Attempts at writing one change, the first included; a minute with their pauses. */
    static final int MOST_ATTEMPTS = 5;

    private static final Lookup NOT_NOW =
            new Lookup.Unavailable(Lookup.Trouble.TRANSIENT, "an event cannot be written now");

    /**
     * What follows from that lookup.
     *
     * @param before what is remembered of the lookups before it
     */
    SessionStep after(TrackedSession kept, LookupHistory before, LookupResult result) {
        try {
            return step(kept, before, result);
        } catch (RequestDecoder.RetryLaterException e) {
            log.atWarn().addKeyValue("session", kept.key()).log("A change waits: {}", e.getMessage());
            return new SessionStep.LookAgain(before, schedule.afterFailure(kept, before, NOT_NOW));
        } catch (RuntimeException | StackOverflowError e) {
            return unreportable(kept, before.unreported(), result.answeredAt(), e);
        }
    }

    private SessionStep step(TrackedSession kept, LookupHistory before, LookupResult result) {
        Moment now = result.answeredAt();
        LookupHistory recent = before.after(kept, result.outcome(), now);
        Decision decision = detector.decide(kept, before, result.outcome(), now);
        AlertSteps.Step raised = alerts.after(kept, before, result.outcome(), decision, now);
        return switch (decision) {
            case Decision.Changed(StateChange change, TrackedSession _) ->
                report(change, raised, recent.reported(), now);
            case Decision.Unchanged(Why why) -> {
                if (why != Why.SAME_STATE) {
                    log.atInfo().addKeyValue("session", kept.key()).log("Answer ignored: {}", why);
                }
                yield unchanged(raised, recent.reported(), schedule.next(kept, now.at()));
            }
            case Decision.Missing() -> lookLater(kept, recent, result.outcome());
            case Decision.BackOff() -> lookLater(kept, recent, result.outcome());
            case Decision.Lost lost -> new SessionStep.GiveUp(lost.reason(), lost.message(), raised);
        };
    }

    /** Costs nothing, unless a threshold was crossed. */
    private SessionStep unchanged(AlertSteps.Step raised, LookupHistory recent, NextLook look) {
        if (raised.empty()) {
            return new SessionStep.LookAgain(recent, look);
        }
        byte[] _ = sessions.serialize(TrackingTopology.STORE, raised.next());
        return new SessionStep.Alert(raised, recent, look);
    }

    private SessionStep report(StateChange change, AlertSteps.Step raised, LookupHistory recent, Moment now) {
        TrackedSession next = raised.next().ended() ? settlement.begin(raised.next(), change) : raised.next();
        EventEncoder.Encoded event = changes.encode(change, limit);
        byte[] _ = sessions.serialize(TrackingTopology.STORE, next);
        NextLook look = next.ended() ? null : schedule.next(next, now.at());
        return new SessionStep.Report(change, event, raised, next, recent, look);
    }

    private SessionStep lookLater(TrackedSession kept, LookupHistory recent, Lookup outcome) {
        return new SessionStep.LookAgain(recent, schedule.afterFailure(kept, recent, outcome));
    }

    private SessionStep unreportable(TrackedSession kept, LookupHistory recent, Moment now, Throwable failure) {
        int attempts = recent.setbacks().unreportedChanges();
        String message = "what AWS answers of " + kept.key() + " cannot be reported: " + shown(failure);
        log.atError()
                .addKeyValue("session", kept.key())
                .addKeyValue("attempt", attempts)
                .log(message);
        return attempts < MOST_ATTEMPTS
                ? new SessionStep.LookAgain(recent, schedule.unreported(kept, recent))
                : new SessionStep.GiveUp(
                        DeadLetterReason.SESSION_UNREPORTABLE,
                        message,
                        alerts.stopped(new Phase.Tracked(kept).stopped(now.at()), now.at()));
    }

    /** For people: a serializer's message may quote what it was given, secrets included. */
    static String shown(Throwable failure) {
        return failure instanceof EventEncoder.UnwritableException unwritable
                ? String.valueOf(unwritable.getMessage())
                : failure.getClass().getName();
    }
}
