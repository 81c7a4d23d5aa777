package io.sessionevents.calls;

/**
 * When the calls of one process may go out. Pure; times are nanoseconds of one clock, in which calls happen at moments.
 *
 * <p>A second, wherever it begins, may see {@code floor(rate + 1)} calls of the whole fleet. {@link Places} keeps that for any
 * number of processes, {@link EvenPace} for a single one only.
 */
sealed interface Pace permits EvenPace, Places {
    /**
     * Periods between two calls. The rest is kept free, so that a call that is late, the jitter of the network and clocks that
     * are apart cannot push one more call into a second than the rate allows.
     */
    double MARGIN = 1.035;

    long NANOS_PER_SECOND = 1_000_000_000L;

    /** A permit is given no less and no more than this before its moment. */
    long LEAST_LEAD = 10_000_000;

    long MOST_LEAD = 50_000_000;

    /** The moment of a call that may never go out. */
    long NEVER = Long.MAX_VALUE;

    /** Calls per second that are paid for, before {@link #MARGIN} and adaptation. */
    double share();

    /**
     * The moment from which a call may go out. It may be in the past, if a place may still be used.
     *
     * @param last moment of the last call that went out
     * @param ahead calls that will go out before this one
     * @param factor how much of the rate is used, above 0 and up to 1
     * @return {@link #NEVER} if there is none
     */
    long moment(long last, int ahead, long now, double factor);

    /**
     * How long before its moment a permit is given, because a call takes a while from being picked to being sent: half of the time
     * between two calls.
     */
    default long lead() {
        return Math.clamp((long) (NANOS_PER_SECOND / share() / 2), LEAST_LEAD, MOST_LEAD);
    }

    /** How long after its moment a call may still go out for which others wait. */
    long patience();

    /** The same for a wall clock that was set, by the new time. */
    Pace reopened(long now);
}
