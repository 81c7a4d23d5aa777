package io.sessionevents.calls;

/**
 * Calls one gap apart, counted from the last one. The calls of several processes that each pace themselves like this add up to more
 * than a second may see: each may have its call at the edge of the same second. A call that is late makes the next one later, so only the
 * jitter of the network has to be kept free.
 *
 * @param share in calls per second; 0 for none
 */
record EvenPace(double share) implements Pace {
    static final EvenPace NOTHING = new EvenPace(0);

    /** Periods between two calls. */
    private static final double GAP = 1.02;

    /** By how many nanoseconds the calls of a second have to be further apart than a second. */
    private static final long SPARE = 50_000_000L;

    /** However small the share; an hour. */
    private static final long LONGEST_PATIENCE = 3_600 * NANOS_PER_SECOND;

    EvenPace {
        if (!(share >= 0)) {
            throw new IllegalArgumentException("calls per second: " + share + ", expected 0 or more");
        }
    }

    @Override
    public long moment(long last, int ahead, long now, double factor) {
        if (share == 0) {
            return NEVER;
        }
        double least = (NANOS_PER_SECOND + SPARE) / Math.floor(share + 1);
        long gap = (long) (Math.max(GAP * NANOS_PER_SECOND / share, least) / factor);
        return Math.max(last + gap, now) + ahead * gap;
    }

    @Override
    public long patience() {
        return (long) Math.min(NANOS_PER_SECOND / share, LONGEST_PATIENCE);
    }

    @Override
    public EvenPace reopened(long now) {
        return this;
    }
}
