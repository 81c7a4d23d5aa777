package io.sessionevents.local.command.demo;

import io.sessionevents.local.judge.AlertPlan;
import io.sessionevents.local.simulator.Lists;
import io.sessionevents.local.simulator.Operation;
import java.time.Duration;
import java.util.Map;
import java.util.Random;

/**
 * What the demo was asked for.
 *
 * @param discover whether nothing is published and the service finds the application by itself; else the application is published
 */
record DemoPlan(
        int sessions, Duration duration, double rate, long seed, FaultLevel faults, int port, boolean discover) {
    /** Calls per second; AWS gives list operations about one. */
    static final double LIST_SESSIONS = 0.95;

    /** Likewise. */
    static final double LIST_APPLICATIONS = 0.2;

    private static final int SESSIONS_PER_PAGE = 50;
    private static final int ROUNDS_TO_END = 5;

    /** A minute is short, so nothing may take its usual time. */
    private static final Duration COMPLETE = Duration.ofSeconds(20);

    /** Seconds of a typical life, from submission to the end. */
    private static final double LIFE_SECONDS = 600;

    /** Part of the duration in which a life fits. */
    private static final double LIFE_SHARE = 0.75;

    /** How many times faster than in reality sessions live. */
    double compression() {
        return Math.max(1, LIFE_SECONDS / (LIFE_SHARE * duration.toSeconds()));
    }

    /** Configuration keys of the service. */
    Map<String, String> settings() {
        return Map.ofEntries(
                Map.entry("budget.get-session", Double.toString(rate)),
                Map.entry("budget.list-sessions", Double.toString(LIST_SESSIONS)),
                Map.entry("budget.list-applications", Double.toString(LIST_APPLICATIONS)),
                Map.entry("sweep.complete.interval", complete().toSeconds() + " s"),
                Map.entry("sweep.refused.pause", "15 s"),
                Map.entry("discover", discover ? "all" : "none"),
                Map.entry("discover.interval", "10 s"),
                Map.entry("usage.looks", "2 s, 4 s, 8 s, 15 s"),
                Map.entry("usage.settle.after", "3 s"),
                Map.entry("alert.idle.after", alerts().idleAfter().toMillis() + " ms"),
                Map.entry("alert.starting.after", alerts().startingAfter().toMillis() + " ms"));
    }

    /** Two minutes of a typical life in IDLE, and one to start: some sessions take longer, some do not. */
    AlertPlan alerts() {
        long minute = (long) (60_000 / compression());
        return AlertPlan.ofTimes(Duration.ofMillis(2 * minute), Duration.ofMillis(minute));
    }

    /** Time between two complete listings: half of the calls are left for the other ones. */
    private Duration complete() {
        double pages = Math.ceil((double) sessions / SESSIONS_PER_PAGE);
        Duration pace = Duration.ofSeconds((long) Math.ceil(2 * pages / LIST_SESSIONS));
        return pace.compareTo(COMPLETE) > 0 ? pace : COMPLETE;
    }

    /** Limits lists as AWS does, and lets them be wrong. */
    void limit(Lists lists) {
        lists.limit(Operation.LIST_SESSIONS, 1, 25);
        lists.limit(Operation.LIST_APPLICATIONS, 10, 50);
        lists.lie(faults.lies(new Random(seed)));
    }

    /** How long is waited for the last ends that must be told. */
    Duration patience() {
        Duration rounds = Duration.ofMillis((long) (1_000 * ROUNDS_TO_END * sessions / rate));
        return complete().multipliedBy(2).plus(rounds).plusSeconds(10).multipliedBy(faults.slower());
    }

    /** Time between two beginnings: all sessions begin within the first quarter. */
    Duration beginningInterval() {
        return duration.dividedBy(4L * sessions);
    }

    /** Looks to judge by: three at each session, or half of what the budget allows in that time. A slow machine takes longer. */
    long enoughLooks() {
        return (long) Math.min(3.0 * sessions, rate * duration.toSeconds() / 2);
    }
}
