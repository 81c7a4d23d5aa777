package io.sessionevents.calls;

import java.time.Duration;

/** Why no call may go out for a while, whatever the pace; times are those of a {@link SteadyClock}. Not safe for use by several threads. */
final class CallHold {
    /** No pause that AWS asks for is kept for longer. */
    static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    /** No call goes out for this long after the wall clock was set: a second, and the jitter of the network. */
    static final long STEPPED_NANOS = 1_100_000_000L;

    private static final long LONG = 100L * 365 * 24 * 3600 * 1_000_000_000L;

    private long steppedAt;
    private long pausedUntil;
    private long leaseEnd;

    /** Nothing holds calls, as far as is known at that time. */
    CallHold(SteadyClock.Reading now) {
        this.steppedAt = now.steppedAt();
        this.pausedUntil = now.steady();
        this.leaseEnd = now.steady() + LONG;
    }

    void leaseUntil(long end) {
        leaseEnd = end;
    }

    boolean leased(SteadyClock.Reading now) {
        return leaseEnd - now.steady() > 0;
    }

    void pause(Duration asked, SteadyClock.Reading now) {
        Duration pause = asked.compareTo(LONGEST_PAUSE) < 0 ? asked : LONGEST_PAUSE;
        pausedUntil = Math.max(pausedUntil, now.steady() + pause.toNanos());
    }

    /** Whether the wall clock was set since it was asked last. */
    boolean stepped(SteadyClock.Reading now) {
        boolean stepped = now.steppedAt() != steppedAt;
        steppedAt = now.steppedAt();
        return stepped;
    }

    /** For how many nanoseconds from now a pause or a clock that was set holds calls; 0 or less if none does. */
    long left(SteadyClock.Reading now) {
        return Math.max(pausedUntil, steppedAt + STEPPED_NANOS) - now.steady();
    }
}
