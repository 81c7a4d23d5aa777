package io.sessionevents.local.command.demo;

import static java.util.Objects.requireNonNull;

import io.sessionevents.cli.CommandContext;
import io.sessionevents.cli.CommandFailedException;
import io.sessionevents.cli.OutputFormat;
import io.sessionevents.cli.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The product's face: a broker, a registry, a simulated EMR Serverless and the real service in one process. */
@Command(
        name = "demo",
        description = {
            "Shows the service at work, without Docker and without an AWS account.",
            "A real Kafka broker, a schema registry, a simulated EMR Serverless and the service are one process. No session is"
                    + " published: the service finds those of an application.",
            "Ends with a summary judged by what really happened."
        })
public final class DemoCommand implements Callable<Integer> {
    private static final String INTERRUPTED = "Interrupted before the service was at work.";

    private final CommandContext context;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--sessions", description = "Sessions that begin; default ${DEFAULT-VALUE}.", defaultValue = "50")
    private int sessions;

    @Option(
            names = "--duration",
            description = "How long, such as 60s or 5m; default ${DEFAULT-VALUE}.",
            defaultValue = "60s",
            converter = DurationConverter.class)
    private Duration duration = Duration.ofSeconds(60);

    @Option(names = "--rate", description = "Call budget per second; default ${DEFAULT-VALUE}.", defaultValue = "9.5")
    private double rate;

    @Option(
            names = "--seed",
            description = "Of everything that is drawn; default ${DEFAULT-VALUE}.",
            defaultValue = "42")
    private long seed;

    @Option(
            names = "--faults",
            description = "How AWS behaves: ${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.",
            defaultValue = "none")
    private FaultLevel faults = FaultLevel.none;

    @Option(
            names = "--output",
            description = {
                "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.",
                "With json, standard output has nothing but events."
            },
            defaultValue = "table")
    private OutputFormat output = OutputFormat.table;

    @Option(names = "--summary", paramLabel = "FILE", description = "Writes the summary there too, as one JSON object.")
    private @Nullable Path summaryFile;

    @Option(
            names = "--port",
            description = "Port of the Kafka broker; default ${DEFAULT-VALUE}.",
            defaultValue = "9092")
    private int port;

    @Option(
            names = "--discover",
            description =
                    "Publishes nothing: the service finds the application by itself. Else the application is published.")
    private boolean discover;

    public DemoCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws InterruptedException {
        check(sessions >= 1 && sessions <= 10_000, "--sessions is " + sessions + ", expected 1 to 10000");
        check(rate > 0 && rate <= 10_000, "--rate is " + rate + ", expected more than 0 and at most 10000");
        check(port >= 0 && port <= 65_535, "--port is " + port + ", expected 0 to 65535");
        check(duration.toSeconds() >= 5, "--duration is " + duration + ", expected at least 5s");
        PrintWriter out = requireNonNull(spec).commandLine().getOut();
        PrintWriter err = requireNonNull(spec).commandLine().getErr();
        var interrupted = new CountDownLatch(1);
        context.interrupts().onInterrupt(interrupted::countDown);
        var plan = new DemoPlan(sessions, duration, rate, seed, faults, port, discover);
        try (var screen = new Screen(out, err, context.style(output), status(out, err));
                var demo = start(plan, screen, interrupted)) {
            Summary summary = demo.run();
            if (summary == null) {
                screen.note("session-events: " + INTERRUPTED);
                return 1;
            }
            screen.summary(summary);
            write(summary);
            return summary.kept() ? 0 : 1;
        }
    }

    /** A row that is replaced, where there is a terminal that can do that. */
    private Status status(PrintWriter out, PrintWriter err) {
        boolean replaceable = context.terminal()
                && output == OutputFormat.table
                && !context.environment().getOrDefault("TERM", "dumb").equals("dumb");
        return replaceable
                ? new StatusRow(out, new Terminal()::columns, System::nanoTime)
                : Status.lines(err, System::nanoTime);
    }

    private Demo start(DemoPlan plan, Screen screen, CountDownLatch interrupted) throws InterruptedException {
        try {
            return Demo.start(plan, screen, context.clock(), interrupted);
        } catch (IOException e) {
            throw new CommandFailedException(
                    "The local environment did not start: " + e.getMessage() + ". Choose another --port.", e);
        } catch (IllegalStateException | LinkageError e) {
            // A broker that is about to start adds hooks, which an ending process refuses, also to classes that are
            // initialized.
            if (interrupted.getCount() == 0) {
                throw new CommandFailedException(INTERRUPTED, e);
            }
            throw e;
        }
    }

    private void write(Summary summary) {
        if (summaryFile == null) {
            return;
        }
        try {
            Files.writeString(summaryFile, summary.json() + "\n");
        } catch (IOException e) {
            throw new CommandFailedException("The summary could not be written to " + e.getMessage() + ".", e);
        }
    }

    private void check(boolean holds, String message) {
        if (!holds) {
            throw new ParameterException(requireNonNull(spec).commandLine(), message);
        }
    }

    /** Reads 60s, 5m, 1h. */
    static final class DurationConverter implements ITypeConverter<Duration> {
        private static final Pattern PATTERN = Pattern.compile("(\\d{1,6})\\s*(s|m|h)");

        @Override
        public Duration convert(String text) {
            Matcher matcher = PATTERN.matcher(text);
            if (!matcher.matches()) {
                throw new TypeConversionException("'" + text + "', expected a duration such as 60s, 5m or 1h");
            }
            return Duration.parse("PT" + matcher.group(1) + matcher.group(2).toUpperCase(java.util.Locale.ROOT));
        }
    }
}
