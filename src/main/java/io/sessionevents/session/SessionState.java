package io.sessionevents.session;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * States of a session. AWS documents the names, not the graph; this is the plausible one, and since the service samples,
 * every jump forward along it is normal:
 *
 * <pre>
 *  SUBMITTED → STARTING → STARTED ⇄ IDLE ⇄ BUSY      (STARTED → BUSY too)
 *      any of these → FAILED
 *      any of these → TERMINATING → TERMINATED
 * </pre>
 */
public enum SessionState {
    SUBMITTED,
    STARTING,
    STARTED,
    IDLE,
    BUSY,
    TERMINATING,
    FAILED,
    TERMINATED,
    /** A state that AWS sent and this version does not name; the raw text is kept beside it. */
    UNKNOWN;

    private static final Map<String, SessionState> BY_NAME = Stream.of(values())
            .filter(state -> state != UNKNOWN)
            .collect(Collectors.toUnmodifiableMap(SessionState::name, Function.identity()));

    /** The state of that name, or {@link #UNKNOWN}. */
    public static SessionState of(String raw) {
        return BY_NAME.getOrDefault(raw, UNKNOWN);
    }

    /** Whether nothing follows: the session has ended. */
    public boolean terminal() {
        return this == FAILED || this == TERMINATED;
    }
}
