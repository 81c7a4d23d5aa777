package io.sessionevents.session;

import java.util.Locale;

/** Why a record lies in the dead-letter topic; the closed list behind the header {@code session-events.reason}. */
public enum DeadLetterReason {
    /** A null value whose key names neither a session nor an application. */
    TOMBSTONE_WITHOUT_SESSION,
    /** A value of no bytes. */
    EMPTY_VALUE,
    /** More bytes than a session id can need. */
    TOO_LARGE,
    /** Neither Confluent's framing nor JSON nor text. */
    UNREADABLE_FRAME,
    /** The registry says that it does not know the schema id of the frame, and has said so for a while. */
    UNKNOWN_SCHEMA,
    /** The registry has no Avro schema under the schema id of the frame, or does not give it away. */
    UNSUPPORTED_SCHEMA,
    /** Waited for the registry for a day. */
    WAITED_TOO_LONG,
    /** The bytes in the frame are no session id event. */
    UNREADABLE_AVRO,
    /** Begins with a brace and is no JSON of a session id event. */
    UNREADABLE_JSON,
    /** Is not UTF-8, or neither an ARN of a session or an application, nor {@code applicationId/sessionId}, nor an application ID. */
    UNREADABLE_TEXT,
    /** The application id or the session id is not 1 to 64 characters of 0-9 and a-z. */
    BAD_IDENTIFIER,
    /** Too many or too long labels. */
    BAD_LABELS,
    /** No configured source has the name, or the Region and account of the ARN. */
    UNKNOWN_SOURCE,
    /** AWS does not return the session, after repeated lookups spread over minutes. */
    SESSION_NOT_FOUND,
    /** AWS rejects the identifiers. */
    SESSION_REJECTED,
    /** AWS does not know the application that was published, after repeated listings spread over minutes. */
    APPLICATION_NOT_FOUND,
    /** For longer than a session can live, no answer told whether it has ended. */
    NO_VERDICT,
    /** A change of the session cannot be written as an event, or what is kept of it does not fit the changelog. */
    SESSION_UNREPORTABLE;

    /** The code written into the header: lower case, words joined by hyphens. */
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
