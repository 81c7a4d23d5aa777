package io.sessionevents.local.command.simulate;

import io.sessionevents.local.simulator.SessionFactory;
import io.sessionevents.local.simulator.SessionKey;
import io.sessionevents.local.simulator.SimulatedEmrServerless;
import io.sessionevents.local.simulator.SimulatedSession;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Random;
import java.util.function.Consumer;

/** Keeps a number of sessions alive. Owned by the thread that ticks. */
final class LivingSessions {
    /** How long the endpoint remembers: longer than a service that is being looked at stays away. */
    private static final Duration MEMORY = Duration.ofHours(1);

    /** In so many ticks the population is complete, so that lives do not run in step. */
    private static final int TICKS_TO_COMPLETE = 60;

    private final SimulatedEmrServerless emr;
    private final Consumer<SessionKey> published;
    private final InstantSource clock;
    private final Plan plan;
    private final SessionFactory factory;
    private final Queue<Instant> ends = new ArrayDeque<>();

    /**
     * What is wanted.
     *
     * @param sessions that live at the same time
     * @param speed how many times faster than in AWS
     */
    record Plan(int sessions, double speed, long seed) {}

    LivingSessions(SimulatedEmrServerless emr, Consumer<SessionKey> published, InstantSource clock, Plan plan) {
        this.emr = emr;
        this.published = published;
        this.clock = clock;
        this.plan = plan;
        this.factory = new SessionFactory(new Random(plan.seed()), plan.speed());
    }

    /** Replaces some of those that have ended, and forgets what is long past. */
    void tick() {
        Instant now = clock.instant();
        ends.removeIf(end -> !end.isAfter(now));
        int wanted = plan.sessions() - ends.size();
        int atMost = Math.ceilDiv(plan.sessions(), TICKS_TO_COMPLETE);
        for (int i = 0; i < Math.min(wanted, atMost); i++) {
            SimulatedSession session = factory.living(now);
            emr.add(session);
            ends.add(session.phases().getLast().from());
            published.accept(session.key());
        }
        emr.forgetBefore(now.minus(MEMORY));
    }
}
