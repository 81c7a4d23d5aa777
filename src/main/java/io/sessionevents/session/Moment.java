package io.sessionevents.session;

import java.time.Duration;
import java.time.Instant;

/**
 * A moment by two clocks of one process. The wall clock tells others when it was, but may be set back or forth; the monotonic
 * one tells how long ago it is, but means nothing to others and may stand still while a machine is suspended.
 *
 * @param at by the wall clock
 * @param nanos by the monotonic clock, in nanoseconds
 */
public record Moment(Instant at, long nanos) {

    /** How long after the earlier moment this one came, by the monotonic clock; never negative. */
    public Duration since(Moment earlier) {
        return Duration.ofNanos(Math.max(0, nanos - earlier.nanos));
    }

    /**
     * When this moment was, told by the wall clock as it goes now: if the clock was set in between, or stood still, the
     * earlier of what the two clocks say. Never later than {@code now}.
     */
    public Instant seenFrom(Moment now) {
        Instant byElapsed = now.at.minus(now.since(this));
        return at.isBefore(byElapsed) ? at : byElapsed;
    }
}
