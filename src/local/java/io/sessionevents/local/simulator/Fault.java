package io.sessionevents.local.simulator;

import java.time.Duration;

/** What can go wrong with a request. */
public enum Fault {
    NONE,
    INTERNAL_ERROR,
    /** 503 with a page of HTML, as a proxy gives it. */
    HTML_UNAVAILABLE,
    THROTTLED,
    /** Throttled, with the wish to be left alone for two seconds. */
    THROTTLED_WITH_RETRY_AFTER,
    /** The connection is closed without an answer. */
    RESET,
    /** No answer at all, for as long as the client waits. */
    SILENCE,
    /** A good answer, but five seconds late. */
    FIVE_SECONDS_LATE,
    /** A good answer, but 12 seconds late: longer than a lookup is waited for by default. */
    TWELVE_SECONDS_LATE,
    /** A good answer, but a minute late: longer than a transaction may be open. */
    A_MINUTE_LATE,
    /** A good answer, byte by byte, slower than anyone waits. */
    SLOW_DRIP,
    /** The connection breaks in the middle of a good answer. */
    TRUNCATED,
    /** 200 with a body that is no session. */
    MALFORMED,
    /** 200 with another session than the one that was asked for. */
    WRONG_SESSION,
    /** 200 with the session as it was before its last change: reads may lag behind writes. */
    STALE,
    EXPIRED_CREDENTIALS,
    /** Who called showed credentials that are none of this account. */
    UNKNOWN_CREDENTIALS,
    /** Who called showed credentials of this account that had expired. */
    OUTLIVED_CREDENTIALS,
    /** Who called signed for another Region or service, or with another secret. */
    WRONG_SIGNATURE,
    SKEWED_CLOCK,
    ACCESS_DENIED,
    /** 404 for a session that there is, or was. */
    VANISHED,
    /** AWS's other word for the same: its operations check identifiers first. */
    REJECTED,
    /** A good answer of the largest and strangest values that AWS allows. */
    EXTREME,
    /** 200 with usage numbers that no session can have, as the {@link UsageScript} of the session has it. */
    STRANGE_USAGE,
    /** 200 with a session one of whose values no session can have. */
    IMPOSSIBLE,
    /** One of the {@link HostileAnswers} that say nothing about the session: values out of all bounds, pages, errors without code. */
    HOSTILE,
    /** 404 with a page of a proxy. */
    PROXY_NOT_FOUND,
    /** 403 with a page of a proxy. */
    PROXY_FORBIDDEN,
    /** 407 with a page of a proxy. */
    PROXY_SIGN_IN,
    /** 502 with a page of a proxy. */
    PROXY_BAD_GATEWAY,
    /** 404 of a gateway that has no route, in JSON of its own. */
    NO_ROUTE,
    /** 404 without a body. */
    EMPTY_NOT_FOUND,
    /** 200 with a page on which to sign in. */
    CAPTIVE_PORTAL,
    /** 302 to somewhere else. */
    REDIRECT;

    /** After what time its answer comes, where others come after the usual one. */
    Duration delay(Duration usual) {
        return switch (this) {
            case FIVE_SECONDS_LATE -> Duration.ofSeconds(5);
            case TWELVE_SECONDS_LATE -> Duration.ofSeconds(12);
            case A_MINUTE_LATE -> Duration.ofMinutes(1);
            default -> usual;
        };
    }

    /** Whether the answer tells the present truth. */
    public boolean honest() {
        return this == NONE || this == EXTREME;
    }

    /** Whether it goes wrong with requests for lists as well: it has nothing to do with the session that is asked for. */
    boolean concernsLists() {
        return switch (this) {
            case MALFORMED,
                    WRONG_SESSION,
                    STALE,
                    ACCESS_DENIED,
                    VANISHED,
                    REJECTED,
                    EXTREME,
                    STRANGE_USAGE,
                    IMPOSSIBLE,
                    HOSTILE -> false;
            default -> true;
        };
    }

    /** Whether nothing is seen of a list that is asked for. */
    boolean hidesList() {
        return switch (this) {
            case NONE, FIVE_SECONDS_LATE, TWELVE_SECONDS_LATE, A_MINUTE_LATE, SLOW_DRIP, TRUNCATED -> false;
            default -> concernsLists();
        };
    }

    /** What becomes of a good answer on its way. */
    Answer spoil(Answer good) {
        return switch (this) {
            case SLOW_DRIP -> good.dripping(Duration.ofMillis(300));
            case TRUNCATED -> good.truncated();
            default -> good;
        };
    }
}
