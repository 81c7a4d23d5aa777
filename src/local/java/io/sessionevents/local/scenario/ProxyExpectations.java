package io.sessionevents.local.scenario;

import static java.util.Objects.requireNonNull;

import io.sessionevents.health.Health.Check;
import io.sessionevents.local.Poll;
import io.sessionevents.local.judge.Interval;
import io.sessionevents.local.judge.Row;
import io.sessionevents.local.simulator.Phase;
import io.sessionevents.local.simulator.SessionKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What is expected where somebody answers in AWS's place. */
public final class ProxyExpectations {
    /** An attempt whose answer says something about a session. */
    private static final String VERDICTS =
            "session_events_lookup_attempts_total\\{outcome=\"(?:not-found|access-denied|validation)\"[^}]*}";

    private ProxyExpectations() {}

    /** Told, not promised. */
    public static Row spent(OneInstance world, Interval trouble) {
        return Row.of(
                "a proxy for %d s: share of the budget spent"
                        .formatted(trouble.length().toSeconds()),
                "told, not promised",
                Expectations.spent(world, trouble),
                true);
    }

    /** Nobody takes a page for AWS's word about a session. */
    public static Row noVerdicts(OneInstance world, Interval trouble) {
        double verdicts = world.running().metric(VERDICTS);
        return Row.of(
                "answers taken for not found, denied or rejected",
                "0",
                Long.toString(Math.round(verdicts)),
                verdicts == 0);
    }

    /** The health says that AWS did not answer. */
    public static final class Health implements Expectation {
        private @Nullable Check seen;

        @Override
        public void during(OneInstance world) {
            seen = world.service().surroundingsChecks().stream()
                    .filter(check -> check.name().equals("aws"))
                    .findFirst()
                    .orElseThrow();
        }

        @Override
        public Row row(OneInstance world, Interval trouble) {
            Check health = requireNonNull(seen);
            return Row.of(
                    "health meanwhile",
                    "not up, and says that AWS did not answer",
                    health.up() ? "up" : health.detail().replaceAll(":.*", ""),
                    !health.up() && health.detail().contains("not AWS's"));
        }
    }

    /** Soon after it, every session is at its true state. */
    public static final class CaughtUp implements Expectation {
        /** The circuit asks again after this time. */
        private static final Duration CIRCUIT_PAUSE = Duration.ofSeconds(5);

        private @Nullable Duration took;
        private int left;

        @Override
        public void after(OneInstance world, Interval trouble) throws InterruptedException {
            Instant back = trouble.to();
            if (Poll.within(promised(world), () -> wrong(world, back).isEmpty())) {
                took = Duration.between(back, Instant.now());
            } else {
                left = wrong(world, back).size();
            }
        }

        private static Duration promised(OneInstance world) {
            return world.interval().multipliedBy(2).plus(CIRCUIT_PAUSE);
        }

        @Override
        public Row row(OneInstance world, Interval trouble) {
            return Row.of(
                    "after it: seconds until all %d sessions were at their true state".formatted(world.sessions()),
                    "at most %.1f, two rounds and the circuit's pause"
                            .formatted(promised(world).toMillis() / 1000.0),
                    took == null ? left + " were not" : "%.1f".formatted(took.toMillis() / 1000.0),
                    took != null);
        }

        /** The sessions whose last event is none of the states that they were in during the last round. */
        private static Set<SessionKey> wrong(OneInstance world, Instant back) {
            Instant now = Instant.now();
            Instant round = now.minus(world.interval());
            Instant since = round.isBefore(back) ? back : round;
            Map<SessionKey, List<Phase>> lives = world.truth().sessions();
            Map<SessionKey, String> reported = world.reported();
            return world.workload().published().keySet().stream()
                    .filter(key -> !statesSince(lives.getOrDefault(key, List.of()), since, now)
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
    }
}
