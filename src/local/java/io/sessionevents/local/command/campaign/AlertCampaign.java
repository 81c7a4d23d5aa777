package io.sessionevents.local.command.campaign;

import io.sessionevents.local.Poll;
import io.sessionevents.local.judge.AlertPlan;
import io.sessionevents.local.judge.Interval;
import io.sessionevents.local.scenario.AlertWorld;
import io.sessionevents.local.scenario.Campaign;
import io.sessionevents.local.scenario.Run;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Sessions that cross every threshold back and forth, in compressed time, while instances are killed ({@code kill -9}) and come
 * back: each crossing that lasted longer than two looks is raised once and cleared once, and nothing is invented.
 */
public record AlertCampaign(Plan plan) implements Campaign {
    private static final Duration TICK = Duration.ofMillis(100);

    /** Answers of that time before the end of an instance may be lost with it. */
    private static final Duration UNCOMMITTED = Duration.ofSeconds(3);

    private static final Duration TO_COMMIT = Duration.ofSeconds(2);

    /**
     * What is tried.
     *
     * @param spread time in which sessions begin
     * @param life from their beginning to their end
     * @param kills how often one instance is killed, or all of them
     * @param every from one kill to the next
     */
    public record Plan(
            int instances, int sessions, Duration spread, Duration life, int kills, Duration every, AlertPlan alerts) {
        static final Plan LONG = new Plan(
                2,
                200,
                Duration.ofSeconds(60),
                Duration.ofSeconds(180),
                6,
                Duration.ofSeconds(35),
                new AlertPlan(Duration.ofSeconds(5), Duration.ofSeconds(8), Duration.ofSeconds(90), 0.03));

        /** For a build. */
        public static final Plan SHORT = new Plan(
                1,
                24,
                Duration.ofSeconds(3),
                Duration.ofSeconds(24),
                1,
                Duration.ofSeconds(10),
                new AlertPlan(Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofSeconds(16), 0.006));
    }

    @Override
    public Result run(Run run) throws IOException, InterruptedException {
        try (var world = AlertWorld.start(run, plan.instances(), plan.alerts(), plan.life())) {
            run.say("%d sessions live for %s; %s".formatted(plan.sessions(), plan.life(), plan.alerts()));
            List<Interval> disturbances = goOn(world, run);
            world.awaitEnds();
            Poll.pause(TO_COMMIT);
            return Result.of(AlertRows.of(world.finish(disturbances), disturbances.size()));
        }
    }

    /** Publishes, and kills: when answers could be lost. */
    private List<Interval> goOn(AlertWorld world, Run run) throws IOException, InterruptedException {
        var random = new Random(run.seed());
        List<Interval> disturbances = new ArrayList<>();
        Instant begin = Instant.now();
        int published = 0;
        while (published < plan.sessions() || disturbances.size() < plan.kills()) {
            double share = (double) Duration.between(begin, Instant.now()).toMillis()
                    / plan.spread().toMillis();
            for (; published < Math.min(1, share) * plan.sessions(); published++) {
                world.publish();
            }
            Instant next = begin.plus(plan.every().multipliedBy(disturbances.size() + 1));
            if (disturbances.size() < plan.kills() && !next.isAfter(Instant.now())) {
                disturbances.add(killSome(world, random, run));
            }
            Poll.pause(TICK);
        }
        return disturbances;
    }

    private Interval killSome(AlertWorld world, Random random, Run run) throws IOException, InterruptedException {
        List<Integer> victims = random.nextInt(plan.instances() + 1) == 0
                ? IntStream.range(0, plan.instances()).boxed().toList()
                : List.of(random.nextInt(plan.instances()));
        Instant from = Instant.now().minus(UNCOMMITTED);
        world.killAndRestart(victims);
        var disturbance = new Interval(from, Instant.now());
        run.say("killed %s, back after %.1f s; %d alerts so far"
                .formatted(
                        victims,
                        disturbance.length().minus(UNCOMMITTED).toMillis() / 1000.0,
                        world.environment().alerts().size()));
        return disturbance;
    }
}
