package io.sessionevents.local.command.campaign;

import io.sessionevents.local.Poll;
import io.sessionevents.local.judge.Interval;
import io.sessionevents.local.judge.UsagePlan;
import io.sessionevents.local.scenario.Campaign;
import io.sessionevents.local.scenario.Run;
import io.sessionevents.local.scenario.UsageWorld;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Sessions that end, and whose usage settles in every way in which it may, in compressed time, while instances are killed
 * ({@code kill -9}) and come back: each session has one first record and the corrections that it must have, and the sum over the topic
 * is what AWS told in the end.
 */
public record UsageCampaign(Plan plan) implements Campaign {
    private static final Duration TICK = Duration.ofMillis(100);

    /** Answers of that time before the end of an instance may be lost with it. */
    private static final Duration UNCOMMITTED = Duration.ofSeconds(3);

    private static final Duration TO_COMMIT = Duration.ofSeconds(2);

    /**
     * What is tried.
     *
     * @param sessions published while they live
     * @param late sessions published long after their end
     * @param spread time in which they are published
     * @param life how long the longest of them live on
     * @param kills how often one instance is killed, or all of them
     * @param every from one kill to the next
     * @param usage when the service looks
     */
    public record Plan(
            int instances,
            int sessions,
            int late,
            Duration spread,
            Duration life,
            int kills,
            Duration every,
            UsagePlan usage) {
        static final Plan LONG = new Plan(
                2,
                300,
                30,
                Duration.ofSeconds(160),
                Duration.ofSeconds(12),
                10,
                Duration.ofSeconds(20),
                usage(12, 15, 2, 5, 10, 20, 30, 45, 60, 75));

        /** For a build. */
        public static final Plan SHORT = new Plan(
                1,
                42,
                6,
                Duration.ofSeconds(4),
                Duration.ofSeconds(3),
                1,
                Duration.ofSeconds(6),
                usage(2, 4, 1, 2, 4, 6, 8, 10));

        private static UsagePlan usage(int settleAfter, int allowance, int... looks) {
            return new UsagePlan(
                    IntStream.of(looks).mapToObj(Duration::ofSeconds).toList(),
                    Duration.ofSeconds(settleAfter),
                    Poll.onThisMachine(Duration.ofSeconds(allowance)));
        }
    }

    @Override
    public Result run(Run run) throws IOException, InterruptedException {
        try (var world = UsageWorld.start(run, plan.instances(), plan.usage(), plan.life())) {
            run.say("%d sessions end, %d have ended long ago; looks %s after the end, settled after %s"
                    .formatted(
                            plan.sessions(),
                            plan.late(),
                            plan.usage().looks(),
                            plan.usage().settleAfter()));
            List<Interval> disturbances = goOn(world, run);
            world.awaitLastLooks();
            Poll.pause(TO_COMMIT);
            world.awaitDue(disturbances);
            var evidence = world.finish(disturbances);
            return Result.of(UsageRows.of(evidence, plan.late(), disturbances.size()));
        }
    }

    /** Publishes, and kills: when answers could be lost. */
    private List<Interval> goOn(UsageWorld world, Run run) throws IOException, InterruptedException {
        var random = new Random(run.seed());
        List<Interval> disturbances = new ArrayList<>();
        Instant begin = Instant.now();
        int published = 0;
        int late = 0;
        while (published < plan.sessions() || disturbances.size() < plan.kills()) {
            double share = (double) Duration.between(begin, Instant.now()).toMillis()
                    / plan.spread().toMillis();
            for (; published < Math.min(1, share) * plan.sessions(); published++) {
                world.publish();
            }
            for (; late < Math.min(1, share) * plan.late(); late++) {
                world.publishEnded();
            }
            world.flush();
            Instant next = begin.plus(plan.every().multipliedBy(disturbances.size() + 1));
            if (disturbances.size() < plan.kills() && !next.isAfter(Instant.now())) {
                disturbances.add(killSome(world, random, run));
            }
            Poll.pause(TICK);
        }
        return disturbances;
    }

    private Interval killSome(UsageWorld world, Random random, Run run) throws IOException, InterruptedException {
        List<Integer> victims = random.nextInt(plan.instances() + 1) == 0
                ? IntStream.range(0, plan.instances()).boxed().toList()
                : List.of(random.nextInt(plan.instances()));
        Instant from = Instant.now().minus(UNCOMMITTED);
        world.killAndRestart(victims);
        var disturbance = new Interval(from, Instant.now());
        run.say("killed %s, back after %.1f s; %d usage records so far"
                .formatted(
                        victims,
                        disturbance.length().minus(UNCOMMITTED).toMillis() / 1000.0,
                        world.environment().usage().size()));
        return disturbance;
    }
}
