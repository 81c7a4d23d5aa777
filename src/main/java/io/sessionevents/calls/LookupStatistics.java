package io.sessionevents.calls;

import io.sessionevents.session.SessionState;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the lookups of this process stand, all of it at the same moment. Metrics, health and the API read this.
 *
 * @param budget calls per second of the whole fleet
 * @param share of this instance, in calls per second
 * @param rate what it uses of its share at present, in calls per second
 * @param partitions of the repartition topic that this process has; its share of the budget follows them
 * @param ofPartitions that there are
 * @param tracked sessions that are looked at now and then
 * @param unseen those of them that were never seen
 * @param byState those of them that were last reported in a state, by state
 * @param intervals time between two looks at a session, by class of state
 * @param oldestLook time since the look that is the longest ago; zero if nothing is tracked
 * @param inFlight lookups under way
 * @param mostInFlight that may be
 * @param circuitOpen whether no call is made because most recent ones failed
 * @param leased whether the membership of the consumer group is proven; no call is made without
 * @param hold why lookups are held
 * @param answered lookups answered since the start, whatever the outcome
 */
public record LookupStatistics(
        double budget,
        double share,
        double rate,
        int partitions,
        int ofPartitions,
        int tracked,
        int unseen,
        Map<SessionState, Integer> byState,
        Map<String, Duration> intervals,
        Duration oldestLook,
        int inFlight,
        int mostInFlight,
        boolean circuitOpen,
        boolean leased,
        LookupHold.Reason hold,
        long answered) {
    /** Classes of states that are looked at equally often, one state of each. */
    public static final Map<String, SessionState> CLASSES =
            Map.of("passing", SessionState.STARTING, "active", SessionState.BUSY, "idle", SessionState.IDLE);

    /**
     * Sessions by the state they were last reported in.
     *
     * @param state null for those never seen
     */
    public int tracked(@Nullable SessionState state) {
        return state == null ? unseen : byState.getOrDefault(state, 0);
    }

    /** Whether lookups are held although the budget allows them. */
    public boolean held() {
        return hold != LookupHold.Reason.NONE;
    }
}
