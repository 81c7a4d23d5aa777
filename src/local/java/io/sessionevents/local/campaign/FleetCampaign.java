package io.sessionevents.local.campaign;

import io.sessionevents.local.ChildProcess;
import io.sessionevents.local.LocalEnvironment;
import io.sessionevents.local.ServiceProcess;
import io.sessionevents.local.emr.Faults;
import io.sessionevents.local.emr.SimulatedEmrServerless;
import java.io.IOException;
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
 * Three instances in three JVMs that are stopped, killed, started and frozen: together they never make more calls than the
 * budget allows, and in quiet times nearly as many.
 */
final class FleetCampaign implements AutoCloseable {
    private static final double RATE = 40;
    private static final int SESSIONS = 600;
    private static final int INSTANCES = 3;
    private static final int STOPS = 10;
    private static final int FREEZES = 3;
    private static final Duration LATENCY = Duration.ofMillis(50);

    /** Longer than the session time-out of 20 s. */
    private static final Duration FROZEN = Duration.ofSeconds(30);

    private static final Duration STEADY = Duration.ofSeconds(60);
    private static final String JAVA_OPTIONS = "-Xmx256m -XX:+UseSerialGC";

    private final Campaign campaign;
    private final Path directory;
    private final Path home;
    private final Random random;
    private final LocalEnvironment environment;
    private final List<ChildProcess> instances = new ArrayList<>();

    FleetCampaign(Campaign campaign, Path directory) throws IOException, InterruptedException {
        this.campaign = campaign;
        this.directory = directory;
        this.home = ServiceProcess.builtDistribution();
        this.random = new Random(campaign.seed());
        this.environment = LocalEnvironment.start(
                0, 0, directory, new SimulatedEmrServerless.Options(1e9, 1_000_000, LATENCY, Faults.NONE));
    }

    boolean run() throws IOException, InterruptedException {
        for (int i = 0; i < INSTANCES; i++) {
            instances.add(start(i));
        }
        var population = new Population(environment, campaign.seed(), 1);
        population.publish(SESSIONS);
        campaign.say("%d instances, %d sessions, %.0f lookups/s".formatted(INSTANCES, SESSIONS, RATE));
        double before = steady();
        disturb();
        double after = steady();
        int most = environment.emr().truth().mostRequestsInAnySecond();
        var events = population.events();
        boolean kept = campaign.row(
                "most requests in any second, %d stops and starts, %d freezes of %d s"
                        .formatted(STOPS, FREEZES, FROZEN.toSeconds()),
                "at most %.0f".formatted(RATE + 1),
                Integer.toString(most),
                most <= RATE + 1);
        kept &= campaign.row(
                "share of the budget used in quiet, before and after",
                "at least 95 %",
                "%.1f %%, %.1f %%".formatted(100 * before, 100 * after),
                Math.min(before, after) >= 0.95);
        kept &= campaign.rowWithoutViolations(population.violations(events), events.size());
        return kept;
    }

    /** Waits until all is quiet and measures: the share of the budget that is used. */
    private double steady() {
        boolean quiet = Campaign.awaited(Duration.ofMinutes(2), () -> {
            Instant now = Instant.now();
            return Campaign.rate(environment.emr().truth(), now.minusSeconds(20), now) > 0.94 * RATE;
        });
        Instant from = Instant.now();
        Campaign.pause(STEADY);
        double share = Campaign.rate(environment.emr().truth(), from, from.plus(STEADY)) / RATE;
        campaign.say("quiet: %s, %.1f %% of the budget used in %d s".formatted(quiet, 100 * share, STEADY.toSeconds()));
        return share;
    }

    private void disturb() throws IOException, InterruptedException {
        List<Boolean> freezes = new ArrayList<>(Collections.nCopies(STOPS, false));
        freezes.addAll(Collections.nCopies(FREEZES, true));
        Collections.shuffle(freezes, random);
        for (boolean freeze : freezes) {
            int victim = random.nextInt(INSTANCES);
            if (freeze) {
                freeze(victim);
            } else {
                restart(victim, random.nextBoolean());
            }
            Campaign.pause(Duration.ofSeconds(10 + random.nextInt(15)));
            campaign.say("most requests in any second so far: %d"
                    .formatted(environment.emr().truth().mostRequestsInAnySecond()));
        }
    }

    private void freeze(int victim) throws IOException, InterruptedException {
        campaign.say("instance %d: SIGSTOP, and SIGCONT after %d s".formatted(victim, FROZEN.toSeconds()));
        instances.get(victim).freeze();
        Campaign.pause(FROZEN);
        instances.get(victim).thaw();
    }

    private void restart(int victim, boolean kill) throws IOException, InterruptedException {
        campaign.say("instance %d: %s, and started again".formatted(victim, kill ? "SIGKILL" : "SIGTERM"));
        if (kill) {
            instances.get(victim).kill();
        } else {
            instances.get(victim).terminate(Duration.ofSeconds(30));
        }
        Campaign.pause(Duration.ofSeconds(1 + random.nextInt(10)));
        instances.set(victim, start(victim));
    }

    private ChildProcess start(int number) throws IOException {
        Map<String, String> settings = new HashMap<>(environment.settings());
        settings.put("kafka.state.dir", directory.resolve("state-" + number).toString());
        settings.put("lookup.rate.per.second", Double.toString(RATE));
        return ServiceProcess.start(home, directory, "instance-" + number, settings, JAVA_OPTIONS);
    }

    @Override
    public void close() {
        instances.forEach(ChildProcess::close);
        environment.close();
    }
}
