package io.sessionevents.local.command.campaign;

import io.sessionevents.local.Poll;
import io.sessionevents.local.judge.Evidence;
import io.sessionevents.local.judge.Promise;
import io.sessionevents.local.judge.Row;
import io.sessionevents.local.judge.Verdict;
import io.sessionevents.local.judge.consumer.Told;
import io.sessionevents.local.judge.consumer.Watch;
import io.sessionevents.local.scenario.Campaign;
import io.sessionevents.local.scenario.Run;
import io.sessionevents.local.scenario.SweptWorld;
import io.sessionevents.local.scenario.workload.Applications;
import io.sessionevents.local.simulator.Lie;
import io.sessionevents.local.simulator.Lies;
import io.sessionevents.local.simulator.SessionKey;
import io.sessionevents.local.simulator.SimulatedSession;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Lists that lie, in one way after the other and then in all ways together, about sessions that change all the time, end, and are
 * published by nobody: nothing is lost, invented, ended or doubled.
 *
 * @param alone how long each lie is told by itself; zero: it is not
 * @param together how long all of them are told
 */
public record LiesCampaign(Duration alone, Duration together) implements Campaign {
    /** All of them together, for a build. */
    public static final LiesCampaign SHORT = new LiesCampaign(Duration.ZERO, Duration.ofSeconds(20));

    private static final double GET_SESSION = 20;
    private static final double LIST_SESSIONS = 3;
    private static final double LIST_APPLICATIONS = 0.2;
    private static final double ALONE = 0.5;
    private static final double TOGETHER = 0.05;
    private static final int APPLICATIONS = 5;
    private static final int SESSIONS = 10;

    /** In one application, so that it has a third page. */
    private static final int CROWD = 130;

    private static final Duration SPREAD = Duration.ofSeconds(20);
    private static final Duration BEYOND = Duration.ofHours(1);
    private static final int SECONDS_PER_SHORT_LIFE = 2;
    private static final Applications.Lives LIVES =
            new Applications.Lives(Duration.ofSeconds(20), Duration.ofSeconds(40));
    private static final Applications.Lives SLOW_LIVES =
            new Applications.Lives(Duration.ofSeconds(60), Duration.ofSeconds(120));

    private static final Map<String, String> SETTINGS = Map.of(
            "budget.list-applications", Double.toString(LIST_APPLICATIONS),
            "sweep.complete.interval", "30 s",
            "sweep.refused.pause", "5 s");

    private static final Set<Promise> PROMISES = Promise.alwaysAnd(
            Promise.EVERY_CHANGE_REPORTED,
            Promise.EVERY_SESSION_REPORTED,
            Promise.NOBODY_STARVES,
            Promise.NONE_GIVEN_UP,
            Promise.BUDGET_NEVER_EXCEEDED,
            Promise.LIST_BUDGETS_NEVER_EXCEEDED,
            Promise.EVERY_RECORD_ACCOUNTED);

    @Override
    public Result run(Run run) throws IOException, InterruptedException {
        var setting = new SweptWorld.Setting("lies", APPLICATIONS, GET_SESSION, LIST_SESSIONS, SETTINGS);
        try (var world = SweptWorld.start(setting, run);
                var watch = Watch.start(world.environment().changes())) {
            begin(world);
            Poll.pause(SPREAD);
            var random = new Random(run.seed());
            List<Row> rows = new ArrayList<>();
            for (Lie lie : alone.isZero() ? new Lie[0] : Lie.values()) {
                rows.add(told(world, run, random, lie.name(), ALONE, List.of(lie), alone));
            }
            rows.add(told(world, run, random, "all", TOGETHER, List.of(Lie.values()), together));
            world.environment().emr().lists().lie(Lies.NONE);
            rows.addAll(finish(world, watch).rows());
            return Result.of(rows);
        }
    }

    private void begin(SweptWorld world) {
        Instant now = Instant.now();
        Duration all = alone.multipliedBy(Lie.values().length).plus(together);
        Instant until = now.plus(all).plus(BEYOND);
        Applications applications = world.applications();
        applications.endless(SESSIONS, LIVES, now, SPREAD, until);
        applications.endless(applications.ids().getFirst(), CROWD, SLOW_LIVES, now, SPREAD, until);
        applications.shortLived((int) (all.toSeconds() / SECONDS_PER_SHORT_LIFE), now, SPREAD.plus(all));
        world.publishApplications();
    }

    private static Row told(
            SweptWorld world, Run run, Random random, String name, double share, List<Lie> lies, Duration time)
            throws IOException, InterruptedException {
        long before = count(world, lies);
        world.environment().emr().lists().lie(Lies.drawn(random, share, lies));
        Poll.pause(time);
        long told = count(world, lies) - before;
        List<String> metrics = world.running()
                .service()
                .metrics()
                .lines()
                .filter(line -> !line.startsWith("#") && (line.contains("sweep") || line.contains("list")))
                .toList();
        Files.write(run.directory().resolve("metrics-" + name + ".txt"), metrics);
        run.say("%s: told %d times".formatted(name, told));
        return Row.of(
                "lie %s, in %.0f %% of the pages for %d s".formatted(name, 100 * share, time.toSeconds()),
                "told",
                "%d times".formatted(told),
                told > 0);
    }

    private static long count(SweptWorld world, List<Lie> lies) {
        var truth = world.truth();
        return lies.stream().mapToLong(truth::told).sum();
    }

    private static Verdict finish(SweptWorld world, Watch watch) throws InterruptedException {
        Set<SessionKey> ending = world.applications().sessions().stream()
                .filter(session -> session.phases().getLast().terminal())
                .map(SimulatedSession::key)
                .collect(Collectors.toSet());
        boolean _ = Poll.awaited(() -> watch.ends(ending), () -> watch.ends(ending) == ending.size());
        Instant until = Instant.now();
        Told told = watch.finish().with(world.environment().deadLetters());
        return new Evidence(
                        world.truth(),
                        world.workload().asked(),
                        told,
                        List.of(),
                        until,
                        new Evidence.Limits(20, 20, GET_SESSION)
                                .withLists(LIST_SESSIONS, LIST_APPLICATIONS, Duration.ZERO))
                .judge(PROMISES);
    }
}
