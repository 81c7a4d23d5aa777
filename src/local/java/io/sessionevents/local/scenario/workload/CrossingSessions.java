package io.sessionevents.local.scenario.workload;

import io.sessionevents.local.judge.AlertPlan;
import io.sessionevents.local.simulator.SimulatedSession;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/** Sessions that cross every threshold, back and forth where that can be, and that come near it without crossing. Owned by one thread. */
public final class CrossingSessions {
    private final Workload workload;
    private final AlertPlan plan;
    private final Duration life;
    private final RandomGenerator random;

    /** @param life from the creation to the end */
    public CrossingSessions(Workload workload, AlertPlan plan, Duration life, RandomGenerator random) {
        this.workload = workload;
        this.plan = plan;
        this.life = life;
        this.random = random;
    }

    /** One that is created now. */
    public void publish(Instant now) {
        SimulatedSession session = workload.sessions().wobbling().then("SUBMITTED", now);
        Instant end = now.plus(life);
        Instant next = now.plus(plan.startingAfter().dividedBy(4));
        session.then("STARTING", next);
        next = next.plus(about(plan.startingAfter()));
        boolean idle = random.nextBoolean();
        while (next.isBefore(end)) {
            session.then(idle ? "IDLE" : "BUSY", next);
            next = next.plus(about(plan.idleAfter()));
            idle = !idle;
        }
        workload.track(session.then(random.nextInt(6) == 0 ? "FAILED" : "TERMINATED", end));
    }

    /** As often too short to cross that threshold as long enough to be seen beyond it. */
    private Duration about(Duration threshold) {
        long millis = threshold.toMillis();
        return Duration.ofMillis(
                random.nextBoolean() ? random.nextLong(millis / 4, millis) : random.nextLong(2 * millis, 4 * millis));
    }
}
