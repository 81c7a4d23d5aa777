package io.sessionevents.calls;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.local.simulator.Phase;
import io.sessionevents.local.simulator.SessionFactory;
import io.sessionevents.local.simulator.SimulatedSession;
import io.sessionevents.session.LookupWeights;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.SessionState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The budget is spent whole, nobody starves, and changes are found about as soon as anyone could. */
class ScheduleSimulationTest {
    private static final double RATE = 9.5;
    private static final Duration MINIMUM = Duration.ofSeconds(2);
    private static final double[] WEIGHTS = {3, 2, 2, 1.5, 1.5, 1.5};
    private static final long SEED = 42;

    private record Tracked(double weight, List<Long> looks) {}

    @ParameterizedTest
    @ValueSource(ints = {12, 19, 50, 200, 2000})
    void shouldSpendTheBudgetWholeAndTreatEqualSessionsEqually(int sessions) throws InterruptedException {
        Duration time = Duration.ofSeconds(Math.max(600, sessions * 3L));
        Map<SessionKey, Tracked> tracked = new HashMap<>();
        var simulation = new ScheduleSimulation(RATE, MINIMUM, (key, now) -> {
            Tracked session = requireNonNull(tracked.get(key));
            session.looks().add(now);
            return session.weight();
        });
        for (int i = 0; i < sessions; i++) {
            SessionKey key = new SessionKey("app", "s" + i);
            double weight = WEIGHTS[i % WEIGHTS.length];
            tracked.put(key, new Tracked(weight, new ArrayList<>()));
            simulation.track(key, weight);
        }

        double used = simulation.run(time) / (double) time.toSeconds();

        double everyoneAtTheMinimum =
                sessions / (MINIMUM.plus(ScheduleSimulation.CALL).toMillis() / 1000.0);
        assertThat(used)
                .as("lookups per second with %s sessions", sessions)
                .isBetween(0.95 * Math.min(RATE, everyoneAtTheMinimum), RATE);
        tracked.values().stream()
                .map(Tracked::weight)
                .distinct()
                .forEach(weight -> assertEvenIntervals(weight, tracked));
    }

    private static void assertEvenIntervals(double weight, Map<SessionKey, Tracked> tracked) {
        List<Long> intervals = new ArrayList<>();
        tracked.values().stream().filter(session -> session.weight() == weight).forEach(session -> {
            List<Long> times = session.looks();
            for (int i = times.size() / 2; i < times.size() - 1; i++) {
                intervals.add(times.get(i + 1) - times.get(i));
            }
        });
        double mean = intervals.stream().mapToLong(Long::longValue).average().orElseThrow();
        long longest = intervals.stream().mapToLong(Long::longValue).max().orElseThrow();
        assertThat(longest / mean)
                .as("longest interval of weight %s over their mean", weight)
                .isLessThan(1.3);
    }

    @ParameterizedTest
    @ValueSource(ints = {12, 200, 2000})
    void shouldFindChangesAboutAsSoonAsPlainRoundRobin(int sessions) throws InterruptedException {
        double byWeight = meanLagSeconds(sessions, phase -> LookupWeights.UNSWEPT.of(SessionState.of(phase.state())));
        double roundRobin = meanLagSeconds(sessions, phase -> 1);

        System.out.printf(
                "%d sessions at %s/s: mean detection lag %.2f s, plain round robin %.2f s, ratio %.2f (seed %d)%n",
                sessions, RATE, byWeight, roundRobin, byWeight / roundRobin, SEED);
        assertThat(byWeight / roundRobin).isLessThan(1.15);
    }

    /** Sessions that live as real ones do; a new one takes the place of one that has ended. */
    private static double meanLagSeconds(int sessions, ToDoubleFunction<Phase> weight) throws InterruptedException {
        var factory = new SessionFactory(new Random(SEED), 1);
        Map<SessionKey, Life> lives = new HashMap<>();
        List<Duration> lags = new ArrayList<>();
        var simulation = new ScheduleSimulation(
                RATE,
                MINIMUM,
                (key, now) ->
                        weight.applyAsDouble(requireNonNull(lives.get(key)).look(at(now), factory, lags)));
        var places = new Random(SEED);
        for (int i = 0; i < sessions; i++) {
            SessionKey place = new SessionKey("app", "place" + i);
            lives.put(place, new Life(factory.living(at(0).minusSeconds(places.nextInt(600)))));
            simulation.track(place, 1);
        }
        simulation.run(Duration.ofHours(2));
        return lags.stream().mapToLong(Duration::toMillis).average().orElseThrow() / 1000;
    }

    private static Instant at(long nanos) {
        return Instant.EPOCH.plusSeconds(1_000_000).plusNanos(nanos);
    }

    /** What a place's present session has been through, and how much of it was seen. */
    private static final class Life {
        private SimulatedSession session;
        private int seen;

        Life(SimulatedSession session) {
            this.session = session;
            this.seen = -1;
        }

        Phase look(Instant now, SessionFactory factory, List<Duration> lags) {
            List<Phase> phases = session.phases();
            boolean first = seen < 0;
            while (seen + 1 < phases.size() && !phases.get(seen + 1).from().isAfter(now)) {
                seen++;
                if (!first) {
                    lags.add(Duration.between(phases.get(seen).from(), now));
                }
            }
            Phase current = phases.get(seen);
            if (seen == phases.size() - 1) {
                session = factory.living(now);
                seen = -1;
            }
            return current;
        }
    }
}
