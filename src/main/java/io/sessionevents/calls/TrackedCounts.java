package io.sessionevents.calls;

import static java.util.Objects.requireNonNull;

import io.sessionevents.session.AlertKind;
import io.sessionevents.session.SessionState;
import io.sessionevents.session.TrackedSession;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** How many sessions are tracked, by the state they were last reported in, and what is raised of them. Changed by one thread, read by many. */
final class TrackedCounts {
    private final Map<SessionState, AtomicInteger> byState = new EnumMap<>(SessionState.class);
    private final Map<AlertKind, AtomicInteger> raised = new EnumMap<>(AlertKind.class);
    private final AtomicInteger neverSeen = new AtomicInteger();

    TrackedCounts() {
        for (SessionState state : SessionState.values()) {
            byState.put(state, new AtomicInteger());
        }
        for (AlertKind kind : AlertKind.values()) {
            raised.put(kind, new AtomicInteger());
        }
    }

    /** Counts one more, or one less if negative; nothing if it is not tracked. */
    void add(TrackedSession session, int change) {
        if (session.tracked()) {
            stateCounter(session.seen() == null ? null : session.seen().state()).addAndGet(change);
            session.alerts().raised().forEach(kind -> counter(kind).addAndGet(change));
        }
    }

    /** @param state null for those never seen */
    int of(@Nullable SessionState state) {
        return stateCounter(state).get();
    }

    int all() {
        return neverSeen.get()
                + byState.values().stream().mapToInt(AtomicInteger::get).sum();
    }

    /** Sessions with a raised alert of that kind. */
    int raised(AlertKind kind) {
        return counter(kind).get();
    }

    private AtomicInteger counter(AlertKind kind) {
        return requireNonNull(raised.get(kind));
    }

    private AtomicInteger stateCounter(@Nullable SessionState state) {
        return state == null ? neverSeen : requireNonNull(byState.get(state));
    }
}
