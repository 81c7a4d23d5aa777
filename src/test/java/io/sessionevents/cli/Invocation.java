package io.sessionevents.cli;

import io.sessionevents.settings.Configuration;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.function.BiConsumer;
import picocli.CommandLine;

/** Runs one command in this process, as the launcher does: with the configuration that comes with it. */
final class Invocation {
    private Invocation() {}

    record Result(int code, String out, String err) {}

    static Result run(String... arguments) {
        return run((commandLine, context) -> {}, arguments);
    }

    /** @param more adds commands to those of the product */
    static Result run(BiConsumer<CommandLine, CommandContext> more, String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        CommandLine commandLine = tree(more);
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        int code = CommandLineInterface.execute(commandLine, context(), arguments);
        return new Result(code, out.toString(), err.toString());
    }

    /** All commands of the product and those that are added. */
    static CommandLine tree(BiConsumer<CommandLine, CommandContext> more) {
        CommandLine commandLine = CommandLineInterface.create(
                context(), (configuration, interrupts) -> 0, new ServiceInspection("test", Configuration::sources));
        more.accept(commandLine, context());
        return commandLine;
    }

    static CommandContext context() {
        return new CommandContext(
                Map.of(),
                InputStream.nullInputStream(),
                false,
                InstantSource.fixed(Instant.EPOCH),
                ZoneOffset.UTC,
                "test",
                action -> {},
                Path.of("src/main/config/session-events.properties"));
    }
}
