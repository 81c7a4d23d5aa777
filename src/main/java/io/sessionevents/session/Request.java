package io.sessionevents.session;

import java.util.Map;

/** What one record of the input topic asks for. Handled by {@code switch} without {@code default}. */
public sealed interface Request {

    /** Track the session until it ends; if it is tracked already, look at it now. */
    record Track(SessionKey key, Map<String, String> labels) implements Request {
        public Track {
            labels = Map.copyOf(labels);
        }
    }

    /** Stop tracking the session. */
    record Stop(SessionKey key) implements Request {}

    /**
     * The record cannot be understood.
     *
     * @param message for people; never quotes the contents at length
     */
    record Unreadable(DeadLetterReason reason, String message) implements Request {}
}
