package io.sessionevents.cli;

import io.sessionevents.session.SessionKey;
import org.jspecify.annotations.Nullable;

/**
 * A session as a user names it.
 *
 * @param region as its ARN says; null if it was not named by one
 * @param account as its ARN says; null if it was not named by one
 */
public record SessionName(
        SessionKey key, @Nullable String region, @Nullable String account) {

    /**
     * Reads {@code applicationId/sessionId} or an ARN.
     *
     * @throws IllegalArgumentException if the text is neither; the message quotes the offending part
     */
    static SessionName parse(String text) {
        SessionKey key = SessionKey.parse(text);
        String[] parts = text.strip().split(":", -1);
        return parts.length < 6 ? new SessionName(key, null, null) : new SessionName(key, parts[3], parts[4]);
    }
}
