package io.sessionevents.session;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The ARN of a session, taken apart.
 *
 * @param region as it stands there
 * @param account 12 digits
 * @param applicationId 1 to 64 of {@code [0-9a-z]}
 * @param sessionId 1 to 64 of {@code [0-9a-z]}
 */
public record SessionArn(String region, String account, String applicationId, String sessionId) implements TrackedArn {
    private static final String BEGIN = "arn:";
    private static final Pattern ARN =
            Pattern.compile("arn:aws[a-z-]{0,20}:emr-serverless:([a-z0-9-]{1,30}):([0-9]{12})"
                    + ":/applications/([^/]{1,64})/sessions/([^/]{1,64})");

    /** Whether the text is meant to be an ARN. */
    public static boolean begins(String text) {
        return text.strip().startsWith(BEGIN);
    }

    /**
     * Reads one; white space around it is ignored.
     *
     * @throws IllegalArgumentException if the text is no session ARN; the message quotes the offending part
     */
    public static SessionArn parse(String text) {
        String trimmed = text.strip();
        Matcher arn = ARN.matcher(trimmed);
        if (!arn.matches()) {
            throw new IllegalArgumentException("not a session ARN: " + Quotes.quote(trimmed)
                    + ", expected arn:aws:emr-serverless:REGION:ACCOUNT:/applications/APPLICATION/sessions/SESSION");
        }
        // Checks the two ids.
        SessionKey key = new SessionKey(arn.group(3), arn.group(4));
        return new SessionArn(arn.group(1), arn.group(2), key.applicationId(), key.sessionId());
    }

    /** The key of the session in that source. */
    @Override
    public SessionKey in(String source) {
        return new SessionKey(source, applicationId, sessionId);
    }
}
