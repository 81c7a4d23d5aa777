package io.sessionevents.session;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Identifies one session. Both parts are checked on construction, so that a key can be put into a URL path as it is.
 *
 * @param applicationId EMR Serverless application id, 1 to 64 of {@code [0-9a-z]}
 * @param sessionId session id, 1 to 64 of {@code [0-9a-z]}
 */
public record SessionKey(String applicationId, String sessionId) implements Comparable<SessionKey> {
    private static final Pattern IDENTIFIER = Pattern.compile("[0-9a-z]{1,64}");
    private static final Pattern ARN = Pattern.compile(
            "arn:aws[a-z-]{0,20}:emr-serverless:[a-z0-9-]{1,30}:[0-9]{12}:/applications/([^/]{1,64})/sessions/([^/]{1,64})");
    private static final int LONGEST_QUOTE = 40;

    /** @throws IllegalArgumentException if a part is no identifier; the message says which and what was expected */
    public SessionKey {
        check("applicationId", applicationId);
        check("sessionId", sessionId);
    }

    /**
     * Reads {@code applicationId/sessionId} or a session ARN; white space around it is ignored.
     *
     * @throws IllegalArgumentException if the text is neither; the message quotes the offending part
     */
    public static SessionKey parse(String text) {
        String trimmed = text.strip();
        if (trimmed.startsWith("arn:")) {
            Matcher arn = ARN.matcher(trimmed);
            if (!arn.matches()) {
                throw new IllegalArgumentException(
                        "not a session ARN: " + quote(trimmed) + ", expected arn:aws:emr-serverless:REGION:ACCOUNT:"
                                + "/applications/APPLICATION/sessions/SESSION");
            }
            return new SessionKey(arn.group(1), arn.group(2));
        }
        int slash = trimmed.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException(
                    "not a session: " + quote(trimmed) + ", expected applicationId/sessionId or a session ARN");
        }
        return new SessionKey(trimmed.substring(0, slash), trimmed.substring(slash + 1));
    }

    /** The form used as the key of every topic: {@code applicationId/sessionId}. */
    @Override
    public String toString() {
        return applicationId + "/" + sessionId;
    }

    @Override
    public int compareTo(SessionKey other) {
        int byApplication = applicationId.compareTo(other.applicationId);
        return byApplication != 0 ? byApplication : sessionId.compareTo(other.sessionId);
    }

    private static void check(String name, String value) {
        if (!IDENTIFIER.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    name + " " + quote(value) + " is no identifier, expected 1 to 64 characters of 0-9 and a-z");
        }
    }

    private static String quote(String text) {
        String shown = text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "…";
        return '"' + shown.replaceAll("\\p{Cntrl}", "?") + '"';
    }
}
