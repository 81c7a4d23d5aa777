package io.sessionevents.local.command.campaign;

import io.sessionevents.local.Poll;
import io.sessionevents.local.judge.Promise;
import io.sessionevents.local.judge.consumer.ObservedChange;
import io.sessionevents.local.scenario.ForeignPublisher;
import io.sessionevents.local.scenario.Workload;
import io.sessionevents.local.simulator.Fault;
import io.sessionevents.local.simulator.Faults;
import io.sessionevents.local.simulator.SessionKey;
import io.sessionevents.local.simulator.SimulatedEmrServerless;
import io.sessionevents.local.simulator.Truth;
import io.sessionevents.local.testbed.LocalEnvironment;
import io.sessionevents.local.testbed.RunningService;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/** One instance, 200 sessions, 9.5 lookups per second, and trouble: throttling, resets and silence at AWS, no registry. */
final class Troubles implements AutoCloseable {
    private static final double RATE = 9.5;
    private static final int SESSIONS = 200;
    private static final Duration LATENCY = Duration.ofMillis(50);
    private static final int WAITING = 20;
    private static final Duration OUTAGE = Duration.ofMinutes(1);

    /** Time from one look at a session to the next in ordinary times. */
    private static final Duration INTERVAL = Duration.ofMillis((long) (1000 * SESSIONS / RATE));

    private static final Set<Promise> PROMISES =
            Promise.alwaysAnd(Promise.EVERY_CHANGE_REPORTED, Promise.NOBODY_STARVES);

    private final Campaign campaign;
    private final LocalEnvironment environment;
    private final RunningService running;
    private final Workload population;

    private Troubles(Campaign campaign, Path directory) throws IOException, InterruptedException {
        this.campaign = campaign;
        environment = LocalEnvironment.start(
                0, 0, directory, new SimulatedEmrServerless.Options(1e9, 1_000_000, LATENCY, Faults.NONE));
        running = RunningService.start(environment, Map.of("budget.get-session", Double.toString(RATE)));
        population = Workload.of(environment, campaign.seed(), 2);
        population.mixed(SESSIONS);
        boolean steady = Poll.within(
                Duration.ofMinutes(1),
                () -> Campaign.rate(truth(), Instant.now().minusSeconds(20), Instant.now()) > 0.94 * RATE);
        campaign.say("%d sessions, %s lookups/s, steady: %s".formatted(SESSIONS, RATE, steady));
    }

    /** All calls throttled for 30 s, half of them for 30 s, then none. */
    static boolean throttling(Campaign campaign, Path directory) throws IOException, InterruptedException {
        try (var run = new Troubles(campaign, directory)) {
            return run.throttling();
        }
    }

    /** Every connection is closed without an answer for a minute. */
    static boolean outage(Campaign campaign, Path directory) throws IOException, InterruptedException {
        try (var run = new Troubles(campaign, directory)) {
            return run.gone(Fault.RESET, 0.05);
        }
    }

    /** No answer at all for a minute. */
    static boolean silence(Campaign campaign, Path directory) throws IOException, InterruptedException {
        try (var run = new Troubles(campaign, directory)) {
            return run.gone(Fault.SILENCE, 0.05);
        }
    }

    /** No registry for a minute, while ids come in under a schema that the service has not seen. */
    static boolean registry(Campaign campaign, Path directory) throws IOException, InterruptedException {
        try (var run = new Troubles(campaign, directory);
                var foreign = ForeignPublisher.registered(run.environment)) {
            return run.withoutRegistry(foreign);
        }
    }

    private boolean withoutRegistry(ForeignPublisher foreign) throws IOException, InterruptedException {
        environment.registry().stop();
        Instant gone = Instant.now();
        List<SessionKey> waiting = population.unpublished(WAITING);
        waiting.forEach(foreign::publish);
        Poll.pause(OUTAGE);
        environment.registry().start();
        Instant back = Instant.now();
        waiting.forEach(key -> population.observableSince(key, back));
        Poll.pause(INTERVAL.multipliedBy(3));
        long eventsMeanwhile = environment.events().stream()
                .filter(event ->
                        event.observedAt().isAfter(gone) && event.observedAt().isBefore(back))
                .count();
        Set<SessionKey> reported =
                environment.events().stream().map(ObservedChange::key).collect(Collectors.toSet());
        boolean kept = campaign.row(
                "no registry for %d s: events of sessions tracked before".formatted(OUTAGE.toSeconds()),
                "they go on",
                eventsMeanwhile + " events meanwhile",
                eventsMeanwhile > 0);
        kept &= campaign.row(
                "%d ids published meanwhile under an unknown schema".formatted(WAITING),
                "tracked when it is back",
                waiting.stream().filter(reported::contains).count() + " tracked",
                reported.containsAll(waiting));
        int deadLetters = environment.deadLetters().size();
        kept &= campaign.row("dead letters", "0", Integer.toString(deadLetters), deadLetters == 0);
        kept &= judge();
        return kept;
    }

    private boolean throttling() throws IOException, InterruptedException {
        Instant storm = Instant.now();
        environment.emr().behave(Faults.always(Fault.THROTTLED));
        Poll.pause(Duration.ofSeconds(30));
        environment.emr().behave(Faults.drawn(new Random(campaign.seed()), 0.5, Fault.THROTTLED));
        Poll.pause(Duration.ofSeconds(30));
        environment.emr().behave(Faults.NONE);
        Instant calm = Instant.now();
        Poll.pause(Duration.ofSeconds(80));
        Truth truth = truth();
        double inStorm = Campaign.rate(truth, storm.plusSeconds(5), storm.plusSeconds(30));
        double halved = Campaign.rate(truth, storm.plusSeconds(3), storm.plusSeconds(8));
        long back = secondsUntilBack(truth, calm);
        boolean kept = campaign.row(
                "all throttled: requests per second from the 3rd to the 8th second, and from the 5th to the 30th",
                "at most half of %s".formatted(RATE),
                "%.1f, %.1f".formatted(halved, inStorm),
                Math.max(halved, inStorm) <= RATE / 2);
        kept &= campaign.row(
                "after the storm: seconds until ten of them used 95 % of the budget",
                "at most 60", Long.toString(back), back <= 60);
        kept &= judge();
        return kept;
    }

    /** Seconds from then to the end of the first ten that used 95 % of the budget. */
    private static long secondsUntilBack(Truth truth, Instant calm) {
        for (long second = 10; second <= 80; second++) {
            Instant end = calm.plusSeconds(second);
            if (Campaign.rate(truth, end.minusSeconds(10), end) >= 0.95 * RATE) {
                return second;
            }
        }
        return Long.MAX_VALUE;
    }

    private boolean gone(Fault how, double allowed) throws IOException, InterruptedException {
        Instant gone = Instant.now();
        environment.emr().behave(Faults.always(how));
        Poll.pause(OUTAGE);
        environment.emr().behave(Faults.NONE);
        Instant back = Instant.now();
        Poll.pause(INTERVAL.multipliedBy(3));
        Truth truth = truth();
        long calls = Campaign.count(truth, gone, back);
        double share = calls / (RATE * OUTAGE.toSeconds());
        // An answer given right before the outage may be observed right after its begin.
        long eventsMeanwhile = environment.events().stream()
                .filter(event -> event.observedAt().isAfter(gone.plusSeconds(1))
                        && event.observedAt().isBefore(back))
                .count();
        Duration caughtUp = caughtUp(truth, back);
        Duration promised = INTERVAL.multipliedBy(2);
        boolean kept = campaign.row(
                "%s for %d s: share of the budget spent".formatted(how, OUTAGE.toSeconds()),
                "below %.0f %%".formatted(100 * allowed),
                "%.1f %% (%d requests)".formatted(100 * share, calls),
                share < allowed);
        kept &= campaign.row("events meanwhile", "0", Long.toString(eventsMeanwhile), eventsMeanwhile == 0);
        kept &= campaign.row(
                "after it: seconds until every session was looked at",
                "at most %.1f, an interval and backlog/rate".formatted(promised.toMillis() / 1000.0),
                "%.1f".formatted(caughtUp.toMillis() / 1000.0),
                caughtUp.compareTo(promised) <= 0);
        kept &= judge();
        return kept;
    }

    /** Time until every session that had not ended was looked at. */
    private Duration caughtUp(Truth truth, Instant back) {
        Set<SessionKey> missing = new HashSet<>(population.published().keySet());
        truth.sessions().forEach((key, life) -> {
            if (life.getLast().from().isBefore(back)
                    && Set.of("TERMINATED", "FAILED").contains(life.getLast().state())) {
                missing.remove(key);
            }
        });
        for (Truth.Request request : truth.requests()) {
            if (request.at().isAfter(back) && request.honest() && missing.remove(request.key()) && missing.isEmpty()) {
                return Duration.between(back, request.at());
            }
        }
        return Duration.ofDays(1);
    }

    /** Also that no state was lost that AWS showed, and that every session was looked at. */
    private boolean judge() throws IOException, InterruptedException {
        List<ObservedChange> events = environment.events();
        var evidence = population.evidence(events);
        campaign.say("%d states were shown and had to be reported".formatted(evidence.observable()));
        return campaign.rowWithoutViolations(evidence.violations(PROMISES), events.size());
    }

    private Truth truth() {
        return environment.emr().truth();
    }

    @Override
    public void close() throws IOException {
        population.close();
        running.close();
        environment.close();
    }
}
