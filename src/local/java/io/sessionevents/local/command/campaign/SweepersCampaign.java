package io.sessionevents.local.command.campaign;

import io.sessionevents.local.Poll;
import io.sessionevents.local.judge.Evidence;
import io.sessionevents.local.judge.Interval;
import io.sessionevents.local.judge.Promise;
import io.sessionevents.local.judge.Row;
import io.sessionevents.local.judge.consumer.Watch;
import io.sessionevents.local.scenario.Campaign;
import io.sessionevents.local.scenario.Run;
import io.sessionevents.local.scenario.workload.Applications;
import io.sessionevents.local.scenario.workload.Workload;
import io.sessionevents.local.simulator.Faults;
import io.sessionevents.local.simulator.Operation;
import io.sessionevents.local.simulator.SimulatedEmrServerless;
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
 * Three instances, of which one sweeps: it is killed, again and again, and another goes on within the session time-out; then all are
 * restarted in turn. The budgets of the lists are never exceeded, and nothing gets lost.
 */
final class SweepersCampaign implements AutoCloseable {
    private static final int INSTANCES = 3;
    private static final int APPLICATIONS = 5;
    private static final int SESSIONS = 5;
    private static final double GET_SESSION = 9.5;
    private static final double LIST_SESSIONS = 0.95;
    private static final double LIST_APPLICATIONS = 0.2;
    private static final Duration LATENCY = Duration.ofMillis(50);
    private static final Duration BEYOND = Duration.ofHours(2);

    /** The group notices that a member is gone; and the next one takes its tasks. */
    private static final Duration SESSION_TIMEOUT = Duration.ofSeconds(20);

    private static final Duration TO_TAKE_OVER = Duration.ofSeconds(5);
    private static final Duration QUIET = Duration.ofSeconds(20);

    private static final Map<String, String> SETTINGS = Map.of(
            "budget.get-session",
            Double.toString(GET_SESSION),
            "budget.list-sessions",
            Double.toString(LIST_SESSIONS),
            "budget.list-applications",
            Double.toString(LIST_APPLICATIONS),
            "discover",
            "all",
            "discover.interval",
            "20 s",
            "sweep.complete.interval",
            "1 min");

    private static final Set<Promise> PROMISES = Promise.alwaysAnd(
            Promise.EVERY_SESSION_REPORTED,
            Promise.EVERY_CHANGE_REPORTED,
            Promise.NONE_GIVEN_UP,
            Promise.LIST_BUDGETS_NEVER_EXCEEDED,
            Promise.EVERY_RECORD_ACCOUNTED);

    private final Run run;
    private final int kills;
    private final LocalEnvironment environment;
    private final Applications applications;
    private final Workload workload;
    private final Fleet fleet;
    private final Watch watch;
    private final List<Interval> disturbances = new ArrayList<>();

    private SweepersCampaign(Run run, int kills) throws IOException, InterruptedException {
        this.run = run;
        this.kills = kills;
        this.environment = LocalEnvironment.start(
                0, 0, run.directory(), new SimulatedEmrServerless.Options(1e9, 1_000_000, LATENCY, Faults.NONE));
        this.applications = Applications.at(environment.emr(), run.seed(), APPLICATIONS);
        this.workload = Workload.of(environment, run.seed(), 1);
        this.fleet = new Fleet(environment, ServiceProcess.builtDistribution().toAbsolutePath(), SETTINGS, false, "");
        this.watch = Watch.start(environment.changes());
    }

    /** @param kills how often the one that sweeps is killed */
    static Campaign of(int kills) {
        return run -> {
            try (var campaign = new SweepersCampaign(run, kills)) {
                return campaign.run();
            }
        };
    }

    private Campaign.Result run() throws IOException, InterruptedException {
        Instant begin = Instant.now();
        for (int i = 0; i < INSTANCES; i++) {
            fleet.start(i);
        }
        for (int i = 0; i < INSTANCES; i++) {
            fleet.awaitReady(i);
        }
        applications.endless(
                SESSIONS,
                Applications.Lives.USUAL,
                Instant.now(),
                QUIET,
                Instant.now().plus(BEYOND));
        applications.shortLived(20 * kills, Instant.now(), QUIET.plus(QUIET).multipliedBy(kills));
        Poll.pause(QUIET);
        List<Duration> withoutSweeps = new ArrayList<>();
        for (int i = 0; i < kills; i++) {
            withoutSweeps.add(kill());
        }
        Interval restarts = restart();
        Poll.pause(QUIET);
        Instant until = Instant.now();
        var evidence = new Evidence(
                environment.emr().truth(),
                workload.asked().and(found(begin)),
                watch.finish().with(environment.deadLetters()),
                disturbances,
                until,
                Evidence.Limits.OF_A_FLEET.withLists(LIST_SESSIONS, LIST_APPLICATIONS, Duration.ofMinutes(3)));
        List<Row> rows = new ArrayList<>(List.of(
                longest("killed %d times: longest time without a sweep".formatted(kills), withoutSweeps),
                longest("restarted in turn: longest time without a sweep", gaps(restarts)),
                busiest()));
        rows.addAll(evidence.judge(PROMISES).rows());
        return Campaign.Result.of(rows);
    }

    private Map<String, Instant> found(Instant begin) {
        return applications.ids().stream().collect(Collectors.toMap(id -> id, id -> begin));
    }

    /** Kills the one that sweeps, and starts it again when another does: how long nobody did. */
    private Duration kill() throws IOException, InterruptedException {
        int sweeping = sweeping();
        fleet.kill(sweeping);
        Instant killed = Instant.now();
        Poll.await(
                "a sweep after that",
                () -> sweeps(killed).isEmpty() ? 0 : 1,
                () -> !sweeps(killed).isEmpty());
        Duration without = Duration.between(killed, sweeps(killed).getFirst());
        run.say("instance %d killed; the next sweep %.1f s later".formatted(sweeping, without.toMillis() / 1000.0));
        fleet.start(sweeping);
        fleet.awaitReady(sweeping);
        disturbances.add(new Interval(killed, Instant.now()));
        Poll.pause(QUIET);
        return without;
    }

    private int sweeping() throws InterruptedException {
        List<Integer> found = new ArrayList<>();
        Poll.await("one that sweeps", found::size, () -> {
            found.clear();
            for (int number : fleet.numbers()) {
                if (fleet.metrics(number).lines().anyMatch(SweepersCampaign::sweeps)) {
                    found.add(number);
                }
            }
            return found.size() == 1;
        });
        return found.getFirst();
    }

    private static boolean sweeps(String line) {
        return line.startsWith("session_events_list_sessions_rate{") && !line.endsWith(" 0.0");
    }

    /** Calls of the killed one may have been on their way. */
    private List<Instant> sweeps(Instant since) {
        return environment
                .emr()
                .truth()
                .moments(Operation.LIST_SESSIONS)
                .filter(at -> at.isAfter(since.plusMillis(500)))
                .sorted()
                .toList();
    }

    private Interval restart() throws IOException, InterruptedException {
        Instant from = Instant.now();
        for (int number : fleet.numbers()) {
            fleet.terminate(number);
            fleet.start(number);
            fleet.awaitReady(number);
        }
        var restarts = new Interval(from, Instant.now());
        disturbances.add(restarts);
        run.say("restarted in turn");
        return restarts;
    }

    private List<Duration> gaps(Interval time) {
        List<Instant> sweeps = sweeps(time.from());
        List<Duration> gaps = new ArrayList<>();
        for (int i = 1; i < sweeps.size(); i++) {
            gaps.add(Duration.between(sweeps.get(i - 1), sweeps.get(i)));
        }
        return gaps;
    }

    private static Row longest(String what, List<Duration> times) {
        Duration longest = times.stream().max(Duration::compareTo).orElse(Duration.ZERO);
        Duration allowed = Poll.onThisMachine(SESSION_TIMEOUT.plus(TO_TAKE_OVER));
        return Row.of(
                what,
                "at most %d s, the session time-out and what taking over takes".formatted(allowed.toSeconds()),
                "%.1f s".formatted(longest.toMillis() / 1000.0),
                !times.isEmpty() && longest.compareTo(allowed) <= 0);
    }

    private Row busiest() {
        int most = environment.emr().truth().mostRequestsInAnySecond(Operation.LIST_SESSIONS);
        int applicationsMost = environment.emr().truth().mostRequestsInAnySecond(Operation.LIST_APPLICATIONS);
        return Row.of(
                "most ListSessions and ListApplications requests in any second",
                "1, 1",
                most + ", " + applicationsMost,
                most == 1 && applicationsMost == 1);
    }

    @Override
    public void close() {
        watch.close();
        fleet.close();
        workload.close();
        environment.close();
    }
}
