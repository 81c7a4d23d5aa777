package io.sessionevents.session;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The calls per second that this process may make: one permit per HTTP attempt, evenly paced. Safe for use by many threads.
 *
 * <p>What is paced is the sending: a permit names the moment from which its call may go out, {@link Permit#use} waits for
 * it, and the next permit counts from when it was really used. The gap between two calls is never shorter than {@link
 * #MARGIN} periods; an unused permit is not saved up. Four things bound the rate, and the lowest counts:
 *
 * <ul>
 *   <li>the share, which the number of open tasks decides ({@link #allow});
 *   <li>the adaptation to throttle answers, and the pause that AWS asked for ({@link #throttled});
 *   <li>the lease: a process that may have lost its tasks without knowing makes no call ({@link #leaseUntil});
 *   <li>silence: while no call is answered, only a few are sent.
 * </ul>
 */
public final class CallBudget {
    /**
     * Periods between two calls. The rest is kept free, so that the jitter of the network cannot push a call more into a
     * second than the rate allows, and the last calls of several instances do not add up to one.
     */
    static final double MARGIN = 1.035;

    /** A permit is given this long before its moment, for a call takes a while from being picked to being sent. */
    static final long LEAD_NANOS = 3_000_000;

    /** Calls that may be between permit and wire, in seconds of the rate; one may always be. */
    static final double UNSENT_SECONDS = 0.02;

    /** Calls that may be sent while none is answered, in seconds of the rate; {@link #LEAST_UNANSWERED} may always be. */
    static final double UNANSWERED_SECONDS = 0.5;

    static final int LEAST_UNANSWERED = 5;

    /** No pause that AWS asks for is kept for longer. */
    static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final long NOT_NOW = NANOS_PER_SECOND / 10;
    private static final long SOON = NANOS_PER_SECOND / 1000;
    private static final long LONG = 100L * 365 * 24 * 3600 * NANOS_PER_SECOND;

    private final LongSupplier nanoClock;
    private Adaptation adaptation;
    private double share;
    private long last;
    private long pausedUntil;
    private long leaseEnd;
    private int unsent;
    private int underWay;
    private int unanswered;

    /** A budget that allows nothing yet. */
    public CallBudget(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
        long now = nanoClock.getAsLong();
        this.adaptation = Adaptation.none(now);
        this.last = now - LONG;
        this.pausedUntil = now;
        this.leaseEnd = now + LONG;
    }

    /** Changes the share, from now on, in calls per second; 0 allows nothing. A change adds no calls. */
    public synchronized void allow(double callsPerSecond) {
        if (!(callsPerSecond >= 0)) {
            throw new IllegalArgumentException("calls per second: " + callsPerSecond + ", expected 0 or more");
        }
        share = callsPerSecond;
        notifyAll();
    }

    /** Makes no call from that moment on, unless another moment is set; nanoseconds of the clock. */
    public synchronized void leaseUntil(long nanos) {
        leaseEnd = nanos;
        notifyAll();
    }

    /**
     * AWS throttled a call.
     *
     * @param askedPause how long AWS asks to wait; null if it does not say
     */
    public synchronized void throttled(@Nullable Duration askedPause) {
        long now = nanoClock.getAsLong();
        adaptation = adaptation.throttled(now);
        if (askedPause != null) {
            Duration pause = askedPause.compareTo(LONGEST_PAUSE) < 0 ? askedPause : LONGEST_PAUSE;
            pausedUntil = Math.max(pausedUntil, now + pause.toNanos());
        }
    }

    /** AWS answered a call, whatever the answer. */
    public synchronized void answered() {
        unanswered = 0;
        notifyAll();
    }

    /** The share, in calls per second. */
    public synchronized double share() {
        return share;
    }

    /** What is used of the share at present, in calls per second: less than the share after throttle answers. */
    public synchronized double callsPerSecond() {
        return share * adaptation.at(nanoClock.getAsLong());
    }

    /** Whether the lease holds. */
    public synchronized boolean leased() {
        return leaseEnd - nanoClock.getAsLong() > 0;
    }

    /** Nanoseconds after which to ask for a permit; 0 if one can be had now. */
    public synchronized long nanosUntilNext() {
        long now = nanoClock.getAsLong();
        double rate = callsPerSecond();
        if (rate == 0 || leaseEnd - now <= 0) {
            return NOT_NOW;
        }
        if (underWay > 0 && unanswered >= Math.max(LEAST_UNANSWERED, UNANSWERED_SECONDS * rate)) {
            return NOT_NOW;
        }
        long wait = Math.max(last + gap(rate) - LEAD_NANOS, pausedUntil) - now;
        if (wait > 0) {
            return wait;
        }
        return unsent > UNSENT_SECONDS * rate ? SOON : 0;
    }

    /** A permit for one call, or null if none can be had now. */
    public synchronized @Nullable Permit tryAcquire() {
        return nanosUntilNext() > 0 ? null : give();
    }

    /** Waits for a permit. */
    public synchronized Permit acquire() throws InterruptedException {
        for (long wait = nanosUntilNext(); wait > 0; wait = nanosUntilNext()) {
            wait(wait / 1_000_000, (int) (wait % 1_000_000));
        }
        return give();
    }

    private Permit give() {
        long before = last;
        last = Math.max(last + gap(callsPerSecond()), nanoClock.getAsLong());
        unsent++;
        return new Permit(before, last);
    }

    private static long gap(double rate) {
        return (long) (MARGIN * NANOS_PER_SECOND / rate);
    }

    /** For one call; closed when the call has ended, and given back by that if the call was never sent. */
    public final class Permit implements AutoCloseable {
        private enum State {
            GIVEN,
            USED,
            CLOSED
        }

        private final long before;
        private final long moment;
        private State state = State.GIVEN;

        private Permit(long before, long moment) {
            this.before = before;
            this.moment = moment;
        }

        /**
         * Waits for the permit's moment. To be called right before the call is sent.
         *
         * @throws IllegalStateException if the permit was used before, or closed
         */
        public void use() throws InterruptedException {
            // Parked, not waiting on the monitor: that counts in milliseconds.
            for (long wait = tryUse(); wait > 0; wait = tryUse()) {
                LockSupport.parkNanos(wait);
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
            }
        }

        /** 0 if it is used now, else the nanoseconds after which to try again. */
        private long tryUse() {
            synchronized (CallBudget.this) {
                if (state != State.GIVEN) {
                    throw new IllegalStateException("a permit is for one call, this one is " + state);
                }
                long now = nanoClock.getAsLong();
                if (leaseEnd - now <= 0) {
                    return NOT_NOW;
                }
                if (moment - now > 0) {
                    return moment - now;
                }
                state = State.USED;
                last = Math.max(last, now);
                unsent--;
                underWay++;
                unanswered++;
                CallBudget.this.notifyAll();
                return 0;
            }
        }

        @Override
        public void close() {
            synchronized (CallBudget.this) {
                if (state == State.USED) {
                    underWay--;
                } else if (state == State.GIVEN) {
                    unsent--;
                    last = last == moment ? before : last;
                }
                state = State.CLOSED;
                CallBudget.this.notifyAll();
            }
        }
    }
}
