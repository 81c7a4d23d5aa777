package io.sessionevents.local.emr;

import java.util.Comparator;

/** Names one session, as the endpoint knows it; its text form is what is published. */
public record SessionKey(String applicationId, String sessionId) implements Comparable<SessionKey> {
    private static final Comparator<SessionKey> ORDER =
            Comparator.comparing(SessionKey::applicationId).thenComparing(SessionKey::sessionId);

    @Override
    public String toString() {
        return applicationId + "/" + sessionId;
    }

    @Override
    public int compareTo(SessionKey other) {
        return ORDER.compare(this, other);
    }
}
