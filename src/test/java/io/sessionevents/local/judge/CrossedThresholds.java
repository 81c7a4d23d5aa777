package io.sessionevents.local.judge;

import static io.sessionevents.local.judge.TwoSessions.KEY;
import static io.sessionevents.local.judge.TwoSessions.T0;

import io.sessionevents.local.judge.consumer.ObservedAlert;
import io.sessionevents.local.judge.consumer.ObservedChange;
import io.sessionevents.local.simulator.BilledHours;
import io.sessionevents.local.simulator.Fault;
import io.sessionevents.local.simulator.Phase;
import io.sessionevents.local.simulator.Truth;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A session that crosses every threshold, one of them twice; the looks at it, one in five seconds, and what is right to tell. */
final class CrossedThresholds {
    static final AlertPlan PLAN =
            new AlertPlan(Duration.ofSeconds(20), Duration.ofSeconds(15), Duration.ofSeconds(120), 0.0625);
    static final List<Phase> LIFE = List.of(
            new Phase("SUBMITTED", T0),
            new Phase("STARTING", at(5)),
            new Phase("BUSY", at(30)),
            new Phase("IDLE", at(40)),
            new Phase("BUSY", at(80)),
            new Phase("IDLE", at(100)),
            new Phase("TERMINATED", at(160)));
    static final Truth TRUTH = new Truth(Map.of(KEY, LIFE), Set.of(), looks());
    static final List<ObservedChange> EVENTS = List.of(TwoSessions.event(1, null, "TERMINATED", 163, null));
    static final ObservedAlert STARTING = raised("STARTING", 1, 18, 0, 18.05);
    static final ObservedAlert STARTED = cleared(STARTING, 33, "STATE_LEFT");
    static final ObservedAlert IDLE = raised("IDLE", 1, 63, 40, 23.05);
    static final ObservedAlert WORKING = cleared(IDLE, 83, "STATE_LEFT");
    static final ObservedAlert IDLE_AGAIN = raised("IDLE", 2, 123, 100, 23.05);
    static final ObservedAlert BILLED = raised("BILLED_VCPU_HOURS", 1, 83, null, billed(83));
    static final ObservedAlert SHRUNK = cleared(BILLED, 103, "BELOW_THRESHOLD");
    static final ObservedAlert CAP = raised("CAP", 1, 123, 0, 123.05);

    private CrossedThresholds() {}

    static List<ObservedAlert> right() {
        return List.of(
                STARTING,
                STARTED,
                IDLE,
                WORKING,
                BILLED,
                SHRUNK,
                IDLE_AGAIN,
                CAP,
                cleared(IDLE_AGAIN, 163, "SESSION_ENDED"),
                cleared(CAP, 163, "SESSION_ENDED"));
    }

    /** Those that are right, but for one. */
    static List<ObservedAlert> without(ObservedAlert... missing) {
        List<ObservedAlert> left = new ArrayList<>(right());
        left.removeAll(List.of(missing));
        return left;
    }

    /** Those that are right, with another one in the place of one. */
    static List<ObservedAlert> with(ObservedAlert alert, ObservedAlert instead) {
        return right().stream().map(one -> one.equals(alert) ? instead : one).toList();
    }

    static Instant at(double second) {
        return T0.plusMillis(Math.round(second * 1000));
    }

    static double billed(double second) {
        int phase = phase(at(second));
        return BilledHours.wobbling(LIFE.subList(0, phase + 1), at(second));
    }

    /** @param look in seconds from the creation, as is the begin */
    static ObservedAlert raised(String kind, int crossing, int look, @Nullable Integer began, double measured) {
        return new ObservedAlert(
                kind + crossing + "RAISED" + look,
                KEY,
                kind,
                "RAISED",
                crossing,
                at(look + 0.05),
                null,
                null,
                at(look - 5),
                began == null ? null : at(began),
                PLAN.threshold(kind),
                measured);
    }

    static ObservedAlert cleared(ObservedAlert raised, int look, String why) {
        return new ObservedAlert(
                raised.alertId() + "CLEARED",
                KEY,
                raised.kind(),
                "CLEARED",
                raised.crossing(),
                raised.raisedAt(),
                at(look + 0.05),
                why,
                at(look - 5),
                raised.beganAt(),
                raised.threshold(),
                null);
    }

    private static List<Truth.Request> looks() {
        List<Truth.Request> looks = new ArrayList<>();
        for (int second = 3; second < 180; second += 5) {
            Instant at = at(second);
            looks.add(new Truth.Request(at, KEY, 200, Fault.NONE, phase(at), at.plusMillis(40)));
        }
        return looks;
    }

    private static int phase(Instant at) {
        int phase = 0;
        while (phase + 1 < LIFE.size() && !LIFE.get(phase + 1).from().isAfter(at)) {
            phase++;
        }
        return phase;
    }
}
