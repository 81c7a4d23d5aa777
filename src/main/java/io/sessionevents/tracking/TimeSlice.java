package io.sessionevents.tracking;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The time that one punctuation of one task may take. All tasks of a StreamThread share it, and it has to poll, so none of them works
 * off at once what may be much. What is left comes with the next punctuation.
 */
final class TimeSlice {
    /** Twelve of these are a quarter of a second. */
    static final Duration LENGTH = Duration.ofMillis(20);

    private final LongSupplier nanoClock;
    private final long end;

    /** @param nanoClock monotonic */
    TimeSlice(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
        this.end = nanoClock.getAsLong() + LENGTH.toNanos();
    }

    boolean over() {
        return nanoClock.getAsLong() - end >= 0;
    }
}
