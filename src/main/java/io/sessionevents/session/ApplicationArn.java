package io.sessionevents.session;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The ARN of an application, taken apart.
 *
 * @param region as it stands there
 * @param account 12 digits
 * @param applicationId 1 to 64 of {@code [0-9a-z]}
 */
public record ApplicationArn(String region, String account, String applicationId) implements TrackedArn {
    private static final Pattern ARN = Pattern.compile(
            "arn:aws[a-z-]{0,20}:emr-serverless:([a-z0-9-]{1,30}):([0-9]{12}):/applications/([^/]{1,64})");

    /** Whether the text has the form of one; white space around it is ignored. */
    static boolean is(String text) {
        return ARN.matcher(text.strip()).matches();
    }

    /**
     * Reads one; white space around it is ignored.
     *
     * @throws IllegalArgumentException if the text is no application ARN; the message quotes the offending part
     */
    public static ApplicationArn parse(String text) {
        String trimmed = text.strip();
        Matcher arn = ARN.matcher(trimmed);
        if (!arn.matches()) {
            throw new IllegalArgumentException("not an application ARN: " + Quotes.quote(trimmed)
                    + ", expected arn:aws:emr-serverless:REGION:ACCOUNT:/applications/APPLICATION");
        }
        Identifiers.check("applicationId", arn.group(3));
        return new ApplicationArn(arn.group(1), arn.group(2), arn.group(3));
    }

    /** The key of the application in that source. */
    @Override
    public ApplicationKey in(String source) {
        return new ApplicationKey(source, applicationId);
    }
}
