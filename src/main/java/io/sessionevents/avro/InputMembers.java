package io.sessionevents.avro;

import io.sessionevents.session.DeadLetterReason;
import io.sessionevents.session.Request;
import io.sessionevents.session.Sources;
import io.sessionevents.session.UnknownSourceException;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The members of a session ID event, in whatever format, unchecked.
 *
 * @param source null if there is none
 * @param sessionId null: all sessions of the application are meant
 */
record InputMembers(
        @Nullable String source,
        String applicationId,
        @Nullable String sessionId,
        Map<String, String> labels) {
    private static final int MOST_LABELS = 64;
    private static final int LONGEST_LABEL = 1024;

    /**
     * Whether a member of that name tells that one session is meant, so that an event without {@code sessionId} is a mistake: it would
     * track the whole application.
     */
    static boolean tellsOfASession(String name) {
        return name.toLowerCase(Locale.ROOT).startsWith("session");
    }

    /** What they ask for. */
    Request request(Sources sources) throws UnreadableInput {
        checkLabels();
        try {
            return sessionId == null
                    ? new Request.TrackApplication(sources.applicationKey(source, applicationId), labels)
                    : new Request.Track(sources.key(source, applicationId, sessionId), labels);
        } catch (UnknownSourceException e) {
            throw new UnreadableInput(DeadLetterReason.UNKNOWN_SOURCE, e.getMessage());
        } catch (IllegalArgumentException e) {
            throw new UnreadableInput(DeadLetterReason.BAD_IDENTIFIER, e.getMessage());
        }
    }

    private void checkLabels() throws UnreadableInput {
        boolean tooLong = labels.entrySet().stream()
                .anyMatch(label -> label.getKey().length() > LONGEST_LABEL
                        || label.getValue().length() > LONGEST_LABEL);
        if (labels.size() > MOST_LABELS || tooLong) {
            throw new UnreadableInput(
                    DeadLetterReason.BAD_LABELS,
                    "expected at most " + MOST_LABELS + " labels of at most " + LONGEST_LABEL + " characters");
        }
    }
}
