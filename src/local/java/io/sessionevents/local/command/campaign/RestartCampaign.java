package io.sessionevents.local.command.campaign;

import io.sessionevents.local.Poll;
import io.sessionevents.local.scenario.Campaign;
import io.sessionevents.local.scenario.Run;
import io.sessionevents.local.scenario.Testbed;
import io.sessionevents.local.testbed.Ports;
import io.sessionevents.local.testbed.ServiceProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Two instances. Again and again one is killed ({@code kill -9}) and started again after one to five seconds, and within twenty
 * seconds the other one is killed and started again likewise. Measured is how long it takes from the start of the process until
 * every partition has had an event of a look that came after it; judged is what was told.
 *
 * @param named whether the instances have names of their own in the group, as is the default
 * @param times how often
 */
public record RestartCampaign(boolean named, int times) implements Campaign {
    private static final int FIRST = 0;
    private static final int SECOND = 1;
    private static final int ROUNDS = 3;
    private static final int OTHER_WITHIN_MILLIS = 20_000;

    @Override
    public Result run(Run run) throws IOException, InterruptedException {
        Restarts restarts = restarts(run);
        return new Result(restarts.verdict(), restarts.table());
    }

    /** Runs it: what came of it. */
    public Restarts restarts(Run run) throws IOException, InterruptedException {
        var recoveries = new Recoveries(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        var random = new Random(run.seed());
        Testbed.Setting setting =
                Testbed.Setting.USUAL.instances(0).with(Map.of("instance.name", named ? "auto" : "none"));
        Path home = ServiceProcess.builtDistribution().toAbsolutePath();
        try (Testbed world = Testbed.start(setting, home, "", run.directory(), run.seed())) {
            for (int number : List.of(FIRST, SECOND)) {
                // An instance that comes back is where it was.
                world.fleet().give(number, Map.of("http.port", Integer.toString(Ports.freeAndKept())));
                world.fleet().start(number);
            }
            awaitFlow(world, Instant.now());
            for (int time = 1; time <= times; time++) {
                int victim = random.nextInt(2);
                strike(world, random, victim, 1 - victim, recoveries);
                run.say("%d of %d: %s".formatted(time, times, recoveries.last()));
            }
            return end(world, recoveries);
        }
    }

    private void strike(Testbed world, Random random, int victim, int other, Recoveries recoveries)
            throws IOException, InterruptedException {
        Poll.pause(Duration.ofMillis(2_000 + random.nextInt(1_000)));
        Instant killed = Instant.now();
        Instant otherDies = killed.plusMillis(random.nextInt(OTHER_WITHIN_MILLIS));
        Instant back = killAndRestart(world, random, victim);
        if (Poll.within(Duration.between(Instant.now(), otherDies), () -> flows(world, back))) {
            recoveries.first().add(Duration.between(back, Instant.now()));
        } else {
            recoveries.cut().add(Duration.between(back, Instant.now()));
        }
        Duration rest = Duration.between(Instant.now(), otherDies);
        Poll.pause(rest.isPositive() ? rest : Duration.ZERO);
        Instant otherBack = killAndRestart(world, random, other);
        recoveries.second().add(awaitFlow(world, otherBack));
    }

    /** When the new process was started. */
    private static Instant killAndRestart(Testbed world, Random random, int number)
            throws IOException, InterruptedException {
        world.fleet().kill(number);
        Poll.pause(Duration.ofMillis(1_000 + random.nextInt(4_000)));
        Instant now = Instant.now();
        world.fleet().start(number);
        return now;
    }

    private static boolean flows(Testbed world, Instant since) {
        return world.committed().sawAll(world.load().flapping(), since);
    }

    private static Duration awaitFlow(Testbed world, Instant since) throws IOException, InterruptedException {
        Poll.await("events of all changing sessions", () -> {
            for (int number : world.fleet().numbers()) {
                if (!world.fleet().process(number).alive()) {
                    throw new IllegalStateException("instance " + number + " has ended: "
                            + world.fleet().process(number).log());
                }
            }
            return flows(world, since);
        });
        return Duration.between(since, Instant.now());
    }

    private Restarts end(Testbed world, Recoveries recoveries) throws IOException, InterruptedException {
        world.load().finish();
        // What was looked at last becomes an event.
        world.awaitRounds(ROUNDS);
        for (int number : world.fleet().numbers()) {
            world.fleet().terminate(number);
        }
        return Restarts.judge(world, named, recoveries);
    }

    /**
     * Times from the start of a process until events of all partitions flowed.
     *
     * @param first of the one that was killed first, where they flowed before the other one was killed
     * @param cut time that it had until then where they did not
     * @param second of the one that was killed second
     */
    record Recoveries(List<Duration> first, List<Duration> cut, List<Duration> second) {
        String last() {
            return "first %s, cut short %s, second %s".formatted(lastOf(first), lastOf(cut), lastOf(second));
        }

        private static String lastOf(List<Duration> times) {
            return times.isEmpty() ? "-" : times.getLast().toMillis() + " ms";
        }
    }
}
