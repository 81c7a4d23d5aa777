package io.sessionevents.local.scenario;

import io.sessionevents.local.Poll;
import io.sessionevents.local.judge.AlertPlan;
import io.sessionevents.local.judge.Evidence;
import io.sessionevents.local.judge.Interval;
import io.sessionevents.local.judge.consumer.ObservedChange;
import io.sessionevents.local.judge.consumer.Told;
import io.sessionevents.local.scenario.workload.CrossingSessions;
import io.sessionevents.local.scenario.workload.Workload;
import io.sessionevents.local.simulator.Fault;
import io.sessionevents.local.simulator.Faults;
import io.sessionevents.local.simulator.SessionKey;
import io.sessionevents.local.simulator.SimulatedEmrServerless;
import io.sessionevents.local.testbed.Fleet;
import io.sessionevents.local.testbed.LocalEnvironment;
import io.sessionevents.local.testbed.Ports;
import io.sessionevents.local.testbed.ServiceProcess;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/** Instances in processes of their own, and sessions that cross thresholds at an AWS that has its moods. Owned by one thread. */
public final class AlertWorld implements AutoCloseable {
    private static final double BUDGET = 100;
    private static final double TROUBLE = 0.05;
    private static final Duration LATENCY = Duration.ofMillis(20);
    private static final Duration LONGEST_SESSION = Duration.ofHours(24);

    /** Reading all topics takes a while. */
    private static final Duration BETWEEN = Duration.ofMillis(500);

    private final LocalEnvironment environment;
    private final Fleet fleet;
    private final Workload workload;
    private final CrossingSessions sessions;
    private final AlertPlan plan;

    private AlertWorld(Run run, AlertPlan plan, Duration life) throws IOException, InterruptedException {
        this.plan = plan;
        environment = LocalEnvironment.start(
                0, 0, run.directory(), new SimulatedEmrServerless.Options(1e9, 1_000_000, LATENCY, moods(run.seed())));
        fleet = new Fleet(environment, ServiceProcess.builtDistribution().toAbsolutePath(), settings(plan), false, "");
        workload = Workload.of(environment, run.seed(), 1);
        sessions = new CrossingSessions(workload, plan, life, new Random(run.seed()));
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

    /** The keys of a service that alerts by that plan. */
    public static Map<String, String> keys(AlertPlan plan) {
        return Map.of(
                "alert.idle.after", plan.idleAfter().toMillis() + " ms",
                "alert.starting.after", plan.startingAfter().toMillis() + " ms",
                "alert.cap.before", LONGEST_SESSION.minus(plan.age()).toMillis() + " ms",
                "alert.billed.vcpu.hours", Double.toString(plan.billedVCpuHours()));
    }

    /** No session rests because it is idle: the budget alone sets the pace. */
    private static Map<String, String> settings(AlertPlan plan) {
        Map<String, String> settings = new HashMap<>(keys(plan));
        settings.put("budget.get-session", Double.toString(BUDGET));
        settings.put("budget.list-sessions", "0");
        settings.put("lookup.interval.min", "250 ms");
        return settings;
    }

    /** Starts everything, and waits until all instances are ready. */
    public static AlertWorld start(Run run, int instances, AlertPlan plan, Duration life)
            throws IOException, InterruptedException {
        var world = new AlertWorld(run, plan, life);
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

    /** A session that begins now; returns when the broker has it. */
    public void publish() {
        sessions.publish(Instant.now());
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

    /** Waits until the end of each session was told. */
    public void awaitEnds() throws InterruptedException {
        Poll.await("the last ends", this::open, () -> {
            Poll.pause(BETWEEN);
            return open().isEmpty();
        });
    }

    private Set<SessionKey> open() {
        Set<SessionKey> open = new HashSet<>(workload.published().keySet());
        open.removeAll(environment.events().stream()
                .filter(ObservedChange::terminal)
                .map(ObservedChange::key)
                .collect(Collectors.toSet()));
        return open;
    }

    /** Ends all instances: all that is known. */
    public Evidence finish(List<Interval> disturbances) throws InterruptedException {
        Instant until = Instant.now();
        for (int number : fleet.numbers()) {
            fleet.terminate(number);
        }
        Told told =
                Told.of(environment.events()).with(environment.deadLetters()).alerting(environment.alerts());
        return new Evidence(
                environment.emr().truth(),
                workload.asked(),
                told,
                disturbances,
                until,
                new Evidence.Limits(20, 20, BUDGET).withAlerts(plan));
    }

    @Override
    public void close() {
        fleet.close();
        workload.close();
        environment.close();
    }
}
