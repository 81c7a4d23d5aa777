package io.sessionevents.local.simulator;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One request to STS, and what came of it.
 *
 * @param keyId of the access key that signed it; null if it was not signed
 * @param role that was asked for; null if none was, as are the two behind it
 * @param outcome the code of the error; {@link #GRANTED} if there was none, {@link #UNANSWERED} if there was no answer
 */
public record StsCall(
        Instant at,
        String action,
        @Nullable String keyId,
        @Nullable String role,
        @Nullable String sessionName,
        @Nullable String externalId,
        String outcome) {
    public static final String GRANTED = "granted";
    public static final String UNANSWERED = "unanswered";

    /** Whether credentials of that role were given out. */
    public boolean grants(String roleArn) {
        return roleArn.equals(role) && outcome.equals(GRANTED);
    }
}
