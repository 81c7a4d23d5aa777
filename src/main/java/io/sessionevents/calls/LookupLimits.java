package io.sessionevents.calls;

import io.sessionevents.config.Parsers;
import io.sessionevents.config.Setting;
import io.sessionevents.config.Values;
import io.sessionevents.session.LookupWeights;
import java.time.Duration;
import java.util.List;

/**
 * Bounds of the lookups.
 *
 * @param budget of the whole fleet, in GetSession calls per second
 * @param partitions that the budget is split over
 * @param maxConcurrent lookups in flight of this process
 * @param intervalMin no session is looked at more often, whatever the budget allows
 * @param weights of the states
 */
public record LookupLimits(
        double budget, int partitions, int maxConcurrent, Duration intervalMin, LookupWeights weights) {
    static final Setting<Double> BUDGET_GET_SESSION = Setting.optional(
            "budget.get-session",
            "9.5",
            "a number from 0.001 to 1000000",
            "GetSession calls per second of the whole fleet, per account and Region. AWS publishes no limit for GetSession; GetJobRun has 10.",
            Parsers.number(0.001, 1e6));
    static final Setting<Integer> MAX_CONCURRENT = Setting.optional(
            "lookup.max.concurrent",
            "64",
            "a whole number from 1 to 10000",
            "Lookups in flight per instance.",
            Parsers.integer(1, 10_000));

    static final Setting<Duration> INTERVAL_MIN = Setting.duration(
            "lookup.interval.min", "2 s", "No session is looked up more often; otherwise the budget decides.");

    /** Their keys. */
    public static final List<Setting<?>> ALL = List.of(BUDGET_GET_SESSION, MAX_CONCURRENT, INTERVAL_MIN);

    /** Every session as often as the budget allows; nobody sweeps. */
    public LookupLimits(double budget, int partitions, int maxConcurrent) {
        this(budget, partitions, maxConcurrent, Duration.ZERO, LookupWeights.UNSWEPT);
    }

    /** What the values say. */
    public static LookupLimits of(Values values, int partitions) {
        return new LookupLimits(
                values.get(BUDGET_GET_SESSION),
                partitions,
                values.get(MAX_CONCURRENT),
                values.get(INTERVAL_MIN),
                values.get(SweepLimits.BUDGET_LIST_SESSIONS) > 0 ? LookupWeights.SWEPT : LookupWeights.UNSWEPT);
    }
}
