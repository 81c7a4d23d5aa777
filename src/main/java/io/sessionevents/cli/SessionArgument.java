package io.sessionevents.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** One session, named by an ARN, by {@code A/S}, {@code SOURCE:A/S} or by two options; the source may be an option too. */
final class SessionArgument {
    /** What a session looks like. */
    static final String SESSION = "A session ARN, applicationId/sessionId or SOURCE:applicationId/sessionId.";

    /** What the option of the source does. */
    static final String SOURCE = "Source of the session, with applicationId/sessionId or the two ids; default default.";

    @Parameters(paramLabel = "SESSION", arity = "0..1", description = SESSION)
    private @Nullable String session;

    @Option(names = "--application-id", paramLabel = "A", description = "Application id, with --session-id.")
    private @Nullable String applicationId;

    @Option(names = "--session-id", paramLabel = "S", description = "Session id, with --application-id.")
    private @Nullable String sessionId;

    @Option(names = "--source", paramLabel = "NAME", description = SOURCE, converter = SourceConverter.class)
    private @Nullable String source;

    /** @throws ParameterException if not exactly one session is named */
    SessionName name(CommandLine commandLine) {
        if ((applicationId == null) != (sessionId == null)) {
            throw new ParameterException(commandLine, "--application-id and --session-id go together");
        }
        if ((session == null) == (applicationId == null)) {
            throw new ParameterException(
                    commandLine, "expected one session: SESSION, or --application-id and --session-id");
        }
        return parse(commandLine, session == null ? applicationId + "/" + sessionId : session, source);
    }

    /** @throws ParameterException if the text names no session */
    static SessionName parse(CommandLine commandLine, String text, @Nullable String source) {
        try {
            return SessionName.parse(text, source);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(commandLine, String.valueOf(e.getMessage()), e);
        }
    }
}
