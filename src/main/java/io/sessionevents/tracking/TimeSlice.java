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

    private final LongSupplier nanoClock;
    private final long end;

    /**
     * One that begins now.
     *
     * @param nanoClock monotonic
     * @param tasks of this process
     */
    TimeSlice(LongSupplier nanoClock, int tasks) {
        this.nanoClock = nanoClock;
        this.end = nanoClock.getAsLong() + Math.min(LENGTH.toNanos(), ALL.toNanos() / Math.max(1, tasks));
    }

    boolean over() {
        return nanoClock.getAsLong() - end >= 0;
    }
}
