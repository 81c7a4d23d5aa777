package io.sessionevents.calls;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.sessionevents.calls.CallBudget.Permit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A budget that is one of a fleet's, by clocks that are set and a machine that is suspended. */
class CallBudgetPlacesTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long MILLI = 1_000_000;
    private static final double RATE = 9.5;
    private static final int PARTITIONS = 12;
    private static final Set<Integer> ALL =
            IntStream.range(0, PARTITIONS).boxed().collect(Collectors.toSet());

    private final AtomicLong monotonic = new AtomicLong(12_345);
    private final AtomicLong wall = new AtomicLong(1_800_000_000L * SECOND);
    private final SteadyClock clock = new SteadyClock(monotonic::get, wall::get);
    private final CallBudget budget = new CallBudget(clock);

    @Test
    void shouldHaveTheShareOfItsPartitions() {
        budget.own(RATE, PARTITIONS, Set.of(1, 2, 3));
        assertThat(budget.share()).isCloseTo(RATE / 4, within(1e-9));

        budget.own(RATE, PARTITIONS, Set.of());
        assertThat(budget.share()).isZero();
        assertThat(calls(60 * SECOND)).isEmpty();
    }

    @Test
    void shouldUseTheWholeBudgetAlone() {
        budget.own(RATE, PARTITIONS, ALL);

        assertThat(calls(1000 * SECOND).size()).isBetween((int) (0.96 * RATE * 1000), (int) (RATE * 1000));
    }

    /** Partitions that go to and fro, as in a group that finds no peace. */
    @Test
    void shouldAddNoCallWhenPartitionsComeAndGo() {
        List<Long> calls = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            budget.own(RATE, PARTITIONS, i % 2 == 0 ? ALL : Set.of(i % PARTITIONS));
            calls.addAll(calls(37 * MILLI));
        }

        for (int i = 10; i < calls.size(); i++) {
            assertThat(calls.get(i) - calls.get(i - 10)).isGreaterThanOrEqualTo(SECOND);
        }
    }

    @ParameterizedTest
    @CsvSource({"0, true", "22, true", "23, false", "400, false"})
    void shouldLoseAPlaceThatIsMissedByMoreThanThatAndTakeNoFarOneAtTheWire(long lateMillis, boolean used) {
        budget.own(RATE, PARTITIONS, Set.of(5));
        calls(2 * SECOND);
        Permit permit = permit();
        pass(budget.lead() + lateMillis * MILLI);

        long wait = permit.tryUse();

        assertThat(permit.missed()).isEqualTo(!used);
        assertThat(wait == 0).isEqualTo(used);
        permit.close();
        assertThat(permit()).as("the next one").isNotNull();
    }

    /** As many as have a place within the lead and the lateness, and as many late ones as may be sent without an answer. */
    @ParameterizedTest
    @CsvSource({"1, 6", "9.5, 6", "100, 53", "1000, 519"})
    void shouldLetOnlyAFewCallsWaitBeforeTheWire(double rate, int most) {
        budget.own(rate, PARTITIONS, ALL);
        int unsent = 0;
        for (int i = 0; i < 10_000; i++) {
            pass(MILLI);
            unsent += budget.tryAcquire() == null ? 0 : 1;
        }

        assertThat(unsent).isBetween(1, most);
    }

    @Test
    void shouldUseHalfOfItsPlacesAfterAThrottle() {
        budget.own(RATE, PARTITIONS, Set.of(1, 4, 9));
        int before = calls(100 * SECOND).size();

        int after = 0;
        for (int i = 0; i < 100; i++) {
            budget.throttled(null);
            after += calls(SECOND).size();
        }

        assertThat(after).isBetween(before / 11, before / 8);
    }

    @ParameterizedTest
    @ValueSource(longs = {-3600 * SECOND, -SECOND, -6 * MILLI, 6 * MILLI, SECOND, 3600 * SECOND})
    void shouldMakeNoCallInASecondThatHasOneByAnotherTime(long step) {
        budget.own(RATE, PARTITIONS, ALL);
        long before = calls(10 * SECOND).getLast();

        wall.addAndGet(step);
        List<Long> after = calls(10 * SECOND);

        assertThat(after.getFirst() - before).isGreaterThan(SECOND);
        assertThat(after).hasSizeGreaterThan((int) (8.5 * RATE));
    }

    @ParameterizedTest
    @ValueSource(longs = {-3600 * SECOND, -SECOND, -MILLI})
    void shouldKeepTheLeaseWhenTheWallClockIsSetBack(long step) {
        budget.own(RATE, PARTITIONS, ALL);
        budget.leaseUntil(clock.getAsLong() + 20 * SECOND);

        pass(10 * SECOND);
        wall.addAndGet(step);
        pass(10 * SECOND - 1);
        assertThat(budget.leased()).isTrue();
        pass(1);
        assertThat(budget.leased()).isFalse();
    }

    @Test
    void shouldWaitForANewProofAfterASuspension() {
        budget.own(RATE, PARTITIONS, ALL);
        budget.leaseUntil(clock.getAsLong() + 20 * SECOND);
        Permit given = permit();

        wall.addAndGet(60 * SECOND);

        assertThat(given.tryUse()).isPositive();
        assertThat(budget.leased()).isFalse();
        given.close();
        assertThat(calls(60 * SECOND)).isEmpty();

        budget.leaseUntil(clock.getAsLong() + 20 * SECOND);
        assertThat(calls(10 * SECOND)).isNotEmpty();
    }

    @Test
    void shouldHoldAPermittedCallThroughAPause() {
        budget.own(RATE, PARTITIONS, ALL);
        calls(2 * SECOND);
        Permit given = permit();

        budget.throttled(Duration.ofSeconds(7));
        pass(budget.lead());

        assertThat(given.tryUse()).isPositive();
        assertThat(given.missed()).isTrue();
    }

    @Test
    void shouldRefuseAFleetWithoutARate() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> budget.own(0, PARTITIONS, ALL))
                .withMessageContaining("0.0 calls per second over 12 partitions");
    }

    /** The steady times of the calls that go out in that time, as many as may, each answered at once. */
    private List<Long> calls(long nanos) {
        List<Long> calls = new ArrayList<>();
        long end = monotonic.get() + nanos;
        while (monotonic.get() < end) {
            long wait = budget.nanosUntilNext();
            if (wait > 0) {
                pass(Math.min(wait, end - monotonic.get()));
                continue;
            }
            try (Permit permit = requireNonNull(budget.tryAcquire())) {
                for (long left = permit.tryUse(); left > 0 && !permit.missed(); left = permit.tryUse()) {
                    pass(left);
                }
                if (!permit.missed()) {
                    calls.add(monotonic.get());
                    budget.answered();
                }
            }
        }
        return calls;
    }

    private Permit permit() {
        Permit permit = budget.tryAcquire();
        for (; permit == null; permit = budget.tryAcquire()) {
            pass(Math.max(1, budget.nanosUntilNext()));
        }
        return permit;
    }

    private void pass(long nanos) {
        monotonic.addAndGet(nanos);
        wall.addAndGet(nanos);
    }
}
