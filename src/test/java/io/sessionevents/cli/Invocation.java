package io.sessionevents.cli;

import io.sessionevents.settings.Configuration;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;

/** Runs one command in this process. */
final class Invocation {
    private Invocation() {}

    record Result(int code, String out, String err) {}

    static Result run(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        var context = new CommandContext(
                Map.of(),
                InputStream.nullInputStream(),
                false,
                InstantSource.fixed(Instant.EPOCH),
                ZoneOffset.UTC,
                "test",
                action -> {});
        var commandLine = CommandLineInterface.create(
                context, (configuration, interrupts) -> 0, new ServiceInspection("test", Configuration::sources));
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        int code = CommandLineInterface.execute(commandLine, context, arguments);
        return new Result(code, out.toString(), err.toString());
    }
}
