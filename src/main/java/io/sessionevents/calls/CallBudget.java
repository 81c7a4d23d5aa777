package io.sessionevents.calls;

import io.sessionevents.calls.SteadyClock.Reading;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The calls that this process may make: one permit per HTTP attempt, paced. Safe for use by many threads.
 *
 * <p>What is paced is the sending: {@link Permit#use} waits for the moment of the next call right before it is sent. A permit names no
 * moment, so one that is held up before the wire, or given back, takes nothing with it. Five things bound the calls, and the lowest
 * counts:
 *
 * <ul>
 *   <li>the pace: the places of the open partitions ({@link #own}), or a rate of its own ({@link #allow});
 *   <li>the adaptation to throttle answers, and the pause that AWS asked for ({@link #throttled});
 *   <li>the lease: a process that may have lost its tasks without knowing makes no call ({@link #leaseUntil});
 *   <li>a wall clock that was set: no call for a while, so that no second sees calls by both times;
 *   <li>silence: while no call is answered, only a few are sent.
 * </ul>
 */
public final class CallBudget {
    /** A permit that has to wait for longer before the wire is of no use there: the attempt is on its time-out. */
    static final long LONGEST_AT_THE_WIRE = 500_000_000L;

    private static final long NOT_NOW = 100_000_000L;

    private final SteadyClock clock;
    private final CallHold hold;
    private final CallsUnderWay calls = new CallsUnderWay();
    private final Timetable timetable;

    /** A budget that allows nothing yet. */
    public CallBudget(SteadyClock clock) {
        this.clock = clock;
        Reading now = clock.read();
        this.timetable = new Timetable(now);
        this.hold = new CallHold(now);
    }

    /** The same by a clock that is never set and never suspended. */
    public CallBudget(LongSupplier nanoClock) {
        this(SteadyClock.of(nanoClock));
    }

    /** Calls per second from now on, of a process that has the budget for itself; 0 allows nothing. A change adds no calls. */
    public synchronized void allow(double share) {
        timetable.pace(share);
        notifyAll();
    }

    /** The same for one that takes the budget over: its predecessor may just have made a call, so none goes out for a second. */
    public synchronized void allowAlone(double fleetRate) {
        allow(fleetRate);
        hold.pause(Duration.ofNanos(CallHold.STEPPED_NANOS), read());
    }

    /** The next call of a budget that is paced by itself is counted from now on, as if one had been sent now. */
    public synchronized void countFromNow() {
        timetable.countFrom(read());
        notifyAll();
    }

    /**
     * Changes which places of the fleet's period this process may use, from now on. A change adds no calls.
     *
     * @param fleetRate calls per second of the whole fleet, above 0; the same in all its processes
     * @param partitions of the fleet; the same in all its processes
     * @param owned numbers of the partitions that this process has
     */
    public synchronized void own(double fleetRate, int partitions, Set<Integer> owned) {
        timetable.own(fleetRate, partitions, owned, read());
        notifyAll();
    }

    /** Makes no call from that moment on, unless another moment is set; nanoseconds of the clock. */
    public synchronized void leaseUntil(long nanos) {
        hold.leaseUntil(nanos);
        notifyAll();
    }

    /** AWS throttled a call, and asks to wait for so long; null if it does not say. */
    public synchronized void throttled(@Nullable Duration askedPause) {
        Reading now = read();
        timetable.throttled(now);
        if (askedPause != null) {
            hold.pause(askedPause, now);
        }
    }

    /** AWS answered a call, whatever the answer. */
    public synchronized void answered() {
        calls.answered();
        notifyAll();
    }

    /** In calls per second. */
    public synchronized double share() {
        return timetable.share();
    }

    /** What is used of the share at present, in calls per second: less than the share after throttle answers. */
    public synchronized double rate() {
        return timetable.rate(read());
    }

    /** Whether the lease holds. */
    public synchronized boolean leased() {
        return hold.leased(read());
    }

    /** Nanoseconds after which to ask for a permit, a second at most; 0 if one can be had now. */
    public synchronized long nanosUntilNext() {
        Reading now = read();
        calls.late(now.steady() - timetable.patience());
        if (timetable.rate(now) == 0 || !hold.leased(now) || calls.silent(timetable.rate(now))) {
            return NOT_NOW;
        }
        long wait = timetable.wait(calls.unsent(), now) - timetable.lead();
        return Math.clamp(Math.max(wait, hold.left(now)), 0, Pace.NANOS_PER_SECOND);
    }

    /** How long before its moment a permit is given, in nanoseconds. */
    synchronized long lead() {
        return timetable.lead();
    }

    /** What time it is. */
    private Reading read() {
        Reading now = clock.read();
        if (hold.stepped(now)) {
            timetable.beginAnew(now);
        }
        return now;
    }

    /** A permit for one call; null if none can be had now. */
    public synchronized @Nullable Permit tryAcquire() {
        return nanosUntilNext() > 0 ? null : new Permit();
    }

    /** Waits for a permit. */
    public synchronized Permit acquire() throws InterruptedException {
        for (long wait = nanosUntilNext(); wait > 0; wait = nanosUntilNext()) {
            wait(wait / 1_000_000, (int) (wait % 1_000_000));
        }
        return new Permit();
    }

    /** For one call; closed when the call has ended, and given back by that if the call was never sent. */
    public final class Permit implements AutoCloseable {
        private enum State {
            GIVEN,
            MISSED,
            USED,
            CLOSED
        }

        private State state = State.GIVEN;

        private Permit() {
            calls.permitted(this, read().steady());
        }

        /**
         * Waits for the moment of the next call. To be called right before the call is sent.
         *
         * @return false if that moment is far: the call must not be sent, and needs another permit
         * @throws IllegalStateException if the permit was used before, or closed
         */
        public boolean use() throws InterruptedException {
            // Parked, not waiting on the monitor: that counts in milliseconds.
            for (long wait = tryUse(); wait > 0; wait = tryUse()) {
                if (missed()) {
                    return false;
                }
                LockSupport.parkNanos(wait);
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
            }
            return true;
        }

        /** Whether the moment of the call was missed, and the call so not made. */
        public boolean missed() {
            synchronized (CallBudget.this) {
                return state == State.MISSED;
            }
        }

        /** 0 if it is used now, else the nanoseconds after which to try again, unless it is {@link #missed}. */
        long tryUse() {
            synchronized (CallBudget.this) {
                if (state != State.GIVEN) {
                    throw new IllegalStateException("a permit is for one call, this one is " + state);
                }
                Reading now = read();
                if (!hold.leased(now)) { // its time-out would be taken for AWS's
                    end(State.MISSED);
                    return NOT_NOW;
                }
                long wait = Math.max(timetable.wait(0, now), hold.left(now));
                if (wait > LONGEST_AT_THE_WIRE) {
                    end(State.MISSED);
                } else if (wait <= 0) {
                    state = State.USED;
                    timetable.use(now);
                    calls.sent(this);
                    CallBudget.this.notifyAll();
                } else {
                    calls.ready(this);
                }
                return Math.max(wait, 0);
            }
        }

        /** The call came to nothing before it was sent; the place of the next one is used all the same. Nothing if it was sent, or missed. */
        public void spend() {
            synchronized (CallBudget.this) {
                if (state == State.GIVEN) {
                    state = State.USED;
                    timetable.spend(read());
                    calls.sent(this);
                    CallBudget.this.notifyAll();
                }
            }
        }

        private void end(State next) {
            switch (state) {
                case GIVEN -> calls.neverSent(this);
                case USED -> calls.ended();
                case MISSED, CLOSED -> {}
            }
            state = next;
            CallBudget.this.notifyAll();
        }

        @Override
        public void close() {
            synchronized (CallBudget.this) {
                end(State.CLOSED);
            }
        }
    }
}
