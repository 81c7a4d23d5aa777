package io.sessionevents.cli;

import io.sessionevents.session.SessionArn;
import io.sessionevents.session.Sources;
import io.sessionevents.session.TrackedArn;
import io.sessionevents.session.TrackedKey;
import io.sessionevents.session.UnknownSourceException;
import org.jspecify.annotations.Nullable;

/**
 * A session or an application as a user names it: {@code applicationId/sessionId} or {@code applicationId}, {@code SOURCE:} before
 * either, or an ARN.
 *
 * @param text of that form
 */
record TrackedName(String text) {

    /**
     * Reads one.
     *
     * @param source that is said beside it; null: the text says it, or it is the default one
     * @throws IllegalArgumentException if the text is none, or says a source too; the message quotes the offending part
     */
    static TrackedName parse(String text, @Nullable String source) {
        String name = text.strip();
        if (SessionArn.begins(name)) {
            var _ = TrackedArn.parse(name);
        } else {
            var _ = TrackedKey.parse(name);
        }
        if (source == null) {
            return new TrackedName(name);
        }
        if (name.indexOf(':') >= 0) {
            throw new IllegalArgumentException(
                    name + " names its source, expected applicationId/sessionId or applicationId with --source");
        }
        return new TrackedName(TrackedKey.parse(source + ":" + name).toString());
    }

    /** @throws CommandFailedException if it is of none of these sources; the message says what to do */
    TrackedKey in(Sources sources) {
        try {
            return sources.trackedKey(text);
        } catch (UnknownSourceException e) {
            String what = text.contains("/sessions/") || (text.indexOf('/') >= 0 && !SessionArn.begins(text))
                    ? "Session "
                    : "Application ";
            throw new CommandFailedException(what + text + ": " + e.getMessage() + ".", e);
        }
    }

    /** The same, where the source may be one that is not configured any more; that of an ARN must be. */
    TrackedKey stoppedIn(Sources sources) {
        return SessionArn.begins(text) ? in(sources) : TrackedKey.parse(text);
    }
}
