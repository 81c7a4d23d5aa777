package io.sessionevents.local.scenario;

import io.sessionevents.local.Poll;
import io.sessionevents.local.judge.ClusterLeftovers;
import io.sessionevents.local.judge.Evidence;
import io.sessionevents.local.judge.Interval;
import io.sessionevents.local.judge.NoDuplicates;
import io.sessionevents.local.judge.Rounds;
import io.sessionevents.local.judge.Verdict;
import io.sessionevents.local.judge.consumer.Told;
import io.sessionevents.local.simulator.Operation;
import io.sessionevents.local.simulator.SessionKey;
import io.sessionevents.local.simulator.Truth;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** One run of one scenario: strike, see that events flow again, heal, see it again; in the end, judge. */
public final class Trial {
    /** A session that was looked at so often, every time with the truth, and had no event, gets none any more. */
    private static final int LOOKS_TO_EVENT = 60;

    /** Rounds of looks in which what has ended is seen, and told. */
    private static final int ROUNDS_TO_END = 30;

    /** Rounds of looks in which every state that lasts is seen. */
    private static final int CALM = 4;

    /** A stop that took longer was cut short by the service itself. */
    private static final Duration GRACEFUL = Duration.ofSeconds(14);

    private static final int TELL_EVERY = 10;

    /** So often the calm before a strike is long enough for every state to be seen. */
    private static final int CALM_EVERY = 4;

    private static final Duration BREATH = Duration.ofSeconds(1);

    private final Scenario scenario;
    private final Consumer<String> progress;
    private final List<Duration> recoveries = new ArrayList<>();
    private final List<Interval> disturbances = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();
    private int faults;
    private int struck;
    private int restarts;
    private boolean gracefulOnly = true;

    public Trial(Scenario scenario, Consumer<String> progress) {
        this.scenario = scenario;
        this.progress = progress;
    }

    /** @param javaOptions of the instances' JVMs, beside the usual ones */
    public Outcome run(Path directory, String javaOptions, long seed) throws Exception {
        Instant begin = Instant.now();
        try (Testbed world = Testbed.start(scenario.setting(), scenario.from(), javaOptions, directory, seed)) {
            for (int number : world.fleet().numbers()) {
                world.fleet().awaitReady(number);
            }
            awaitFlow(world, begin);
            disturbances.add(new Interval(begin, Instant.now()));
            for (Supplier<? extends Injector> injector : scenario.injectors()) {
                if (!strikes(world, injector.get())) {
                    break;
                }
            }
            return end(world);
        }
    }

    /** Whether all was well after each; if not, the world is no longer one to try anything else on. */
    private boolean strikes(Testbed world, Injector injector) throws Exception {
        gracefulOnly &= injector.gracefulOnly();
        for (int strike = 1; strike <= scenario.strikes(); strike++) {
            boolean calm = struck++ % CALM_EVERY == 0;
            if (calm) {
                world.awaitRounds(CALM);
            } else {
                Poll.pause(BREATH);
            }
            Instant begin = Instant.now();
            try {
                strike(world, injector);
            } catch (IllegalStateException e) {
                problems.add("strike %d: %s".formatted(strike, e.getMessage()));
                progress.accept("strike %d of %d failed: %s".formatted(strike, scenario.strikes(), e.getMessage()));
                return false;
            } finally {
                if (injector.disturbs()) {
                    disturbances.add(new Interval(begin, Instant.now()));
                }
            }
            if (strike % TELL_EVERY == 0 || strike == scenario.strikes()) {
                progress.accept("%d of %d, longest recovery %.1f s"
                        .formatted(strike, scenario.strikes(), seconds(Collections.max(recoveries))));
            }
        }
        if (!injector.remark().isEmpty()) {
            remarks.add(injector.remark());
        }
        return true;
    }

    private void strike(Testbed world, Injector injector) throws Exception {
        Instant since = injector.strike(world);
        recoveries.add(awaitFlow(world, since));
        injector.heal(world);
        awaitFlow(world, Instant.now());
        faults += injector.faultsPerStrike();
    }

    /** Until every session that changes all the time had an event of a look after that moment: how long it took. */
    private Duration awaitFlow(Testbed world, Instant since) throws Exception {
        Poll.await("events of all changing sessions", () -> looksInVain(world, since), () -> {
            restarts += world.fleet().supervise();
            return world.committed().sawAll(world.load().flapping(), since);
        });
        return Duration.between(since, Instant.now());
    }

    /** How often the sessions that had no event since then were looked at since then. */
    private static Map<SessionKey, Integer> looksInVain(Testbed world, Instant since) {
        Map<SessionKey, Integer> looks = world.environment().emr().looksSince(since);
        looks.keySet().retainAll(world.committed().unseen(world.load().flapping(), since));
        looks.forEach((key, count) -> {
            if (count > LOOKS_TO_EVENT) {
                throw new IllegalStateException(
                        "no event of " + key + " though it was looked at " + count + " times since " + since);
            }
        });
        return looks;
    }

    private Outcome end(Testbed world) throws Exception {
        world.load().finish();
        Set<SessionKey> ended = new HashSet<>(world.environment().emr().truth().endedBy(Instant.now()));
        ended.retainAll(world.load().published().keySet());
        awaitEnds(world, ended);
        // Else a sweep might wake a session just before the end, and nobody be left to read that.
        world.environment().emr().lists().deny(Operation.LIST_SESSIONS);
        if (!Poll.awaited(leftovers(world)::nothingUnread)) {
            problems.add("input unread after " + Poll.STANDSTILL.toSeconds() + " s");
        }
        world.awaitRounds(CALM);
        Instant until = Instant.now().minusSeconds(1);
        for (int number : world.fleet().numbers()) {
            terminate(world, number);
        }
        remarks.add("graceful stops at most %.1f s"
                .formatted(seconds(Collections.max(world.fleet().stops()))));
        if (restarts > 0) {
            remarks.add(restarts + " ended by themselves and were started again");
        }
        return outcome(world, until);
    }

    private Outcome outcome(Testbed world, Instant until) throws ExecutionException, InterruptedException {
        Told told = world.committed().finish();
        Told uncommitted = world.uncommitted().finish();
        Truth truth = world.environment().emr().truth();
        if (gracefulOnly && Collections.max(world.fleet().stops()).compareTo(GRACEFUL) < 0) {
            new NoDuplicates()
                    .violations(truth, uncommitted.events()).stream()
                            .map(violation -> "uncommitted reader: " + violation)
                            .forEach(problems::add);
        }
        problems.addAll(leftovers(world).problems());
        var evidence = new Evidence(
                truth,
                world.load().asked(),
                told.with(world.environment().deadLetters()),
                disturbances,
                until,
                Evidence.Limits.OF_A_FLEET);
        Verdict verdict = evidence.judge(scenario.expectations());
        problems.addAll(verdict.examples());
        return new Outcome(
                scenario.name(),
                verdict,
                List.copyOf(problems),
                faults,
                recoveries.stream().sorted().toList(),
                told.events().size(),
                evidence.observable(),
                truth.mostRequestsInAnySecond(),
                String.join("; ", remarks));
    }

    private static ClusterLeftovers leftovers(Testbed world) {
        return new ClusterLeftovers(world.environment().kafka().bootstrapServers());
    }

    private void awaitEnds(Testbed world, Set<SessionKey> ended) throws Exception {
        Instant since = Instant.now();
        var emr = world.environment().emr();
        Supplier<Interval> now = () -> new Interval(since, Instant.now());
        boolean _ = Poll.awaited(
                () -> world.committed().ends(ended) + " " + emr.looksSince(since),
                () -> world.committed().ends(ended) == ended.size()
                        || new Rounds(emr.truth(), world.load().published()).within(now.get()) > ROUNDS_TO_END);
        long missing = ended.size() - world.committed().ends(ended);
        if (missing > 0) {
            problems.add(missing + " ends were not reported");
        }
    }

    private void terminate(Testbed world, int number) throws InterruptedException {
        try {
            world.fleet().terminate(number);
        } catch (IllegalStateException e) {
            problems.add(String.valueOf(e.getMessage()));
        }
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
