package io.sessionevents.session;

/** The ARN of a session or of an application, taken apart. */
public sealed interface TrackedArn permits SessionArn, ApplicationArn {

    /** As it stands there. */
    String region();

    /** 12 digits. */
    String account();

    /** The key in that source. */
    TrackedKey in(String source);

    /**
     * Reads one of either; white space around it is ignored.
     *
     * @throws IllegalArgumentException if the text is neither; the message quotes the offending part
     */
    static TrackedArn parse(String text) {
        if (ApplicationArn.is(text)) {
            return ApplicationArn.parse(text);
        }
        try {
            return SessionArn.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    e.getMessage()
                            + "; of an application: arn:aws:emr-serverless:REGION:ACCOUNT:/applications/APPLICATION",
                    e);
        }
    }
}
