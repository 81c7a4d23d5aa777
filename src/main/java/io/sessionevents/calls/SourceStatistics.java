package io.sessionevents.calls;

import io.sessionevents.session.AlertKind;
import io.sessionevents.session.SessionState;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the lookups of one source stand in this process.
 *
 * @param budget calls per second of the whole fleet
 * @param share of this instance, in calls per second
 * @param rate what it uses of its share at present, in calls per second
 * @param tracked sessions that are looked at now and then
 * @param unseen those of them that were never seen
 * @param byState those of them that were last reported in a state, by state
 * @param raised those of them with a raised alert, by kind
 * @param intervals time between two looks at a session, by class of state
 * @param oldestLook time since the look that is the longest ago; zero if nothing is tracked
 * @param settling ended sessions whose usage is looked at, those under way left out
 * @param settlingOverdue for how long the look at one of them that is due first has been due
 * @param inFlight lookups under way
 * @param mostInFlight that may be
 * @param circuitOpen whether no call is made because most recent ones failed
 * @param leased whether the membership of the consumer group is proven; no call is made without
 * @param answered lookups answered since the start, whatever the outcome
 */
public record SourceStatistics(
        double budget,
        double share,
        double rate,
        int tracked,
        int unseen,
        Map<SessionState, Integer> byState,
        Map<AlertKind, Integer> raised,
        Map<String, Duration> intervals,
        Duration oldestLook,
        int settling,
        Duration settlingOverdue,
        int inFlight,
        int mostInFlight,
        boolean circuitOpen,
        boolean leased,
        long answered) {
    /** Classes of states that are looked at equally often, one state of each. */
    public static final Map<String, SessionState> CLASSES =
            Map.of("passing", SessionState.STARTING, "active", SessionState.BUSY, "idle", SessionState.IDLE);

    /** Whether there is anything to look up: if not, no call will tell that trouble with calls is over. */
    public boolean looking() {
        return tracked + settling + inFlight > 0;
    }

    /**
     * Sessions by the state they were last reported in.
     *
     * @param state null for those never seen
     */
    public int tracked(@Nullable SessionState state) {
        return state == null ? unseen : byState.getOrDefault(state, 0);
    }
}
