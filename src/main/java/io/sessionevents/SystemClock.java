package io.sessionevents;

import io.sessionevents.calls.SteadyClock;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** The clocks of this machine. */
final class SystemClock {
    private SystemClock() {}

    /** A clock that also counts the time in which the machine is suspended. */
    static SteadyClock steady() {
        return new SteadyClock(System::nanoTime, SystemClock::wallNanos);
    }

    private static long wallNanos() {
        Instant now = Instant.now();
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }
}
