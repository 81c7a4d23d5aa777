package io.sessionevents.cli;

import io.sessionevents.session.SessionArn;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.Sources;
import io.sessionevents.session.UnknownSourceException;
import org.jspecify.annotations.Nullable;

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

    /**
     * Reads one whose source is said beside it.
     *
     * @param source null: the text says it, or it is the default one
     * @throws IllegalArgumentException if the text is none, or says a source too; the message quotes the offending part
     */
    static SessionName parse(String text, @Nullable String source) {
        SessionName name = parse(text);
        if (source == null) {
            return name;
        }
        if (name.text().indexOf(':') >= 0) {
            throw new IllegalArgumentException(
                    name.text() + " names its source, expected applicationId/sessionId with --source");
        }
        return new SessionName(SessionKey.parse(source + ":" + name.text()).toString());
    }

    /** Whether it is an ARN, whose source is found by account and Region. */
    boolean arn() {
        return SessionArn.begins(text);
    }

    /** @throws CommandFailedException if the session is of none of these sources; the message says what to do */
    public SessionKey in(Sources sources) {
        try {
            return sources.key(text);
        } catch (UnknownSourceException e) {
            throw new CommandFailedException("Session " + text + ": " + e.getMessage() + ".", e);
        }
    }

    /** The account that its ARN names; null if it is not named by one. */
    @Nullable
    String account() {
        return SessionArn.begins(text) ? SessionArn.parse(text).account() : null;
    }
}
