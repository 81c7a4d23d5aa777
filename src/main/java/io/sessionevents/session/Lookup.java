package io.sessionevents.session;

/** The outcome of one lookup, after its retries. Handled by {@code switch} without {@code default}. */
public sealed interface Lookup permits Lookup.Found, Failure {

    /**
     * AWS returned the session.
     *
     * @param sentAt right before the attempt was sent that brought this answer: AWS read the session no sooner
     */
    record Found(Session session, Moment sentAt) implements Lookup {}

    /** AWS does not know the session: not yet (read after write), or not any more. */
    record NotFound() implements Failure {}

    /**
     * AWS answered and will not answer otherwise soon.
     *
     * @param message for people; never contains secrets
     */
    record Refused(Refusal why, String message) implements Failure {}

    /**
     * No usable answer; nothing is known about the session.
     *
     * @param message for people; never contains secrets
     */
    record Unavailable(Trouble why, String message) implements Failure {}

    enum Refusal {
        /** The caller may not read this session. */
        ACCESS_DENIED,
        /** AWS rejects the identifiers. */
        VALIDATION
    }

    enum Trouble {
        THROTTLED,
        /** Time-out, reset, 5xx. */
        TRANSIENT,
        /** The circuit breaker is open: no call was made. */
        CIRCUIT_OPEN,
        /** Missing, expired or rejected credentials. */
        CREDENTIALS,
        CLOCK_SKEW,
        /** Somebody else answered in AWS's place: a proxy, a gateway, a captive portal. Says nothing about the session. */
        FOREIGN,
        /** An answer that cannot be read, or one about another session. */
        MALFORMED
    }
}
