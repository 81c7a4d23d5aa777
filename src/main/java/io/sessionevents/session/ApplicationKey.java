package io.sessionevents.session;

/**
 * Identifies one application. All parts are checked on construction, so that a key can be put into a URL path as it is.
 *
 * @param source name of the source that its sessions are read from, see {@link Source}
 * @param applicationId EMR Serverless application id, 1 to 64 of {@code [0-9a-z]}
 */
public record ApplicationKey(String source, String applicationId) implements TrackedKey, Comparable<ApplicationKey> {
    /** @throws IllegalArgumentException if a part is no identifier; the message says which and what was expected */
    public ApplicationKey {
        source = Source.name(source);
        Identifiers.check("applicationId", applicationId);
    }

    /**
     * Reads what {@link #toString} writes; white space around it is ignored. What people write may be an ARN too: {@link Sources}
     * reads both.
     *
     * @throws IllegalArgumentException if the text is no key; the message quotes the offending part
     */
    public static ApplicationKey parse(String text) {
        String trimmed = text.strip();
        int colon = trimmed.indexOf(':');
        return new ApplicationKey(
                colon < 0 ? Source.DEFAULT : trimmed.substring(0, colon), trimmed.substring(colon + 1));
    }

    /** The application of that session. */
    public static ApplicationKey of(SessionKey session) {
        return new ApplicationKey(session.source(), session.applicationId());
    }

    /** The key of one of its sessions. */
    public SessionKey session(String sessionId) {
        return new SessionKey(source, applicationId, sessionId);
    }

    /** {@code applicationId} in the source {@value Source#DEFAULT}, {@code SOURCE:applicationId} in others. */
    @Override
    public String toString() {
        return source.equals(Source.DEFAULT) ? applicationId : source + ":" + applicationId;
    }

    /** In the order of what {@link #toString} writes, which is the order of the stores. */
    @Override
    public int compareTo(ApplicationKey other) {
        return toString().compareTo(other.toString());
    }
}
