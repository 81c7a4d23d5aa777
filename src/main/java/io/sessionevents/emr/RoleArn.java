package io.sessionevents.emr;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The ARN of an IAM role.
 *
 * @param partition {@code aws}, {@code aws-cn}, {@code aws-us-gov} and the like
 * @param account 12 digits
 * @param text all of it
 */
record RoleArn(String partition, String account, String text) {
    /** What one looks like, for messages. */
    static final String EXPECTED = "a role ARN such as arn:aws:iam::123456789012:role/session-events-reader";

    /** A path is 512 characters at most, a name 64. */
    private static final Pattern ARN = Pattern.compile(
            "arn:(aws[a-z-]{0,20}):iam::([0-9]{12}):role/(?:[\\x21-\\x7e]{1,511}/)?[a-zA-Z0-9_+=,.@-]{1,64}");

    /**
     * Reads one; white space around it is ignored.
     *
     * @throws IllegalArgumentException if the text is none
     */
    static RoleArn parse(String text) {
        String trimmed = text.strip();
        Matcher arn = ARN.matcher(trimmed);
        if (!arn.matches()) {
            throw new IllegalArgumentException("not a role ARN, expected " + EXPECTED);
        }
        return new RoleArn(arn.group(1), arn.group(2), trimmed);
    }
}
