package io.sessionevents.session;

/**
 * Identifies one session. All parts are checked on construction, so that a key can be put into a URL path as it is.
 *
 * @param source name of the source that the session is read from, see {@link Source}
 * @param applicationId EMR Serverless application id, 1 to 64 of {@code [0-9a-z]}
 * @param sessionId session id, 1 to 64 of {@code [0-9a-z]}
 */
public record SessionKey(String source, String applicationId, String sessionId)
        implements TrackedKey, Comparable<SessionKey> {
    /** @throws IllegalArgumentException if a part is no identifier; the message says which and what was expected */
    public SessionKey {
        source = Source.name(source);
        Identifiers.check("applicationId", applicationId);
        Identifiers.check("sessionId", sessionId);
        // A million sessions are of few applications.
        applicationId = applicationId.intern();
    }

    /** A session of the source {@value Source#DEFAULT}. */
    public SessionKey(String applicationId, String sessionId) {
        this(Source.DEFAULT, applicationId, sessionId);
    }

    /**
     * Reads what {@link #toString} writes; white space around it is ignored. What people write may be an ARN too: {@link Sources}
     * reads both.
     *
     * @throws IllegalArgumentException if the text is no key; the message quotes the offending part
     */
    public static SessionKey parse(String text) {
        String trimmed = text.strip();
        int colon = trimmed.indexOf(':');
        int slash = trimmed.indexOf('/', colon + 1);
        if (slash < 0) {
            throw new IllegalArgumentException("not a session: " + Quotes.quote(trimmed)
                    + ", expected applicationId/sessionId, SOURCE:applicationId/sessionId or a session ARN");
        }
        return new SessionKey(
                colon < 0 ? Source.DEFAULT : trimmed.substring(0, colon),
                trimmed.substring(colon + 1, slash),
                trimmed.substring(slash + 1));
    }

    /**
     * The form used as the key of every topic: {@code applicationId/sessionId} in the source {@value Source#DEFAULT}, {@code
     * SOURCE:applicationId/sessionId} in others.
     */
    @Override
    public String toString() {
        String session = applicationId + "/" + sessionId;
        return source.equals(Source.DEFAULT) ? session : source + ":" + session;
    }

    /** In the order of what {@link #toString} writes, which is the order of the stores. */
    @Override
    public int compareTo(SessionKey other) {
        if (!source.equals(other.source)) {
            return toString().compareTo(other.toString());
        }
        int byApplication = applicationId.compareTo(other.applicationId);
        return byApplication != 0 ? byApplication : sessionId.compareTo(other.sessionId);
    }
}
