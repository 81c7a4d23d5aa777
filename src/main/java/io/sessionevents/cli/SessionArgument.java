package io.sessionevents.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** One session, named by an ARN, by {@code A/S} or by two options. */
final class SessionArgument {
    @Parameters(paramLabel = "SESSION", arity = "0..1", description = "A session ARN or applicationId/sessionId.")
    private @Nullable String session;

    @Option(names = "--application-id", paramLabel = "A", description = "Application id, with --session-id.")
    private @Nullable String applicationId;

    @Option(names = "--session-id", paramLabel = "S", description = "Session id, with --application-id.")
    private @Nullable String sessionId;

    /** @throws ParameterException if not exactly one session is named */
    SessionName name(CommandLine commandLine) {
        if ((applicationId == null) != (sessionId == null)) {
            throw new ParameterException(commandLine, "--application-id and --session-id go together");
        }
        if ((session == null) == (applicationId == null)) {
            throw new ParameterException(
                    commandLine, "expected one session: SESSION, or --application-id and --session-id");
        }
        return parse(commandLine, session == null ? applicationId + "/" + sessionId : session);
    }

    /** @throws ParameterException if the text names no session */
    static SessionName parse(CommandLine commandLine, String text) {
        try {
            return SessionName.parse(text);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(commandLine, String.valueOf(e.getMessage()), e);
        }
    }
}
