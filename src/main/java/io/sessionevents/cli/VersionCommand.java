package io.sessionevents.cli;

import static java.util.Objects.requireNonNull;

import io.sessionevents.streams.KafkaVersion;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(name = "version", description = "Prints the versions of session-events, Kafka and Java.")
final class VersionCommand implements Callable<Integer> {
    private final CommandContext context;

    @Spec
    private @Nullable CommandSpec spec;

    VersionCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        requireNonNull(spec)
                .commandLine()
                .getOut()
                .printf(
                        "session-events %s (Kafka %s, Java %s)%n",
                        context.version(), KafkaVersion.number(), Runtime.version());
        return 0;
    }
}
