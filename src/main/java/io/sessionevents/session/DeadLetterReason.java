package io.sessionevents.session;

import java.util.Locale;

/** Why a record lies in the dead-letter topic; the closed list behind the header {@code session-events.reason}. */
public enum DeadLetterReason {
    /** AWS does not return the session, after repeated looks spread over minutes. */
    SESSION_NOT_FOUND,
    /** AWS rejects the identifiers. */
    SESSION_REJECTED;

    /** The code written into the header: lower case, words joined by hyphens. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
