package io.sessionevents.session;

import static java.util.Objects.requireNonNull;

import io.sessionevents.session.AlertState.Crossing;
import io.sessionevents.session.Decision.Unchanged.Why;
import io.sessionevents.session.SessionAlert.ClearReason;
import io.sessionevents.session.SessionAlert.Over;
import io.sessionevents.session.TrackedSession.Seen;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Decides which alerts a look raises and which it clears. Pure: the same arguments, the same decision.
 *
 * <pre>
 *  not raised, threshold reached                        → RAISED, as the next crossing
 *  raised, session ended                                → CLEARED
 *  raised, another state, or IDLE since another time    → CLEARED, and RAISED anew if the threshold is reached already
 *  raised, less than the threshold                      → CLEARED
 *  raised, its kind is off while another is on          → CLEARED
 * </pre>
 *
 * <p>Times are measured from what was reported last, which only grows; so a look whose clock is behind that of the look before
 * clears nothing. What an answer lacks moves nothing. Where every kind is off nothing is decided: what is raised stays so.
 *
 * @param thresholds a change of them counts from the next look on
 */
public record AlertDetector(AlertThresholds thresholds) {

    /**
     * What follows.
     *
     * @param alerts to be told, in this order
     * @param next what is kept from now on
     */
    public record Outcome(List<SessionAlert> alerts, TrackedSession next) {
        public Outcome {
            alerts = List.copyOf(alerts);
        }
    }

    /**
     * What an alert tells of the look that decided.
     *
     * @param rawState null if no look did
     */
    private record Look(
            SessionIdentity who,
            @Nullable String rawState,
            @Nullable Instant previousLookAt,
            Instant now) {}

    /**
     * What follows from a lookup.
     *
     * @param kept what was kept of the session before it
     * @param before what is remembered of the lookups before it
     * @param decision that of {@link TransitionDetector} about it
     * @param now when it was answered
     */
    public Outcome decide(TrackedSession kept, LookupHistory before, Lookup outcome, Decision decision, Moment now) {
        return switch (decision) {
            case Decision.Changed(StateChange change, TrackedSession next) ->
                judge(next, change.session(), change.previousObservedAt(), now.at());
            case Decision.Unchanged(Why why) ->
                why == Why.SAME_STATE && outcome instanceof Lookup.Found(Session session, Moment _)
                        ? judge(kept, session, previousLookAt(kept, before, now), now.at())
                        : new Outcome(List.of(), kept);
            case Decision.Lost lost -> stop(lost.next(), now.at());
            case Decision.Missing _, Decision.BackOff _ -> new Outcome(List.of(), kept);
        };
    }

    private static Instant previousLookAt(TrackedSession kept, LookupHistory before, Moment now) {
        Moment askedAt = before.askedAt();
        Instant known = askedAt == null ? seen(kept).askedAt() : askedAt.seenFrom(now);
        return known.isAfter(now.at()) ? now.at() : known;
    }

    private static Seen seen(TrackedSession kept) {
        return requireNonNull(kept.seen(), "a session that was reported");
    }

    private Outcome judge(TrackedSession kept, Session session, @Nullable Instant previousLookAt, Instant now) {
        var look = new Look(SessionIdentity.of(session), session.state(), previousLookAt, now);
        List<SessionAlert> alerts = new ArrayList<>();
        TrackedSession next = kept;
        for (AlertKind kind : thresholds.any() ? AlertKind.values() : new AlertKind[0]) {
            AlertReading reading = AlertReading.of(kind, seen(kept), session, now);
            next = clear(next, kind, reading, look, alerts);
            next = raise(next, kind, reading, look, alerts);
        }
        return new Outcome(alerts, next);
    }

    private TrackedSession clear(
            TrackedSession kept, AlertKind kind, @Nullable AlertReading reading, Look look, List<SessionAlert> alerts) {
        Crossing raised = raised(kept, kind);
        ClearReason why = raised == null ? null : over(kind, raised, seen(kept), reading);
        if (raised == null || why == null) {
            return kept;
        }
        alerts.add(cleared(kept, kind, raised, why, reading, look));
        return kept.withAlerts(kept.alerts().with(kind, raised.over(), look.who()));
    }

    private TrackedSession raise(
            TrackedSession kept, AlertKind kind, @Nullable AlertReading reading, Look look, List<SessionAlert> alerts) {
        Double threshold = thresholds.of(kind);
        if (threshold == null
                || reading == null
                || reading.value() < threshold
                || raised(kept, kind) != null
                || seen(kept).state().terminal()) {
            return kept;
        }
        var crossing = new Crossing(number(kept, kind) + 1, look.now(), reading.beganAt(), threshold);
        alerts.add(raised(kept, kind, crossing, reading.value(), look));
        return kept.withAlerts(kept.alerts().with(kind, crossing, look.who()));
    }

    /**
     * What follows when the session is taken up again, after a restart or by another instance: what was raised before every kind was
     * switched off, or before its source was taken away, is over if no look will tell so.
     *
     * @param looked whether its source is configured
     */
    public Outcome takeUp(TrackedSession kept, boolean looked, Instant now) {
        return kept.tracked() && looked ? new Outcome(List.of(), kept) : stop(kept, now);
    }

    /**
     * What follows when nobody looks at the session any more: everything is over.
     *
     * @param stopped what is kept of it
     */
    public Outcome stop(TrackedSession stopped, Instant now) {
        SessionIdentity who = stopped.alerts().identity();
        ClearReason why = stopped.ended() ? ClearReason.SESSION_ENDED : ClearReason.NOT_TRACKED;
        List<SessionAlert> alerts = new ArrayList<>();
        TrackedSession next = stopped;
        for (AlertKind kind : AlertKind.values()) {
            Crossing raised = raised(next, kind);
            if (thresholds.any() && raised != null && who != null) {
                var look = new Look(who, null, null, now);
                alerts.add(cleared(next, kind, raised, why, null, look));
                next = next.withAlerts(next.alerts().with(kind, raised.over(), who));
            }
        }
        return new Outcome(alerts, next);
    }

    /** Why that crossing is over; null if it is not. */
    private @Nullable ClearReason over(AlertKind kind, Crossing raised, Seen seen, @Nullable AlertReading reading) {
        Double threshold = thresholds.of(kind);
        if (seen.state().terminal()) {
            return ClearReason.SESSION_ENDED;
        }
        if (threshold == null) {
            return ClearReason.SWITCHED_OFF;
        }
        if (reading == null) {
            return kind == AlertKind.BILLED_VCPU_HOURS ? null : ClearReason.STATE_LEFT;
        }
        boolean sameBegin = Objects.equals(reading.beganAt(), raised.beganAt());
        if (kind == AlertKind.IDLE && beganLater(reading, raised)) {
            return ClearReason.STATE_LEFT;
        }
        boolean grows = reading.beganAt() != null && sameBegin && threshold <= raised.threshold();
        return reading.value() < threshold && !grows ? ClearReason.BELOW_THRESHOLD : null;
    }

    private static boolean beganLater(AlertReading reading, Crossing raised) {
        return reading.beganAt() != null
                && (raised.beganAt() == null || reading.beganAt().isAfter(raised.beganAt()));
    }

    private static SessionAlert raised(
            TrackedSession kept, AlertKind kind, Crossing crossing, double measured, Look look) {
        return new SessionAlert(
                kept.key(),
                kind,
                crossing.number(),
                look.now(),
                null,
                look.previousLookAt(),
                crossing.beganAt(),
                crossing.threshold(),
                measured,
                look.rawState(),
                kept.sequence(),
                look.who(),
                kept.labels());
    }

    private SessionAlert cleared(
            TrackedSession kept,
            AlertKind kind,
            Crossing raised,
            ClearReason why,
            @Nullable AlertReading reading,
            Look look) {
        Double threshold = thresholds.of(kind);
        boolean below = why == ClearReason.BELOW_THRESHOLD;
        return new SessionAlert(
                kept.key(),
                kind,
                raised.number(),
                requireNonNull(raised.raisedAt()),
                new Over(look.now(), why),
                look.previousLookAt(),
                raised.beganAt(),
                below ? requireNonNull(threshold) : raised.threshold(),
                below ? (Double) requireNonNull(reading).value() : null,
                look.rawState(),
                kept.sequence(),
                look.who(),
                kept.labels());
    }

    private static @Nullable Crossing raised(TrackedSession kept, AlertKind kind) {
        Crossing last = kept.alerts().last(kind);
        return last == null || last.raisedAt() == null ? null : last;
    }

    private static int number(TrackedSession kept, AlertKind kind) {
        Crossing last = kept.alerts().last(kind);
        return last == null ? 0 : last.number();
    }
}
