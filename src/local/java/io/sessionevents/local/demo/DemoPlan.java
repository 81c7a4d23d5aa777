package io.sessionevents.local.demo;

import java.time.Duration;

/** What the demo was asked for. */
record DemoPlan(int sessions, Duration duration, double rate, long seed, FaultLevel faults, int port) {
    /** Seconds of a typical life, from submission to the end. */
    private static final double LIFE_SECONDS = 600;

    /** Part of the duration in which a life fits. */
    private static final double LIFE_SHARE = 0.75;

    /** How many times faster than in reality sessions live. */
    double compression() {
        return Math.max(1, LIFE_SECONDS / (LIFE_SHARE * duration.toSeconds()));
    }

    /** Time between two publications: all are published within the first quarter. */
    Duration publicationInterval() {
        return duration.dividedBy(4L * sessions);
    }

    /** Time between two lookups of one session when all are followed: the budget shared by all, never below the minimum. */
    Duration lookupInterval() {
        return Duration.ofMillis((long) (1000 * Math.max(2, sessions / rate)));
    }
}
