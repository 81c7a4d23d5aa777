package io.sessionevents.tracking;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.session.CallBudget;
import io.sessionevents.session.LookupSchedule.NextLook;
import io.sessionevents.session.SessionKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The queue, the budget and the weights together in virtual time: the budget is spent whole and nobody starves. */
class ScheduleSimulationTest {
    private static final long SECOND = 1_000_000_000L;
    private static final double RATE = 9.5;
    private static final Duration MINIMUM = Duration.ofSeconds(2);
    private static final double[] WEIGHTS = {3, 2, 2, 1.5, 1.5, 1.5};

    private final AtomicLong now = new AtomicLong();
    private final CallBudget budget = new CallBudget(now::get);
    private final LookupQueue<String> queue = new LookupQueue<>();
    private final Map<SessionKey, Followed> followed = new HashMap<>();

    private record Followed(double weight, List<Long> looks) {}

    private record Answer(long at, SessionKey key) {}

    @ParameterizedTest
    @ValueSource(ints = {12, 19, 50, 200, 2000})
    void shouldSpendTheBudgetWholeAndTreatEqualSessionsEqually(int sessions) {
        Duration time = Duration.ofSeconds(Math.max(600, sessions * 3L));
        follow(sessions);

        int calls = run(time);

        double possible = Math.min(RATE, sessions / (MINIMUM.toMillis() / 1000.0 + 0.1));
        assertThat(calls / (double) time.toSeconds())
                .as("lookups per second with %s sessions", sessions)
                .isBetween(0.95 * possible, RATE);
        followed.values().stream().map(Followed::weight).distinct().forEach(this::assertEvenIntervals);
    }

    private void follow(int sessions) {
        budget.allow(RATE);
        for (int i = 0; i < sessions; i++) {
            SessionKey key = new SessionKey("app", "s" + i);
            double weight = WEIGHTS[i % WEIGHTS.length];
            followed.put(key, new Followed(weight, new ArrayList<>()));
            queue.add("lane", key, new NextLook(weight, Duration.ZERO, null), RATE, now.get());
        }
    }

    /** Answers come after 100 ms, as a call to AWS does. */
    private int run(Duration time) {
        int calls = 0;
        var answers = new PriorityQueue<Answer>((a, b) -> Long.compare(a.at(), b.at()));
        while (now.get() < time.toNanos()) {
            while (!answers.isEmpty() && answers.element().at() <= now.get()) {
                SessionKey key = answers.remove().key();
                queue.add("lane", key, new NextLook(session(key).weight(), MINIMUM, null), RATE, now.get());
            }
            long wait = queue.nanosUntilNext(now.get());
            if (wait == 0) {
                wait = budget.tryAcquire();
            }
            if (wait == 0) {
                var entry = requireNonNull(queue.take(now.get()));
                session(entry.key).looks().add(now.get());
                answers.add(new Answer(now.get() + SECOND / 10, entry.key));
                calls++;
            } else {
                long nextAnswer =
                        answers.isEmpty() ? Long.MAX_VALUE : answers.element().at() - now.get();
                now.addAndGet(Math.min(wait, nextAnswer));
            }
        }
        return calls;
    }

    private void assertEvenIntervals(double weight) {
        List<Long> intervals = new ArrayList<>();
        followed.values().stream().filter(session -> session.weight() == weight).forEach(session -> {
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

    private Followed session(SessionKey key) {
        return requireNonNull(followed.get(key));
    }
}
