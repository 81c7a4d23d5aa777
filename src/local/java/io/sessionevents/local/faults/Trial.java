package io.sessionevents.local.faults;

import io.sessionevents.local.emr.SessionKey;
import io.sessionevents.local.guarantee.Interval;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** One run of one scenario: strike, see that events flow again, heal, see it again; in the end, judge. */
final class Trial {
    private static final Duration TO_RECOVER = Duration.ofSeconds(60);

    private static final Duration TO_START = Duration.ofMinutes(3);
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

    Trial(Scenario scenario, Consumer<String> progress) {
        this.scenario = scenario;
        this.progress = progress;
    }

    /** @param javaOptions of the instances' JVMs, beside the usual ones */
    Verdict run(Path directory, String javaOptions, long seed) throws Exception {
        Instant begin = Instant.now();
        try (World world = World.start(scenario.setting(), scenario.from(), javaOptions, directory, seed)) {
            for (int number : world.fleet().numbers()) {
                world.fleet().awaitReady(number);
            }
            awaitFlow(world, begin, TO_START);
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
    private boolean strikes(World world, Injector injector) throws Exception {
        gracefulOnly &= injector.gracefulOnly();
        for (int strike = 1; strike <= scenario.strikes(); strike++) {
            boolean calm = struck++ % CALM_EVERY == 0;
            Patience.pause(calm ? world.setting().observableAfter().plusSeconds(2) : BREATH);
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

    private void strike(World world, Injector injector) throws Exception {
        Instant since = injector.strike(world);
        recoveries.add(awaitFlow(world, since, injector.toRecover()));
        injector.heal(world);
        awaitFlow(world, Instant.now(), TO_RECOVER);
        faults += injector.faultsPerStrike();
    }

    /** Until every session that changes all the time had an event of a look after that moment: how long it took. */
    private Duration awaitFlow(World world, Instant since, Duration patience) throws Exception {
        Patience.await("events of all changing sessions", patience, () -> {
            restarts += world.fleet().supervise();
            return world.committed().sawAll(world.load().flapping(), since);
        });
        return Duration.between(since, Instant.now());
    }

    private Verdict end(World world) throws Exception {
        world.load().finish();
        Set<SessionKey> ended = new HashSet<>(world.environment().emr().truth().endedBy(Instant.now()));
        ended.retainAll(world.load().published().keySet());
        if (!Patience.awaited(TO_RECOVER, () -> world.committed().sawTheEndOfAll(ended))) {
            problems.add("not every end was reported within " + TO_RECOVER.toSeconds() + " s");
        }
        if (!Patience.awaited(TO_RECOVER, new Remains(world.environment())::nothingUnread)) {
            problems.add("input unread after " + TO_RECOVER.toSeconds() + " s");
        }
        Patience.pause(world.setting().observableAfter().plusSeconds(2));
        Instant until = Instant.now().minusSeconds(1);
        for (int number : world.fleet().numbers()) {
            terminate(world, number);
        }
        remarks.add("graceful stops at most %.1f s"
                .formatted(seconds(Collections.max(world.fleet().stops()))));
        if (restarts > 0) {
            remarks.add(restarts + " ended by themselves and were started again");
        }
        return new Verifier(world, disturbances, until)
                .judge(
                        scenario.name(),
                        faults,
                        recoveries,
                        world.committed().finish(),
                        world.uncommitted().finish(),
                        gracefulOnly,
                        problems,
                        String.join("; ", remarks));
    }

    private void terminate(World world, int number) throws InterruptedException {
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
