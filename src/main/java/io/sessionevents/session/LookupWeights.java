package io.sessionevents.session;

import org.jspecify.annotations.Nullable;

/** How often sessions are looked at, relative to each other, by their state. */
public enum LookupWeights {
    /** Near-uniform on purpose: a session believed idle may have gone busy since. */
    UNSWEPT(3, 2, 1.5),
    /** A sweep tells which idle session has gone busy, so the looks that are left are for those that change sooner. */
    SWEPT(3, 3, 1.2);

    private final double passing;
    private final double active;
    private final double idle;

    LookupWeights(double passing, double active, double idle) {
        this.passing = passing;
        this.active = active;
        this.idle = idle;
    }

    /**
     * The weight of a session that was last seen in that state.
     *
     * @param state null: never seen
     */
    public double of(@Nullable SessionState state) {
        if (state == null) {
            return passing;
        }
        return switch (state) {
            case SUBMITTED, STARTING, TERMINATING, UNKNOWN -> passing;
            case STARTED, BUSY -> active;
            case IDLE -> idle;
            case FAILED, TERMINATED -> 1;
        };
    }
}
