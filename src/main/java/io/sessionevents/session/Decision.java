package io.sessionevents.session;

/** What follows from one lookup. Handled by {@code switch} without {@code default}. */
public sealed interface Decision {

    /**
     * The state changed: report {@code change} and keep {@code next}.
     *
     * @param next what is kept from now on
     */
    record Changed(StateChange change, TrackedSession next) implements Decision {}

    /** The session was seen and there is nothing to report. */
    record Unchanged(Why why) implements Decision {
        public enum Why {
            SAME_STATE,
            /** The answer is older than one seen before. */
            STALE_READ,
            /** The session had ended before; AWS now says otherwise. */
            LEFT_TERMINAL_STATE
        }
    }

    /** AWS did not find the session this time; it may yet appear, or appear again. */
    record Missing() implements Decision {}

    /**
     * The session will not be found any more, or never was: dead letter, and tracking stops.
     *
     * @param message for people
     * @param next what is kept from now on
     */
    record Lost(DeadLetterReason reason, String message, TrackedSession next) implements Decision {}

    /** Nothing was learnt about the session; look again later. */
    record BackOff() implements Decision {}
}
