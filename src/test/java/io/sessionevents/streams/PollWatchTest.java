package io.sessionevents.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PollWatchTest {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final long STEP = Duration.ofMillis(200).toNanos();

    private final PollWatch watch = new PollWatch(PATIENCE);
    private final Map<String, Double> polls = new HashMap<>();
    private long now = -STEP;

    @Test
    void shouldFindNothingWhileThreadsPoll() {
        observe(PATIENCE.multipliedBy(2), Map.of("one", 1.0, "two", 1.0));

        assertThat(watch.stuck()).isEmpty();
    }

    @Test
    void shouldFindAThreadThatPollsNoMore() {
        observe(PATIENCE, Map.of("busy", 1.0, "stuck", 0.0));
        assertThat(watch.stuck()).isEmpty();

        observe(Duration.ofSeconds(1), Map.of("busy", 1.0, "stuck", 0.0));
        assertThat(watch.stuck()).containsExactly("stuck");
    }

    @Test
    void shouldForgiveAThreadThatPollsAgain() {
        observe(PATIENCE.plusSeconds(1), Map.of("slow", 0.0));
        assertThat(watch.stuck()).containsExactly("slow");

        observe(Duration.ofNanos(STEP), Map.of("slow", 1.0));

        assertThat(watch.stuck()).isEmpty();
    }

    /** During a rebalance, a restoration or an outage of the broker the thread gets nothing, and polls on. */
    @Test
    void shouldNotMindARebalanceInWhichThreadsPollSlowly() {
        for (int rebalance = 0; rebalance < 4; rebalance++) {
            observe(PATIENCE.minusSeconds(10), Map.of("one", 0.0));
            observe(Duration.ofNanos(STEP), Map.of("one", 1.0));
        }

        assertThat(watch.stuck()).isEmpty();
    }

    @Test
    void shouldForgetAThreadThatWasReplaced() {
        observe(PATIENCE.plusSeconds(1), Map.of("dead", 0.0));
        assertThat(watch.stuck()).containsExactly("dead");

        observe(Duration.ofNanos(STEP), Map.of("new", 0.0));

        assertThat(watch.stuck()).isEmpty();
    }

    @Test
    void shouldNotCountTheTimeInWhichTheProcessWasFrozen() {
        observe(Duration.ofSeconds(1), Map.of("one", 1.0));
        now += PATIENCE.multipliedBy(3).toNanos();
        observe(Duration.ofNanos(STEP), Map.of("one", 0.0));

        assertThat(watch.stuck()).isEmpty();
    }

    /** Observes for that long, adding to the polls of each thread at each step. */
    private void observe(Duration duration, Map<String, Double> pollsPerStep) {
        for (long end = now + duration.toNanos(); now < end; ) {
            now += STEP;
            polls.keySet().retainAll(pollsPerStep.keySet());
            pollsPerStep.forEach((thread, more) -> polls.merge(thread, more, Double::sum));
            watch.observe(polls, now);
        }
    }
}
