package io.sessionevents.calls;

import static java.util.Objects.requireNonNull;

import io.sessionevents.session.LookupSchedule;
import io.sessionevents.session.SessionState;
import java.time.Duration;
import java.util.Map;

/**
 * Time between two looks at a session.
 *
 * @param minimum no session is looked at more often, whatever the budget allows
 */
public record LookIntervals(LookupDispatcher dispatcher, Duration minimum) {
    /** One state for each class of those that are looked at equally often. */
    public static final Map<String, SessionState> CLASSES =
            Map.of("passing", SessionState.STARTING, "active", SessionState.BUSY, "idle", SessionState.IDLE);

    /** @param name of a class */
    public Duration of(String name) {
        Duration byBudget = dispatcher.interval(LookupSchedule.weight(requireNonNull(CLASSES.get(name), name)));
        return byBudget.compareTo(minimum) > 0 ? byBudget : minimum;
    }
}
