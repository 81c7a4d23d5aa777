package io.sessionevents.local.command.campaign;

import io.sessionevents.local.Poll;
import io.sessionevents.local.judge.Evidence;
import io.sessionevents.local.judge.Interval;
import io.sessionevents.local.judge.Promise;
import io.sessionevents.local.judge.Row;
import io.sessionevents.local.judge.consumer.ObservedChange;
import io.sessionevents.local.judge.consumer.Told;
import io.sessionevents.local.judge.consumer.Watch;
import io.sessionevents.local.scenario.Campaign;
import io.sessionevents.local.scenario.Run;
import io.sessionevents.local.scenario.workload.Applications;
import io.sessionevents.local.scenario.workload.Workload;
import io.sessionevents.local.simulator.Faults;
import io.sessionevents.local.simulator.SessionKey;
import io.sessionevents.local.simulator.SimulatedEmrServerless;
import io.sessionevents.local.simulator.SimulatedSession;
import io.sessionevents.local.testbed.Fleet;
import io.sessionevents.local.testbed.LocalEnvironment;
import io.sessionevents.local.testbed.ServiceProcess;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Sessions that live for seconds and are published by nobody, in applications that are published; meanwhile the service is killed
 * and comes back at once, and then is away for a long time. Each of them has exactly one terminal event in the end.
 */
final class CompletenessCampaign implements AutoCloseable {
    private static final int INSTANCE = 0;
    private static final double GET_SESSION = 9.5;
    private static final double LIST_SESSIONS = 0.95;
    private static final double LIST_APPLICATIONS = 0.2;
    private static final Duration LATENCY = Duration.ofMillis(50);
    private static final Duration BEFORE = Duration.ofMinutes(3);
    private static final Duration CRASH = Duration.ofSeconds(3);
    private static final Duration BETWEEN = Duration.ofMinutes(1);
    private static final Duration AFTER = Duration.ofMinutes(2);
    private static final Duration LONGEST_LIFE = Duration.ofSeconds(30);

    private static final Map<String, String> SETTINGS = Map.of(
            "budget.get-session", Double.toString(GET_SESSION),
            "budget.list-sessions", Double.toString(LIST_SESSIONS),
            "budget.list-applications", Double.toString(LIST_APPLICATIONS),
            "sweep.complete.interval", "2 min");

    private static final Set<Promise> PROMISES = Promise.alwaysAnd(
            Promise.EVERY_SESSION_REPORTED,
            Promise.EVERY_CHANGE_REPORTED,
            Promise.NONE_GIVEN_UP,
            Promise.BUDGET_NEVER_EXCEEDED,
            Promise.LIST_BUDGETS_NEVER_EXCEEDED,
            Promise.EVERY_RECORD_ACCOUNTED);

    /**
     * What is tried.
     *
     * @param down how long the service is away
     */
    record Plan(int sessions, int applications, Duration down) {
        /** In which sessions begin. */
        Duration all() {
            return BEFORE.plus(CRASH).plus(BETWEEN).plus(down).plus(AFTER);
        }
    }

    private final Run run;
    private final Plan plan;
    private final LocalEnvironment environment;
    private final Applications applications;
    private final Workload workload;
    private final Fleet fleet;
    private final Watch watch;
    private final List<Interval> disturbances = new ArrayList<>();

    private CompletenessCampaign(Run run, Plan plan) throws IOException, InterruptedException {
        this.run = run;
        this.plan = plan;
        this.environment = LocalEnvironment.start(
                0, 0, run.directory(), new SimulatedEmrServerless.Options(1e9, 1_000_000, LATENCY, Faults.NONE));
        this.applications = Applications.at(environment.emr(), run.seed(), plan.applications());
        this.workload = Workload.of(environment, run.seed(), 1);
        this.fleet = new Fleet(environment, ServiceProcess.builtDistribution().toAbsolutePath(), SETTINGS, false, "");
        this.watch = Watch.start(environment.changes());
    }

    static Campaign of(Plan plan) {
        return run -> {
            try (var campaign = new CompletenessCampaign(run, plan)) {
                return campaign.run();
            }
        };
    }

    private Campaign.Result run() throws IOException, InterruptedException {
        applications.ids().forEach(workload::publishApplication);
        workload.flush();
        fleet.start(INSTANCE);
        fleet.awaitReady(INSTANCE);
        applications.shortLived(plan.sessions(), Instant.now(), plan.all());
        run.say("%d sessions in %d applications begin within %s, seed %d"
                .formatted(plan.sessions(), plan.applications(), plan.all(), run.seed()));
        Poll.pause(BEFORE);
        away(CRASH);
        Poll.pause(BETWEEN);
        away(plan.down());
        Poll.pause(AFTER.plus(LONGEST_LIFE));
        Set<SessionKey> all = keys();
        boolean _ = Poll.awaited(() -> watch.ends(all), () -> watch.ends(all) == all.size());
        Instant until = Instant.now();
        fleet.terminate(INSTANCE);
        return Campaign.Result.of(rows(watch.finish().with(environment.deadLetters()), until));
    }

    private void away(Duration time) throws IOException, InterruptedException {
        Instant killed = Instant.now();
        fleet.kill(INSTANCE);
        Poll.pause(time);
        fleet.start(INSTANCE);
        fleet.awaitReady(INSTANCE);
        disturbances.add(new Interval(killed, Instant.now()));
        run.say("killed, and back after %d s; %d ends told so far"
                .formatted(disturbances.getLast().length().toSeconds(), watch.ends(keys())));
    }

    private Set<SessionKey> keys() {
        return applications.sessions().stream().map(SimulatedSession::key).collect(Collectors.toSet());
    }

    private List<Row> rows(Told told, Instant until) {
        var evidence = new Evidence(
                environment.emr().truth(),
                workload.asked(),
                told,
                disturbances,
                until,
                Evidence.Limits.ofOneInstance(GET_SESSION).withLists(LIST_SESSIONS, LIST_APPLICATIONS, Duration.ZERO));
        List<Row> rows = new ArrayList<>(List.of(onceEach(told), whileAway(told)));
        rows.addAll(evidence.judge(PROMISES).rows());
        return rows;
    }

    private Row onceEach(Told told) {
        Map<SessionKey, Long> ends = told.events().stream()
                .filter(ObservedChange::terminal)
                .collect(Collectors.groupingBy(ObservedChange::key, Collectors.counting()));
        long once = ends.values().stream().filter(count -> count == 1).count();
        return Row.of(
                "sessions with exactly one terminal event",
                "%d of %d, published by nobody".formatted(plan.sessions(), plan.sessions()),
                "%d; events that say DISCOVERED: %d of %d"
                        .formatted(
                                once,
                                told.events().stream()
                                        .filter(ObservedChange::discovered)
                                        .count(),
                                told.events().size()),
                once == plan.sessions() && told.events().stream().allMatch(ObservedChange::discovered));
    }

    /** Those that nobody could see alive. */
    private Row whileAway(Told told) {
        Set<SessionKey> ended = told.events().stream()
                .filter(ObservedChange::terminal)
                .map(ObservedChange::key)
                .collect(Collectors.toSet());
        List<SimulatedSession> unseen = applications.sessions().stream()
                .filter(session -> disturbances.stream()
                        .anyMatch(away -> away.contains(
                                        session.phases().getFirst().from())
                                && away.contains(session.phases().getLast().from())))
                .toList();
        return Row.of(
                "of them, those that began and ended while the service was away",
                "all of them",
                "%d of %d"
                        .formatted(
                                unseen.stream()
                                        .filter(session -> ended.contains(session.key()))
                                        .count(),
                                unseen.size()),
                !unseen.isEmpty() && unseen.stream().allMatch(session -> ended.contains(session.key())));
    }

    @Override
    public void close() {
        watch.close();
        fleet.close();
        workload.close();
        environment.close();
    }
}
