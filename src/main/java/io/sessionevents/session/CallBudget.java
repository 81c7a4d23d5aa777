package io.sessionevents.session;

import java.util.function.LongSupplier;

/**
 * The calls per second that this process may make: one permit per HTTP attempt, evenly paced. Safe for use by many threads.
 *
 * <p>The gap between two permits is never shorter than {@link #MARGIN} periods, so that the jitter of the network cannot
 * push a call more into a second than the rate allows; an unused permit is not saved up. A changed rate counts from the
 * permit given last, so that changes add no calls.
 */
public final class CallBudget {
    /** Share of a period that is kept free: 3 %, so that 97 % of the rate is used. */
    static final double MARGIN = 1.03;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long NOT_NOW = NANOS_PER_SECOND;
    private static final long LONG_AGO = 3600 * NANOS_PER_SECOND;

    private final LongSupplier nanoClock;
    private double callsPerSecond;
    private long gap;
    private long last;

    /** A budget that allows nothing yet. */
    public CallBudget(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
        this.last = nanoClock.getAsLong() - LONG_AGO;
    }

    /** Changes the rate, from now on; 0 allows nothing. */
    public synchronized void allow(double newCallsPerSecond) {
        if (!(newCallsPerSecond >= 0)) {
            throw new IllegalArgumentException("calls per second: " + newCallsPerSecond + ", expected 0 or more");
        }
        callsPerSecond = newCallsPerSecond;
        gap = newCallsPerSecond == 0 ? 0 : (long) (MARGIN * NANOS_PER_SECOND / newCallsPerSecond);
        notifyAll();
    }

    public synchronized double callsPerSecond() {
        return callsPerSecond;
    }

    /** Takes a permit if one is free now: 0 if it was taken, else the nanoseconds after which to ask again. */
    public synchronized long tryAcquire() {
        if (callsPerSecond == 0) {
            return NOT_NOW;
        }
        long now = nanoClock.getAsLong();
        long wait = last + gap - now;
        if (wait > 0) {
            return wait;
        }
        last = now;
        return 0;
    }

    /** Waits for a permit and takes it. */
    public synchronized void acquire() throws InterruptedException {
        for (long wait = tryAcquire(); wait > 0; wait = tryAcquire()) {
            wait(wait / 1_000_000, (int) (wait % 1_000_000));
        }
    }
}
