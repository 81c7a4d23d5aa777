package io.sessionevents.cli;

import io.sessionevents.session.SessionArn;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.Sources;
import io.sessionevents.session.UnknownSourceException;

/**
 * A session as a user names it: {@code applicationId/sessionId}, {@code SOURCE:applicationId/sessionId} or an ARN.
 *
 * @param text of that form
 */
public record SessionName(String text) {

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException if the text is none; the message quotes the offending part
     */
    static SessionName parse(String text) {
        var _ = SessionArn.begins(text) ? SessionArn.parse(text) : SessionKey.parse(text);
        return new SessionName(text.strip());
    }

    /** @throws CommandFailedException if the session is of none of these sources; the message says what to do */
    public SessionKey in(Sources sources) {
        try {
            return sources.key(text);
        } catch (UnknownSourceException e) {
            throw new CommandFailedException("Session " + text + ": " + e.getMessage() + ".", e);
        }
    }
}
