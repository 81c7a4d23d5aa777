package io.sessionevents.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.cli.CommandContext;
import io.sessionevents.cli.CommandLineInterface;
import io.sessionevents.cli.ServiceInspection;
import io.sessionevents.settings.Configuration;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/** The commands, in this process. */
final class Commands {
    private Commands() {}

    /** Runs one; returns all that it has printed, which is never a stack trace. */
    static String run(int exitCode, List<String> arguments) {
        return run(exitCode, Map.of(), arguments);
    }

    /** The same with these variables of the environment. */
    static String run(int exitCode, Map<String, String> variables, List<String> arguments) {
        var text = new StringWriter();
        return run(exitCode, variables, InstantSource.system(), arguments, text, text);
    }

    /** The same for a command that takes as long as that clock says. */
    static String run(int exitCode, InstantSource clock, List<String> arguments) {
        var text = new StringWriter();
        return run(exitCode, Map.of(), clock, arguments, text, text);
    }

    /**
     * The same with another place for what it prints; returns the rest.
     *
     * @param text takes what goes to standard error
     */
    static String run(int exitCode, List<String> arguments, Writer out, StringWriter text) {
        return run(exitCode, Map.of(), InstantSource.system(), arguments, out, text);
    }

    private static String run(
            int exitCode,
            Map<String, String> variables,
            InstantSource clock,
            List<String> arguments,
            Writer out,
            StringWriter text) {
        var context = new CommandContext(
                variables,
                InputStream.nullInputStream(),
                false,
                clock,
                ZoneOffset.UTC,
                "test",
                action -> {},
                Path.of("src/main/config/session-events.properties"));
        var commandLine = CommandLineInterface.create(
                context, (configuration, interrupts) -> 0, new ServiceInspection("test", Configuration::sources));
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(text, true));

        int actual = CommandLineInterface.execute(commandLine, context, arguments.toArray(String[]::new));
        assertThat(actual)
                .as(String.join(" ", arguments) + "%n%s".formatted(text))
                .isEqualTo(exitCode);
        assertThat(text.toString()).doesNotContain("\tat ");
        return text.toString();
    }
}
