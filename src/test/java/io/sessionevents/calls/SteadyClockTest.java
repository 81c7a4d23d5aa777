package io.sessionevents.calls;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.calls.SteadyClock.Reading;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SteadyClockTest {
    private static final long SECOND = 1_000_000_000L;

    private final AtomicLong monotonic = new AtomicLong(77);
    private final AtomicLong wall = new AtomicLong(1_800_000_000L * SECOND);
    private final SteadyClock clock = new SteadyClock(monotonic::get, wall::get);
    private final Reading begin = clock.read();

    @Test
    void shouldGoLikeTheMonotonicClockWhileBothAgree() {
        pass(100 * SECOND, 100 * SECOND);

        assertThat(elapsed()).isEqualTo(100 * SECOND);
        assertThat(clock.read().wall()).isEqualTo(wall.get());
        assertStepped(false);
    }

    @Test
    void shouldCountTheTimeOfASuspension() {
        pass(10 * SECOND, 10 * SECOND);
        pass(SECOND / 1000, 60 * SECOND);

        assertThat(elapsed()).isBetween(70 * SECOND - 1000, 70 * SECOND);
        assertStepped(true);
    }

    @Test
    void shouldCountManyShortSuspensions() {
        for (int i = 0; i < 1000; i++) {
            pass(1_000_000, 4_000_000);
        }

        assertThat(elapsed()).isBetween(4 * SECOND - SteadyClock.STEP_NANOS - SECOND / 1000, 4 * SECOND);
    }

    @ParameterizedTest
    @ValueSource(longs = {6_000_000, SECOND, 3600 * SECOND})
    void shouldIgnoreAStepBackOfTheWallClock(long step) {
        pass(10 * SECOND, 10 * SECOND);
        pass(SECOND, SECOND - step);
        pass(10 * SECOND, 10 * SECOND);

        assertThat(elapsed()).isEqualTo(21 * SECOND);
        assertThat(clock.read().steppedAt()).isEqualTo(begin.steady() + 11 * SECOND);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.0004, 0.0004})
    void shouldNotTakeAClockThatIsAdjustedForOneThatWasSet(double faster) {
        for (int i = 0; i < 10_000; i++) {
            pass(SECOND, (long) (SECOND * (1 + faster)));
        }

        assertStepped(false);
    }

    @Test
    void shouldNeverGoBackNorSlowerThanEitherClock() {
        long seed = 42;
        var random = new Random(seed);
        long last = begin.steady();
        long wallSteps = 0;
        for (int i = 0; i < 100_000; i++) {
            long passed = random.nextLong(SECOND);
            long step = random.nextInt(10) == 0 ? random.nextLong(-100 * SECOND, 100 * SECOND) : 0;
            pass(passed, passed + step);
            wallSteps += Math.max(0, step);
            long now = clock.getAsLong();
            assertThat(now - last).as("seed %s", seed).isGreaterThanOrEqualTo(passed);
            last = now;
        }
        assertThat(elapsed() - (monotonic.get() - 77)).isBetween((long) (0.999 * wallSteps), wallSteps);
    }

    /** Held up between two readings of the clocks, the thread reads again. */
    @Test
    void shouldNotTakeAThreadThatWasHeldUpForASuspension() {
        Deque<Long> readings = new ArrayDeque<>(List.of(0L, 0L, 10L, 10L + SECOND, 10L + SECOND));
        AtomicLong told = new AtomicLong();
        var heldUp = new SteadyClock(
                () -> readings.size() > 1 ? readings.removeFirst() : readings.element(), told::incrementAndGet);
        heldUp.read();

        assertThat(heldUp.read().steady()).isEqualTo(10L + SECOND);
        assertThat(told).hasValue(3);
    }

    private void pass(long monotonicNanos, long wallNanos) {
        monotonic.addAndGet(monotonicNanos);
        wall.addAndGet(wallNanos);
        clock.read();
    }

    private long elapsed() {
        return clock.getAsLong() - begin.steady();
    }

    private void assertStepped(boolean stepped) {
        assertThat(clock.read().steppedAt() > begin.steady()).isEqualTo(stepped);
    }
}
