package io.sessionevents.calls;

/**
 * How much of its share a process uses after AWS throttled it: halved by a throttle answer, never below a tenth, and
 * back step by step in quiet times. Pure; times are nanoseconds of a monotonic clock.
 *
 * @param factor share of the share, {@link #FLOOR} to 1, right after the last throttle answer
 * @param throttledAt time of the last throttle answer, from which recovery counts
 * @param halvedAt when the factor was last halved
 */
record Adaptation(double factor, long throttledAt, long halvedAt) {
    static final double FLOOR = 0.1;

    /** What one step of recovery adds. */
    static final double STEP = 0.1;

    /** Time without a throttle answer that earns one step: 27 s from the floor to the full share. */
    static final long STEP_NANOS = 3_000_000_000L;

    /** Throttle answers this close together are one reason to halve: they answer calls sent at the same rate. */
    static final long REACTION_NANOS = 1_000_000_000L;

    /** Nothing was throttled for long. */
    static Adaptation none(long now) {
        return new Adaptation(1, now, now - REACTION_NANOS);
    }

    /** After one more throttle answer. */
    Adaptation throttled(long now) {
        double current = at(now);
        return now - halvedAt < REACTION_NANOS
                ? new Adaptation(current, now, halvedAt)
                : new Adaptation(Math.max(FLOOR, current / 2), now, now);
    }

    /** The factor at that time. */
    double at(long now) {
        long steps = Math.max(0, now - throttledAt) / STEP_NANOS;
        return Math.min(1, factor + STEP * steps);
    }
}
