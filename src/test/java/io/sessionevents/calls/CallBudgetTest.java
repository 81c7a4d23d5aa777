package io.sessionevents.calls;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallBudgetTest {
    private static final long SECOND = 1_000_000_000L;
    private static final double RATE = 10;

    private final AtomicLong now = new AtomicLong(12_345);
    private final CallBudget budget = new CallBudget(now::get);

    @Test
    void shouldAllowNothingBeforeItIsGivenARate() {
        now.addAndGet(3600 * SECOND);

        assertThat(budget.tryAcquire()).isNull();
        assertThat(budget.nanosUntilNext()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.8, 3.2, 9.5, 40, 333})
    void shouldNeverExceedTheRateInAnySecondHoweverItIsAskedAndHoweverLateCallsGoOut(double rate)
            throws InterruptedException {
        long seed = 42;
        var random = new Random(seed);
        budget.allow(rate);
        Deque<Long> lastSecond = new ArrayDeque<>();
        for (int i = 0; i < 20_000; i++) {
            now.addAndGet((long) (random.nextExponential() * SECOND / rate / 2));
            CallBudget.Permit permit = budget.tryAcquire();
            if (permit != null) {
                now.addAndGet(budget.lead() + (random.nextInt(20) == 0 ? SECOND / 2 : 0));
                permit.use();
                budget.answered();
                lastSecond.add(now.get());
                permit.close();
            }
            while (!lastSecond.isEmpty() && lastSecond.getFirst() <= now.get() - SECOND) {
                lastSecond.removeFirst();
            }
            assertThat(lastSecond.size()).as("rate %s, seed %s", rate, seed).isLessThanOrEqualTo((int) Math.ceil(rate));
        }
    }

    @Test
    void shouldHoldBackTheNextCallWhileOneIsOnItsWayToTheWire() throws InterruptedException {
        budget.allow(RATE);
        CallBudget.Permit punctual = acquired();
        now.addAndGet(budget.lead());

        assertThat(budget.tryAcquire()).isNull();
        punctual.use();
        assertThat(budget.tryAcquire()).isNull();
        now.addAndGet(SECOND / 8);
        assertThat(budget.tryAcquire()).isNotNull();
    }

    @Test
    void shouldNotWaitForACallThatComesLateToTheWire() throws InterruptedException {
        budget.allow(RATE);
        CallBudget.Permit late = acquired();
        now.addAndGet(5 * SECOND);

        CallBudget.Permit next = acquired();
        next.use();
        assertThat(late.tryUse()).as("nanoseconds until its own moment").isPositive();
        now.addAndGet(SECOND / 8);
        assertThat(late.tryUse()).isZero();
    }

    /** As on a way that leads nowhere, where every call opens a connection in vain. */
    @Test
    void shouldLetOnlyAFewCallsBeLateAtTheWire() {
        budget.allow(RATE);
        List<CallBudget.Permit> late = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            now.addAndGet(SECOND);
            CallBudget.Permit permit = budget.tryAcquire();
            if (permit != null) {
                late.add(permit);
            }
        }

        assertThat(late).hasSize(CallsUnderWay.LEAST_UNANSWERED);
        late.getFirst().close();
        assertThat(budget.tryAcquire()).isNotNull();
    }

    @Test
    void shouldSpendAtLeast95PercentUnderSteadyDemand() throws InterruptedException {
        budget.allow(9.5);

        assertThat(callsWithin(1000)).isBetween((int) (0.95 * 9500), 9500);
    }

    @Test
    void shouldAddNoCallWhenTheRateChangesOverAndOver() throws InterruptedException {
        long begin = now.get();
        int calls = 0;
        for (int i = 0; i < 1000; i++) {
            budget.allow(i % 2 == 0 ? 10 : 5);
            calls += call() ? 1 : 0;
            now.addAndGet(SECOND / 100);
        }

        assertThat(calls).isLessThanOrEqualTo((int) (10 * (now.get() - begin) / SECOND));
    }

    @Test
    void shouldTakeBackAPermitThatWasNotUsed() {
        budget.allow(RATE);

        acquired().close();

        assertThat(budget.tryAcquire()).isNotNull();
    }

    /** Else a way that fails at once would be tried without a pause. */
    @Test
    void shouldUseAPlaceForACallThatFailedOnItsWay() {
        budget.allow(RATE);
        try (CallBudget.Permit permit = requireNonNull(budget.tryAcquire())) {
            permit.spend();
            permit.spend();
        }

        assertThat(budget.tryAcquire()).isNull();
        now.addAndGet(SECOND / 2);
        assertThat(budget.tryAcquire()).isNotNull();
    }

    @Test
    void shouldSpendNothingForeverWhereNoPlaceIsLeft() {
        budget.allow(RATE);
        CallBudget.Permit permit = requireNonNull(budget.tryAcquire());
        budget.allow(0);
        permit.spend();
        permit.close();

        budget.allow(RATE);
        now.addAndGet(2 * SECOND);

        assertThat(budget.tryAcquire()).isNotNull();
    }

    @Test
    void shouldRefuseToUseAPermitTwice() throws InterruptedException {
        budget.allow(RATE);
        CallBudget.Permit permit = acquired();
        permit.use();

        assertThatIllegalStateException().isThrownBy(permit::use);
    }

    @Test
    void shouldHalveTheRateOncePerStormAndRecoverStepByStep() {
        budget.allow(RATE);

        budget.throttled(null);
        budget.throttled(null);
        assertThat(budget.rate()).isEqualTo(RATE / 2);

        for (int i = 0; i < 10; i++) {
            now.addAndGet(SECOND);
            budget.throttled(null);
        }
        assertThat(budget.rate()).isEqualTo(RATE / 10);

        now.addAndGet(9 * SECOND);
        assertThat(budget.rate()).isEqualTo(RATE * 0.4);
        now.addAndGet(18 * SECOND);
        assertThat(budget.rate()).isEqualTo(RATE);
        assertThat(budget.share()).isEqualTo(RATE);
    }

    @Test
    void shouldPauseAsLongAsAwsAsksButNotForEver() throws InterruptedException {
        budget.allow(RATE);
        budget.throttled(Duration.ofSeconds(7));

        assertThat(callsWithin(7)).isZero();
        assertThat(callsWithin(7)).isPositive();

        budget.throttled(Duration.ofDays(1));
        assertThat(callsWithin(CallHold.LONGEST_PAUSE.toSeconds())).isZero();
        assertThat(callsWithin(7)).isPositive();
    }

    @Test
    void shouldMakeNoCallAfterTheLeaseHasEnded() throws InterruptedException {
        budget.allow(RATE);
        budget.leaseUntil(now.get() + 5 * SECOND);

        assertThat(callsWithin(5)).isPositive();
        assertThat(budget.leased()).isFalse();
        assertThat(callsWithin(60)).isZero();

        budget.leaseUntil(now.get() + SECOND);
        assertThat(callsWithin(1)).isPositive();
    }

    @Test
    void shouldMakeNoCallOfAPermitThatMeetsTheEndOfTheLeaseAtTheWire() throws InterruptedException {
        budget.allow(RATE);
        budget.leaseUntil(now.get() + SECOND);
        CallBudget.Permit permit = acquired();
        now.addAndGet(25 * SECOND);

        assertThat(permit.use()).isFalse();
        assertThat(permit.missed()).isTrue();

        permit.close();
        budget.leaseUntil(now.get() + 5 * SECOND);
        assertThat(callsWithin(5)).isPositive();
    }

    @Test
    void shouldSendOnlyAFewCallsWhileNoneIsAnswered() throws InterruptedException {
        budget.allow(RATE);
        Deque<CallBudget.Permit> underWay = new ArrayDeque<>();
        for (int i = 0; i < 100; i++) {
            now.addAndGet(SECOND);
            CallBudget.Permit permit = budget.tryAcquire();
            if (permit != null) {
                now.addAndGet(budget.lead());
                permit.use();
                underWay.add(permit);
            }
        }
        assertThat(underWay).hasSize(CallsUnderWay.LEAST_UNANSWERED);

        underWay.forEach(CallBudget.Permit::close);
        assertThat(call()).as("one asks whether AWS answers again").isTrue();

        budget.answered();
        assertThat(callsWithin(10)).isGreaterThan(90);
    }

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void shouldWakeAWaiterWhenTheRateRises() throws InterruptedException {
        Thread waiter = Thread.ofVirtual().start(() -> {
            try {
                budget.acquire().close();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        budget.allow(1);
        waiter.join();
    }

    @Test
    void shouldRefuseANegativeRate() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> budget.allow(-1))
                .withMessageContaining("-1.0")
                .withMessageContaining("0 or more");
    }

    /** Calls that go out and are answered at once, as many as the budget allows in that time. */
    private int callsWithin(long seconds) {
        int calls = 0;
        for (long end = now.get() + seconds * SECOND; now.get() < end; ) {
            long wait = budget.nanosUntilNext();
            if (wait == 0) {
                calls += call() ? 1 : 0;
            } else {
                now.addAndGet(Math.min(wait, end - now.get()));
            }
        }
        return calls;
    }

    private boolean call() {
        try (CallBudget.@Nullable Permit permit = budget.tryAcquire()) {
            if (permit == null) {
                return false;
            }
            for (long wait = permit.tryUse(); wait > 0; wait = permit.tryUse()) {
                if (!budget.leased()) {
                    return false;
                }
                now.addAndGet(wait);
            }
            budget.answered();
            return true;
        }
    }

    private CallBudget.Permit acquired() {
        CallBudget.Permit permit = requireNonNull(budget.tryAcquire());
        now.addAndGet(budget.lead());
        return permit;
    }
}
