package io.sessionevents.calls;

/**
 * Calls one gap apart, counted from the last one. The calls of several processes that each pace themselves like this add up to more
 * than a second may see: each may have its call at the edge of the same second.
 *
 * @param share in calls per second; 0 for none
 */
record EvenPace(double share) implements Pace {
    static final EvenPace NOTHING = new EvenPace(0);

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
        long gap = (long) (MARGIN * NANOS_PER_SECOND / (share * factor));
        return Math.max(last + gap, now) + ahead * gap;
    }

    @Override
    public EvenPace reopened(long now) {
        return this;
    }
}
