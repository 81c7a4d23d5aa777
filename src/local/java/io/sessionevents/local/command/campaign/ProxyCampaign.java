package io.sessionevents.local.command.campaign;

import io.sessionevents.health.Health.Check;
import io.sessionevents.local.Poll;
import io.sessionevents.local.judge.Promise;
import io.sessionevents.local.judge.consumer.ObservedChange;
import io.sessionevents.local.scenario.Workload;
import io.sessionevents.local.simulator.Faults;
import io.sessionevents.local.simulator.Phase;
import io.sessionevents.local.simulator.SessionKey;
import io.sessionevents.local.simulator.SimulatedEmrServerless;
import io.sessionevents.local.simulator.Truth;
import io.sessionevents.local.testbed.LocalEnvironment;
import io.sessionevents.local.testbed.RunningService;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One instance, 9.5 lookups per second, and a proxy that answers 404, 403, 407 and 502 with a page in AWS's place. */
final class ProxyCampaign implements AutoCloseable {
    private static final double RATE = 9.5;
    private static final Duration LATENCY = Duration.ofMillis(50);

    /** The circuit asks again after this time. */
    private static final Duration CIRCUIT_PAUSE = Duration.ofSeconds(5);

    /** An attempt whose answer says something about a session. */
    private static final Pattern VERDICTS = Pattern.compile(
            "session_events_lookup_attempts_total\\{outcome=\"(?:not-found|access-denied|validation)\"} ([0-9.E]+)");

    private final Campaign campaign;
    private final int sessions;
    private final Duration round;
    private final LocalEnvironment environment;
    private final RunningService running;
    private final Workload population;

    ProxyCampaign(Campaign campaign, Path directory, int sessions) throws IOException, InterruptedException {
        this.campaign = campaign;
        this.sessions = sessions;
        round = Duration.ofMillis((long) (1000 * sessions / RATE));
        environment = LocalEnvironment.start(
                0, 0, directory, new SimulatedEmrServerless.Options(1e9, 1_000_000, LATENCY, Faults.NONE));
        running = RunningService.start(environment, Map.of("budget.get-session", Double.toString(RATE)));
        population = Workload.of(environment, campaign.seed(), 2);
    }

    /** @param time how long the proxy answers */
    boolean run(Duration time) throws IOException, InterruptedException {
        population.mixed(sessions);
        boolean seen = Poll.within(
                round.multipliedBy(4).plusSeconds(30), () -> reported().size() == sessions);
        campaign.say("%d sessions, all seen: %s".formatted(sessions, seen));

        Instant begin = Instant.now();
        environment.emr().behave(Faults.proxy(new Random(campaign.seed())));
        Poll.pause(time);
        Check health = health();
        environment.emr().behave(Faults.NONE);
        Instant back = Instant.now();
        Duration promised = round.multipliedBy(2).plus(CIRCUIT_PAUSE);
        boolean caughtUp = Poll.within(promised, () -> wrong(back).isEmpty());
        Duration took = Duration.between(back, Instant.now());

        boolean kept = during(begin, back, health);
        kept &= campaign.row(
                "after it: seconds until all %d sessions were at their true state".formatted(sessions),
                "at most %.1f, two rounds and the circuit's pause".formatted(promised.toMillis() / 1000.0),
                caughtUp
                        ? "%.1f".formatted(took.toMillis() / 1000.0)
                        : wrong(back).size() + " were not",
                caughtUp);
        kept &= judge();
        return kept;
    }

    private boolean during(Instant begin, Instant back, Check health) throws IOException {
        long calls = Campaign.count(truth(), begin, back);
        double share = calls / (RATE * Duration.between(begin, back).toMillis() / 1000);
        boolean kept = campaign.row(
                "a proxy for %d s: share of the budget spent"
                        .formatted(Duration.between(begin, back).toSeconds()),
                "told, not promised",
                "%.1f %% (%d requests)".formatted(100 * share, calls),
                true);
        kept &= campaign.row(
                "health meanwhile",
                "not up, and says that AWS did not answer",
                health.up() ? "up" : health.detail().replaceAll(":.*", ""),
                !health.up() && health.detail().contains("not AWS's"));
        double verdicts = VERDICTS.matcher(running.service().metrics())
                .results()
                .mapToDouble(match -> Double.parseDouble(match.group(1)))
                .sum();
        kept &= campaign.row(
                "answers taken for not found, denied or rejected",
                "0",
                Long.toString(Math.round(verdicts)),
                verdicts == 0);
        int deadLetters = environment.deadLetters().size();
        kept &= campaign.row("sessions given up", "0", Integer.toString(deadLetters), deadLetters == 0);
        return kept;
    }

    private Check health() {
        return running.service().surroundingsChecks().stream()
                .filter(check -> check.name().equals("aws"))
                .findFirst()
                .orElseThrow();
    }

    /** The sessions whose last event is none of the states that they were in during the last round. */
    private Set<SessionKey> wrong(Instant back) {
        Truth truth = truth();
        Instant now = Instant.now();
        Instant since = now.minus(round).isBefore(back) ? back : now.minus(round);
        Map<SessionKey, String> reported = reported();
        return population.published().keySet().stream()
                .filter(key -> !statesSince(truth.sessions().getOrDefault(key, List.of()), since, now)
                        .contains(reported.getOrDefault(key, "")))
                .collect(Collectors.toSet());
    }

    private static Set<String> statesSince(List<Phase> life, Instant since, Instant now) {
        return life.stream()
                .filter(phase -> phase.from().isBefore(now))
                .filter(phase -> {
                    int next = life.indexOf(phase) + 1;
                    return next == life.size() || life.get(next).from().isAfter(since);
                })
                .map(Phase::state)
                .collect(Collectors.toSet());
    }

    /** The last reported state of each session. */
    private Map<SessionKey, String> reported() {
        Map<SessionKey, String> last = new HashMap<>();
        environment.events().forEach(event -> last.put(event.key(), event.rawState()));
        return last;
    }

    /** Also that no state was lost that AWS itself had shown. */
    private boolean judge() throws IOException, InterruptedException {
        Poll.pause(round);
        List<ObservedChange> events = environment.events();
        List<String> violations =
                population.evidence(events).violations(Promise.alwaysAnd(Promise.EVERY_CHANGE_REPORTED));
        return campaign.rowWithoutViolations(violations, events.size());
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
