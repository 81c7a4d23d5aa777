package io.sessionevents.calls;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * A monotonic clock that does not stand still while the machine is suspended, as the system's own does: where the wall clock jumps
 * ahead of that, it goes along. A step back of the wall clock changes nothing. So it never goes slower than either of the two, by
 * more than {@link #DRIFT}. Also tells when the wall clock was last set. Safe for use by many threads.
 */
public final class SteadyClock implements LongSupplier {
    /** The wall clock was set, or the machine suspended, if it is off by more than this; reading two clocks takes less. */
    static final long STEP_NANOS = 5_000_000;

    /** How much faster or slower a wall clock may go that is being adjusted: the 500 ppm of NTP. */
    static final double DRIFT = 0.0005;

    private static final long READING_NANOS = 1_000_000;
    private static final int READINGS = 10;
    private static final long LONG_AGO = 100L * 365 * 24 * 3600 * 1_000_000_000L;

    private final LongSupplier monotonic;
    private final LongSupplier wall;
    private boolean begun;
    private long lastRead;
    private long apart;
    private long added;
    private long steppedAt;

    /**
     * Both clocks at one time.
     *
     * @param steady nanoseconds of this clock
     * @param wall nanoseconds since 1970
     * @param steppedAt when the wall clock was last found to be set, by this clock; long ago if never
     */
    record Reading(long steady, long wall, long steppedAt) {}

    /**
     * A clock over these two.
     *
     * @param monotonic nanoseconds, may stand still while the machine is suspended
     */
    public static SteadyClock over(LongSupplier monotonic, InstantSource wall) {
        return new SteadyClock(monotonic, () -> {
            Instant now = wall.instant();
            return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
        });
    }

    /**
     * A clock over these two, both in nanoseconds.
     *
     * @param monotonic may stand still while the machine is suspended
     * @param wall since 1970
     */
    public SteadyClock(LongSupplier monotonic, LongSupplier wall) {
        this.monotonic = monotonic;
        this.wall = wall;
    }

    /** A clock that is never set and never suspended. */
    static SteadyClock of(LongSupplier both) {
        return new SteadyClock(both, both);
    }

    @Override
    public long getAsLong() {
        return read().steady();
    }

    synchronized Reading read() {
        long before = monotonic.getAsLong();
        long wallNow = wall.getAsLong();
        long now = monotonic.getAsLong();
        // A thread that is held up between the two would take the one clock for being ahead of the other.
        for (int i = 1; i < READINGS && now - before > READING_NANOS; i++) {
            before = now;
            wallNow = wall.getAsLong();
            now = monotonic.getAsLong();
        }
        compare(now, wallNow - now);
        lastRead = now;
        return new Reading(now + added, wallNow, steppedAt);
    }

    private void compare(long now, long apartNow) {
        if (!begun) {
            begun = true;
            apart = apartNow;
            steppedAt = now - LONG_AGO;
            return;
        }
        long drift = (long) (DRIFT * (now - lastRead));
        apart += Math.clamp(apartNow - apart, -drift, drift);
        long step = apartNow - apart;
        if (Math.abs(step) > STEP_NANOS) {
            added += Math.max(0, step);
            apart = apartNow;
            steppedAt = now + added;
        }
    }
}
