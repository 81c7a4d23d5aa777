package io.sessionevents.tracking;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The time that one punctuation of one task may take. All tasks of a StreamThread share it, and it has to poll, so none of them works
 * off at once what may be much. What is left comes with the next punctuation.
 */
final class TimeSlice {
    /** Of one task among a few. */
    static final Duration LENGTH = Duration.ofMillis(20);

    /** Of all tasks together. */
    static final Duration ALL = Duration.ofMillis(240);

    /** Of all tasks together for what can wait; an ID that is published meanwhile takes several rounds until its event is there. */
    static final Duration ALL_LATER = Duration.ofMillis(30);

    private final LongSupplier nanoClock;
    private final int tasks;
    private final long end;

    /**
     * One that begins now.
     *
     * @param nanoClock monotonic
     * @param tasks of this process
     */
    TimeSlice(LongSupplier nanoClock, int tasks) {
        this(nanoClock, tasks, nanoClock.getAsLong() + length(ALL, tasks));
    }

    private TimeSlice(LongSupplier nanoClock, int tasks, long end) {
        this.nanoClock = nanoClock;
        this.tasks = tasks;
        this.end = end;
    }

    private static long length(Duration all, int tasks) {
        return Math.min(LENGTH.toNanos(), all.toNanos() / Math.max(1, tasks));
    }

    /** A part of the rest of this one, for what can wait. */
    TimeSlice later() {
        long now = nanoClock.getAsLong();
        return new TimeSlice(nanoClock, tasks, now + Math.min(end - now, length(ALL_LATER, tasks)));
    }

    boolean over() {
        return nanoClock.getAsLong() - end >= 0;
    }
}
