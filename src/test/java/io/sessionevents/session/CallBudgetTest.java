package io.sessionevents.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class CallBudgetTest {
    private static final long SECOND = 1_000_000_000L;

    private final AtomicLong now = new AtomicLong(12_345);
    private final CallBudget budget = new CallBudget(now::get);

    @Test
    void shouldAllowNothingBeforeItIsGivenARate() {
        now.addAndGet(3600 * SECOND);

        assertThat(budget.tryAcquire()).isPositive();
    }

    @Test
    void shouldNeverExceedTheRateInAnySecondHoweverItIsAsked() {
        long seed = 42;
        var random = new Random(seed);
        for (double rate : new double[] {0.8, 3.2, 9.5, 40, 333}) {
            budget.allow(rate);
            Deque<Long> lastSecond = new ArrayDeque<>();
            for (int i = 0; i < 20_000; i++) {
                now.addAndGet((long) (random.nextExponential() * SECOND / rate / 2));
                if (budget.tryAcquire() == 0) {
                    lastSecond.add(now.get());
                }
                while (!lastSecond.isEmpty() && lastSecond.getFirst() <= now.get() - SECOND) {
                    lastSecond.removeFirst();
                }
                assertThat(lastSecond.size()).as("rate %s, seed %s", rate, seed).isLessThanOrEqualTo((int)
                        Math.ceil(rate));
            }
        }
    }

    @Test
    void shouldSpendAtLeast95PercentUnderSteadyDemand() {
        budget.allow(9.5);
        int permits = 0;
        for (long end = now.get() + 1000 * SECOND; now.get() < end; ) {
            long wait = budget.tryAcquire();
            permits += wait == 0 ? 1 : 0;
            now.addAndGet(wait);
        }

        assertThat(permits).isBetween((int) (0.95 * 9500), 9500);
    }

    @Test
    void shouldAddNoCallWhenTheRateChangesOverAndOver() {
        int permits = 0;
        for (int i = 0; i < 1000; i++) {
            budget.allow(i % 2 == 0 ? 10 : 5);
            permits += budget.tryAcquire() == 0 ? 1 : 0;
            now.addAndGet(SECOND / 100);
        }

        assertThat(permits).isLessThanOrEqualTo(100);
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.SECONDS)
    void shouldWakeAWaiterWhenTheRateRises() throws InterruptedException {
        Thread waiter = Thread.ofVirtual().start(() -> {
            try {
                budget.acquire();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        budget.allow(1);
        waiter.join();
    }

    @Test
    void shouldRefuseANegativeRate() {
        assertThatThrownBy(() -> budget.allow(-1)).hasMessageContaining("-1.0").hasMessageContaining("0 or more");
    }
}
