package io.sessionevents.local.simulator;

/**
 * Names one session, as the endpoint of its account knows it; its text form is what is published, and the key of every event.
 *
 * @param source name of the account and Region that it is in
 */
public record SessionKey(String source, String applicationId, String sessionId) implements Comparable<SessionKey> {
    /** Sessions of that one are named without it. */
    public static final String DEFAULT_SOURCE = "default";

    /** One of the default account. */
    public SessionKey(String applicationId, String sessionId) {
        this(DEFAULT_SOURCE, applicationId, sessionId);
    }

    /** From its text form. */
    public static SessionKey parse(String text) {
        int colon = text.indexOf(':');
        int slash = text.indexOf('/', colon + 1);
        if (slash < 0) {
            throw new IllegalArgumentException(
                    "'" + text + "', expected applicationId/sessionId or SOURCE:applicationId/sessionId");
        }
        return new SessionKey(
                colon < 0 ? DEFAULT_SOURCE : text.substring(0, colon),
                text.substring(colon + 1, slash),
                text.substring(slash + 1));
    }

    @Override
    public String toString() {
        String session = applicationId + "/" + sessionId;
        return source.equals(DEFAULT_SOURCE) ? session : source + ":" + session;
    }

    /** In the order of their text. */
    @Override
    public int compareTo(SessionKey other) {
        return toString().compareTo(other.toString());
    }
}
