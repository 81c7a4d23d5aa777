package io.sessionevents.session;

import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * Both clocks of the process.
 *
 * @param wall the wall clock
 * @param nanos the monotonic clock, in nanoseconds
 */
public record TimeSource(InstantSource wall, LongSupplier nanos) {
    public Moment now() {
        return new Moment(wall.instant(), nanos.getAsLong());
    }
}
