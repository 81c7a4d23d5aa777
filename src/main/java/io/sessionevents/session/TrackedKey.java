package io.sessionevents.session;

/** Identifies what somebody wants to have tracked: one session, or an application with all its sessions. */
public sealed interface TrackedKey permits SessionKey, ApplicationKey {

    /** Name of the source, see {@link Source}. */
    String source();

    /** EMR Serverless application id, 1 to 64 of {@code [0-9a-z]}. */
    String applicationId();

    /**
     * Reads what {@code toString} of either writes: a slash tells a session from an application. White space around it is ignored. What
     * people write may be an ARN too: {@link Sources} reads both.
     *
     * @throws IllegalArgumentException if the text is neither; the message quotes the offending part
     */
    static TrackedKey parse(String text) {
        if (text.indexOf('/') >= 0) {
            return SessionKey.parse(text);
        }
        try {
            return ApplicationKey.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "neither a session nor an application: " + Quotes.quote(text.strip())
                            + ", expected applicationId/sessionId or applicationId, SOURCE: before it in a source other than "
                            + Source.DEFAULT + ", or the ARN of one of them",
                    e);
        }
    }
}
