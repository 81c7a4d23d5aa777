package io.sessionevents.local.simulator;

import java.util.Comparator;

/** Names one session, as the endpoint knows it; its text form is what is published. */
public record SessionKey(String applicationId, String sessionId) implements Comparable<SessionKey> {
    private static final Comparator<SessionKey> ORDER =
            Comparator.comparing(SessionKey::applicationId).thenComparing(SessionKey::sessionId);

    /** From its text form. */
    public static SessionKey parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("'" + text + "', expected applicationId/sessionId");
        }
        return new SessionKey(text.substring(0, slash), text.substring(slash + 1));
    }

    @Override
    public String toString() {
        return applicationId + "/" + sessionId;
    }

    @Override
    public int compareTo(SessionKey other) {
        return ORDER.compare(this, other);
    }
}
