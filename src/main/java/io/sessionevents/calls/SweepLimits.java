package io.sessionevents.calls;

import io.sessionevents.config.Parsers;
import io.sessionevents.config.Setting;
import io.sessionevents.config.Values;
import java.time.Duration;
import java.util.List;

/**
 * Bounds of the sweeps of one source.
 *
 * @param listSessions of the whole fleet, in ListSessions calls per second; 0: no sweeps
 * @param listApplications of the whole fleet, in ListApplications calls per second; 0: the applications are not listed
 * @param complete time between two complete listings of an application, those that have ended included
 * @param discover time between two listings of the applications
 * @param refused how long a listing that AWS refuses is not tried again
 */
public record SweepLimits(
        double listSessions, double listApplications, Duration complete, Duration discover, Duration refused) {
    /** Calls of one operation under way: enough for any pace that AWS grants, as long as an answer takes a second or two. */
    public static final int MOST_AT_ONCE = 8;

    /** Of {@link #listSessions}. */
    public static final Setting<Double> BUDGET_LIST_SESSIONS = Setting.optional(
            "budget.list-sessions",
            "0.95",
            "a number from 0 to 1000000",
            "ListSessions calls per second of the whole fleet, per account and Region; 0: no sweeps. AWS publishes no limit for ListSessions; ListJobRuns has 1.",
            Parsers.number(0, 1e6));
    /** Of {@link #listApplications}. */
    public static final Setting<Double> BUDGET_LIST_APPLICATIONS = Setting.optional(
            "budget.list-applications",
            "0.2",
            "a number from 0 to 1000000",
            "ListApplications calls per second of the whole fleet, per account and Region; 0: the applications are not listed. AWS has a limit of 10.",
            Parsers.number(0, 1e6));

    static final Setting<Duration> COMPLETE = Setting.duration(
            "sweep.complete.interval",
            "10 min",
            "How often an application is listed with the sessions that have ended, so that none is missed that lived between two sweeps.");
    static final Setting<Duration> DISCOVER = Setting.duration(
            "discover.interval", "5 min", "How often the applications are listed, where discover is all.");
    static final Setting<Duration> REFUSED = Setting.duration(
            "sweep.refused.pause", "15 min", "How long a listing is not tried again after AWS has refused it.");

    /** Their keys. */
    public static final List<Setting<?>> ALL =
            List.of(BUDGET_LIST_SESSIONS, BUDGET_LIST_APPLICATIONS, COMPLETE, DISCOVER, REFUSED);

    /** What the values say. */
    public static SweepLimits of(Values values) {
        return new SweepLimits(
                values.get(BUDGET_LIST_SESSIONS),
                values.get(BUDGET_LIST_APPLICATIONS),
                values.get(COMPLETE),
                values.get(DISCOVER),
                values.get(REFUSED));
    }
}
