package io.sessionevents.local.scenario.workload;

import io.sessionevents.local.simulator.SimulatedSession;
import io.sessionevents.local.simulator.UsageScripts;
import io.sessionevents.local.simulator.UsageShape;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Sessions that end, of each {@link UsageShape} as many: published while they live, or long after their end. Owned by one thread. */
public final class EndingSessions {
    private static final List<UsageShape> SHAPES = List.of(UsageShape.values());

    /** A session that AWS has forgotten is none that anybody publishes. */
    private static final List<UsageShape> REMEMBERED =
            Arrays.stream(UsageShape.values()).filter(UsageShape::remembered).toList();

    private final Workload workload;
    private final UsageScripts scripts;
    private final Duration life;
    private final RandomGenerator random;
    private int living;
    private int late;

    /** @param life how long the longest of them live on, once they are published */
    public EndingSessions(Workload workload, UsageScripts scripts, Duration life, RandomGenerator random) {
        this.workload = workload;
        this.scripts = scripts;
        this.life = life;
        this.random = random;
    }

    /** One that lives on for a third of that time at least. */
    public void publish(Instant now) {
        long left = life.toMillis() / 3 + random.nextLong(1 + life.toMillis() * 2 / 3);
        workload.track(lived(SHAPES.get(living++ % SHAPES.size()), now.plusMillis(left)));
    }

    /** One that ended then. */
    public void publishEnded(Instant end) {
        workload.track(lived(REMEMBERED.get(late++ % REMEMBERED.size()), end));
    }

    private SimulatedSession lived(UsageShape shape, Instant end) {
        Instant begin = end.minus(life).minusSeconds(60);
        SimulatedSession session = workload.sessions()
                .using(scripts.of(shape))
                .then("SUBMITTED", begin)
                .then("STARTING", begin.plusSeconds(5));
        if (shape == UsageShape.NEVER_RAN) {
            return session.then("FAILED", end);
        }
        session.then("STARTED", begin.plusSeconds(50)).then("BUSY", begin.plusSeconds(55));
        return session.then(random.nextInt(6) == 0 ? "FAILED" : "TERMINATED", end);
    }
}
