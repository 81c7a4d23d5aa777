package io.sessionevents.local.command.campaign;

import io.sessionevents.local.Poll;
import io.sessionevents.local.judge.BudgetNeverExceeded;
import io.sessionevents.local.judge.Promise;
import io.sessionevents.local.judge.Row;
import io.sessionevents.local.judge.Standstills;
import io.sessionevents.local.scenario.Campaign;
import io.sessionevents.local.scenario.Run;
import io.sessionevents.local.scenario.workload.Workload;
import io.sessionevents.local.simulator.Faults;
import io.sessionevents.local.simulator.SimulatedEmrServerless;
import io.sessionevents.local.simulator.Truth;
import io.sessionevents.local.testbed.ChildProcess;
import io.sessionevents.local.testbed.LocalEnvironment;
import io.sessionevents.local.testbed.ServiceProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Instances in JVMs of their own that are stopped, killed, started and frozen: together they never make more calls than the
 * budget allows, and in quiet times nearly as many.
 */
final class FleetCampaign implements AutoCloseable {
    /** Per call and second, so that there is always one that may be looked at. */
    private static final double SESSIONS = 8;

    private static final int LEAST_SESSIONS = 200;
    private static final double USED = 0.94;
    private static final Duration LATENCY = Duration.ofMillis(50);

    /** Longer than the session time-out of 20 s. */
    private static final Duration FROZEN = Duration.ofSeconds(30);

    private static final Duration STEADY = Duration.ofSeconds(60);
    private static final Duration TO_ARCHIVE = Duration.ofMinutes(2);

    /** As light as can be: a dozen of them share the machine with broker and judge. */
    private static final String JAVA_OPTIONS =
            "-Xmx128m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:CICompilerCount=1 -Xshare:auto";

    /**
     * What is tried.
     *
     * @param rate lookups per second of all instances together
     * @param stops how often one is stopped and started again
     * @param freezes how often one is frozen for longer than the session time-out
     */
    record Plan(int instances, double rate, int stops, int freezes) {
        int sessions() {
            return Math.max(LEAST_SESSIONS, (int) (SESSIONS * rate));
        }
    }

    private final Run run;
    private final Plan plan;
    private final Path home;
    private final Random random;
    private final LocalEnvironment environment;
    private final List<ChildProcess> instances = new ArrayList<>();
    private final Workload population;
    private final Standstills standstills = new Standstills();
    private String options = JAVA_OPTIONS;

    private FleetCampaign(Run run, Plan plan) throws IOException, InterruptedException {
        this.run = run;
        this.plan = plan;
        this.home = ServiceProcess.builtDistribution();
        this.random = new Random(run.seed());
        this.environment = LocalEnvironment.start(
                0, 0, run.directory(), new SimulatedEmrServerless.Options(1e9, 1_000_000, LATENCY, Faults.NONE));
        this.population = Workload.of(environment, run.seed(), 1);
    }

    static Campaign of(Plan plan) {
        return run -> {
            try (var fleet = new FleetCampaign(run, plan)) {
                return fleet.run();
            }
        };
    }

    private Campaign.Result run() throws IOException, InterruptedException {
        population.mixed(plan.sessions());
        archiveClasses();
        for (int i = 0; i < plan.instances(); i++) {
            instances.add(start(i));
        }
        run.say("%d instances, %d sessions, %s lookups/s".formatted(plan.instances(), plan.sessions(), plan.rate()));
        double before = steady();
        disturb();
        double after = steady();
        var truth = environment.emr().truth();
        writeRequests(truth);
        var events = environment.events();
        return Campaign.Result.of(List.of(
                busiestSecond(truth),
                Row.of(
                        "share of the budget used in quiet, before and after",
                        "at least %.0f %%".formatted(100 * USED),
                        "%.1f %%, %.1f %%".formatted(100 * before, 100 * after),
                        Math.min(before, after) >= USED),
                Campaign.events(population.evidence(events).violations(Promise.ALWAYS), events.size())));
    }

    private Row busiestSecond(Truth truth) {
        int allowed = new BudgetNeverExceeded(plan.rate()).allowed();
        int certain = standstills.mostForCertain(truth.requests());
        return Row.of(
                "most requests in any second, %d stops and starts, %d freezes of %d s"
                        .formatted(plan.stops(), plan.freezes(), FROZEN.toSeconds()),
                "at most " + allowed,
                "%d; for certain %d, because the judge itself stood still for up to %d ms"
                        .formatted(
                                truth.mostRequestsInAnySecond(),
                                certain,
                                standstills.longest().toMillis()),
                certain <= allowed);
    }

    /** When each request came, to see why if there were too many. */
    private void writeRequests(Truth truth) throws IOException {
        Path file = run.directory().resolve("requests.txt");
        Files.write(
                file,
                truth.requests().stream()
                        .map(request -> request.at().toString())
                        .toList());
        run.say("when each request came: %s".formatted(file));
    }

    /** The instances start more cheaply from an archive of their classes, which a first one writes at its end. */
    private void archiveClasses() throws IOException, InterruptedException {
        Path archive = run.directory().resolve("classes.jsa");
        try (ChildProcess first = start(0, " -XX:ArchiveClassesAtExit=" + archive)) {
            if (!Poll.within(
                    TO_ARCHIVE, () -> environment.emr().truth().requests().size() > plan.rate())) {
                throw new IOException("the first instance makes no lookup: " + first.log());
            }
            int _ = first.terminate(TO_ARCHIVE);
        }
        options = JAVA_OPTIONS + " -XX:SharedArchiveFile=" + archive;
    }

    /** Waits until all is quiet and measures: the share of the budget that is used. */
    private double steady() throws InterruptedException {
        boolean quiet = Poll.within(Duration.ofMinutes(2), () -> {
            Instant now = Instant.now();
            return environment.emr().truth().rate(now.minusSeconds(20), now) > USED * plan.rate();
        });
        Instant from = Instant.now();
        Poll.pause(STEADY);
        double share = environment.emr().truth().rate(from, from.plus(STEADY)) / plan.rate();
        run.say("quiet: %s, %.1f %% of the budget used in %d s".formatted(quiet, 100 * share, STEADY.toSeconds()));
        return share;
    }

    private void disturb() throws IOException, InterruptedException {
        List<Boolean> freezes = new ArrayList<>(Collections.nCopies(plan.stops(), false));
        freezes.addAll(Collections.nCopies(plan.freezes(), true));
        Collections.shuffle(freezes, random);
        for (boolean freeze : freezes) {
            int victim = random.nextInt(plan.instances());
            if (freeze) {
                freeze(victim);
            } else {
                restart(victim, random.nextBoolean());
            }
            Poll.pause(Duration.ofSeconds(10 + random.nextInt(15)));
            run.say("most requests in any second so far: %d"
                    .formatted(environment.emr().truth().mostRequestsInAnySecond()));
        }
    }

    private void freeze(int victim) throws IOException, InterruptedException {
        run.say("instance %d: SIGSTOP, and SIGCONT after %d s".formatted(victim, FROZEN.toSeconds()));
        instances.get(victim).freeze();
        Poll.pause(FROZEN);
        instances.get(victim).thaw();
    }

    private void restart(int victim, boolean kill) throws IOException, InterruptedException {
        run.say("instance %d: %s, and started again".formatted(victim, kill ? "SIGKILL" : "SIGTERM"));
        if (kill) {
            instances.get(victim).kill();
        } else {
            instances.get(victim).terminate(Duration.ofSeconds(30));
        }
        Poll.pause(Duration.ofSeconds(1 + random.nextInt(10)));
        instances.set(victim, start(victim));
    }

    private ChildProcess start(int number) throws IOException {
        return start(number, "");
    }

    private ChildProcess start(int number, String moreOptions) throws IOException {
        Map<String, String> settings = new HashMap<>(environment.settings());
        settings.put(
                "kafka.state.dir", run.directory().resolve("state-" + number).toString());
        settings.put("budget.get-session", Double.toString(plan.rate()));
        return ServiceProcess.start(home, run.directory(), "instance-" + number, settings, options + moreOptions);
    }

    @Override
    public void close() {
        standstills.close();
        instances.forEach(ChildProcess::close);
        population.close();
        environment.close();
    }
}
