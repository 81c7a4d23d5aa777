package io.sessionevents.local.scenario;

import io.sessionevents.local.Poll;
import io.sessionevents.local.judge.EveryEndedSessionSettled;
import io.sessionevents.local.judge.Evidence;
import io.sessionevents.local.judge.Interval;
import io.sessionevents.local.judge.UsagePlan;
import io.sessionevents.local.judge.consumer.ObservedChange;
import io.sessionevents.local.judge.consumer.ObservedUsage;
import io.sessionevents.local.judge.consumer.Told;
import io.sessionevents.local.scenario.workload.EndingSessions;
import io.sessionevents.local.scenario.workload.Workload;
import io.sessionevents.local.simulator.Fault;
import io.sessionevents.local.simulator.Faults;
import io.sessionevents.local.simulator.SessionKey;
import io.sessionevents.local.simulator.SimulatedEmrServerless;
import io.sessionevents.local.simulator.Truth;
import io.sessionevents.local.simulator.UsageScript;
import io.sessionevents.local.simulator.UsageScripts;
import io.sessionevents.local.testbed.Fleet;
import io.sessionevents.local.testbed.LocalEnvironment;
import io.sessionevents.local.testbed.Ports;
import io.sessionevents.local.testbed.ServiceProcess;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/** Instances in processes of their own, sessions that end, an AWS that has its moods, and the usage that is told. Owned by one thread. */
public final class UsageWorld implements AutoCloseable {
    private static final double BUDGET = 100;
    private static final double TROUBLE = 0.05;
    private static final Duration LATENCY = Duration.ofMillis(20);
    private static final int LONG_AGO = 3;

    /** Reading all topics takes a while. */
    private static final Duration BETWEEN = Duration.ofMillis(500);

    /** In hundredths: clocks tell a look from its plan by a moment, and nothing changes any more by then. */
    private static final int LAST = 95;

    private final LocalEnvironment environment;
    private final Fleet fleet;
    private final Workload workload;
    private final EndingSessions sessions;
    private final UsagePlan plan;

    private UsageWorld(Run run, UsagePlan plan, Duration life) throws IOException, InterruptedException {
        this.plan = plan;
        environment = LocalEnvironment.start(
                0, 0, run.directory(), new SimulatedEmrServerless.Options(1e9, 1_000_000, LATENCY, moods(run.seed())));
        fleet = new Fleet(environment, ServiceProcess.builtDistribution().toAbsolutePath(), settings(plan), false, "");
        workload = Workload.of(environment, run.seed(), 1);
        var random = new Random(run.seed());
        var scripts = new UsageScripts(random, plan.looks().getLast(), plan.settleAfter());
        sessions = new EndingSessions(workload, scripts, life, random);
    }

    /** Some answers are stale, broken, or not there. */
    private static Faults moods(long seed) {
        return Faults.drawn(
                new Random(seed),
                TROUBLE,
                Fault.STALE,
                Fault.STALE,
                Fault.STALE,
                Fault.INTERNAL_ERROR,
                Fault.TRUNCATED,
                Fault.MALFORMED);
    }

    /** More budget than those that live need, for they go first. */
    private static Map<String, String> settings(UsagePlan plan) {
        return Map.of(
                "budget.get-session",
                Double.toString(BUDGET),
                "budget.list-sessions",
                "0",
                "lookup.interval.min",
                plan.settleAfter().dividedBy(8).toMillis() + " ms",
                "usage.looks",
                plan.looks().stream().map(look -> look.toMillis() + " ms").collect(Collectors.joining(", ")),
                "usage.settle.after",
                plan.settleAfter().toMillis() + " ms");
    }

    /** Starts everything, and waits until all instances are ready. */
    public static UsageWorld start(Run run, int instances, UsagePlan plan, Duration life)
            throws IOException, InterruptedException {
        var world = new UsageWorld(run, plan, life);
        for (int number = 0; number < instances; number++) {
            // An instance that comes back is where it was.
            world.fleet.give(number, Map.of("http.port", Integer.toString(Ports.freeAndKept())));
            world.fleet.start(number);
        }
        for (int number = 0; number < instances; number++) {
            world.fleet.awaitReady(number);
        }
        return world;
    }

    public LocalEnvironment environment() {
        return environment;
    }

    /** A session that will end. */
    public void publish() {
        sessions.publish(Instant.now());
    }

    /** A session that has ended long ago. */
    public void publishEnded() {
        sessions.publishEnded(Instant.now().minus(plan.looks().getLast().multipliedBy(LONG_AGO)));
    }

    /** Returns when the broker has everything that was published. */
    public void flush() {
        workload.flush();
    }

    /** SIGKILL to all of these, and on again when all are ready. */
    public void killAndRestart(List<Integer> victims) throws IOException, InterruptedException {
        for (int victim : victims) {
            fleet.kill(victim);
        }
        for (int victim : victims) {
            fleet.start(victim);
        }
        for (int victim : victims) {
            fleet.awaitReady(victim);
        }
    }

    /**
     * Waits until each session has usage, and was looked at when nothing changes any more; but for those that AWS denied before
     * anybody could see their end.
     */
    public void awaitLastLooks() throws InterruptedException {
        Poll.await("the last looks", this::open, () -> {
            Poll.pause(BETWEEN);
            return open().isEmpty();
        });
    }

    private Set<SessionKey> open() {
        Truth truth = environment.emr().truth();
        Set<SessionKey> ended = ended(environment.events());
        Set<SessionKey> open = new HashSet<>(truth.sessions().keySet());
        open.removeAll(settled(truth, environment.usage()));
        truth.requests().stream()
                .filter(look -> look.fault() == Fault.VANISHED && !ended.contains(look.key()))
                .forEach(look -> open.remove(look.key()));
        return open;
    }

    private static Set<SessionKey> ended(List<ObservedChange> events) {
        return events.stream()
                .filter(ObservedChange::terminal)
                .map(ObservedChange::key)
                .collect(Collectors.toCollection(HashSet::new));
    }

    private Set<SessionKey> settled(Truth truth, List<ObservedUsage> usage) {
        Set<SessionKey> settled = usage.stream().map(ObservedUsage::key).collect(Collectors.toCollection(HashSet::new));
        Set<SessionKey> looked = truth.requests().stream()
                .filter(look -> (look.honest() || look.fault() == Fault.VANISHED)
                        && truth.end(look.key())
                                .filter(end -> !look.at()
                                        .isBefore(end.plus(plan.looks()
                                                .getLast()
                                                .multipliedBy(LAST)
                                                .dividedBy(100))))
                                .isPresent())
                .map(Truth.Request::key)
                .collect(Collectors.toSet());
        settled.removeIf(key -> {
            UsageScript script = truth.usage().get(key);
            return script != null && script.shape().remembered() && !looked.contains(key);
        });
        return settled;
    }

    /** Waits until all of them are due, for the judge gives them more time than they needed. */
    public void awaitDue(List<Interval> disturbances) throws InterruptedException {
        List<ObservedChange> events = environment.events();
        Truth truth = environment.emr().truth();
        Poll.await(
                "all sessions due",
                () -> new EveryEndedSessionSettled(List.of(), plan, disturbances, Instant.now())
                        .due(truth, events)
                        .keySet()
                        .equals(ended(events)));
    }

    /** Ends all instances: all that is known. */
    public Evidence finish(List<Interval> disturbances) throws InterruptedException {
        Instant until = Instant.now();
        for (int number : fleet.numbers()) {
            fleet.terminate(number);
        }
        Told told =
                Told.of(environment.events()).with(environment.deadLetters()).using(environment.usage());
        return new Evidence(
                environment.emr().truth(),
                workload.asked(),
                told,
                disturbances,
                until,
                new Evidence.Limits(20, 20, BUDGET).withUsage(plan));
    }

    @Override
    public void close() {
        fleet.close();
        workload.close();
        environment.close();
    }
}
