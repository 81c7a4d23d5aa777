package io.sessionevents.local.simulator;

import java.time.Instant;

/** A true state of a session, from that moment until the next phase begins. */
public record Phase(String state, Instant from) {
    boolean running() {
        return state.equals("STARTED") || state.equals("IDLE") || state.equals("BUSY");
    }

    /** Whether it is the last one. */
    public boolean terminal() {
        return state.equals("FAILED") || state.equals("TERMINATED");
    }
}
