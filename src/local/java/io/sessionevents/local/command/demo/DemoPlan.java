package io.sessionevents.local.command.demo;

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

    /** Looks to judge by: three at each session, or half of what the budget allows in that time. A slow machine takes longer. */
    long enoughLooks() {
        return (long) Math.min(3.0 * sessions, rate * duration.toSeconds() / 2);
    }
}
