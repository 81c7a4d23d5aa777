package io.sessionevents.emr;

import io.github.resilience4j.core.IntervalBiFunction;
import io.github.resilience4j.core.functions.Either;
import java.util.random.RandomGenerator;

/**
 * Exponential back-off with full jitter: uniform between 0 and the exponential value, which spreads a crowd of callers
 * better than a jitter around it. A pause that AWS asks for is kept, up to the cap.
 */
record Backoff(RetrySettings settings, RandomGenerator random) implements IntervalBiFunction<Attempt<?>> {
    private static final int LARGEST_SHIFT = 30;

    /**
     * Milliseconds to wait.
     *
     * @param attempts how many were made, from 1
     */
    @Override
    public Long apply(Integer attempts, Either<Throwable, Attempt<?>> last) {
        return millis(attempts, last.get());
    }

    long millis(int attempts, Attempt<?> last) {
        long cap = settings.backoffMax().toMillis();
        long jitter = random.nextLong(ceiling(attempts, cap) + 1);
        long asked = last.askedPause() == null ? 0 : last.askedPause().toMillis();
        return Math.max(jitter, Math.min(asked, cap));
    }

    private long ceiling(int attempts, long cap) {
        double exponential = settings.backoff().toMillis() * (double) (1L << Math.min(attempts - 1, LARGEST_SHIFT));
        return exponential < cap ? (long) exponential : cap;
    }
}
