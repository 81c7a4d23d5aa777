package io.sessionevents.local.command.bench;

import static java.util.Objects.requireNonNull;

import io.sessionevents.cli.CommandContext;
import io.sessionevents.local.command.bench.outside.CallCost;
import io.sessionevents.local.command.bench.outside.OutsideView;
import io.sessionevents.local.testbed.ScratchDirectory;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures the running service on the embedded broker. */
@Command(name = "bench", description = "Measures the running service on the embedded broker; see docs/evidence.md.")
public final class BenchCommand implements Callable<Integer> {
    private final CommandContext context;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "WHAT", arity = "0..*", description = "${COMPLETION-CANDIDATES}; default all of them.")
    private What[] wanted = What.values();

    @Option(
            names = "--sessions",
            split = ",",
            description = "Outside: numbers of tracked sessions to measure with; default ${DEFAULT-VALUE}.")
    private List<Integer> sessions = List.of(1_000, 10_000);

    @Option(
            names = "--fresh",
            description =
                    "Outside: sessions published at once to a service that has just started; 0 measures numbers of"
                            + " tracked sessions only; default ${DEFAULT-VALUE}.")
    private int fresh = 50_000;

    /** What can be measured. */
    enum What {
        throughput,
        latency,
        idle,
        compression,
        history,
        pages,
        call,
        outside
    }

    public BenchCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = requireNonNull(spec).commandLine().getOut();
        out.printf(
                "session-events %s, Java %s, %s, %d cores, %d MiB heap at most%n",
                context.version(),
                Runtime.version(),
                System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors(),
                Runtime.getRuntime().maxMemory() >> 20);
        for (What what : wanted) {
            out.printf("%n./session-events bench %s%n", what);
            try (var scratch = ScratchDirectory.create("session-events-bench").endingWithThisProcess()) {
                measure(what, scratch, out);
            }
        }
        return 0;
    }

    private void measure(What what, ScratchDirectory scratch, PrintWriter out)
            throws IOException, InterruptedException {
        try {
            measure(what, scratch.path(), out);
        } catch (IOException | RuntimeException e) {
            scratch.keep();
            out.printf("Data and logs are kept in %s%n", scratch.path());
            throw e;
        }
    }

    private void measure(What what, Path directory, PrintWriter out) throws IOException, InterruptedException {
        switch (what) {
            case throughput -> Throughput.measure(directory, out);
            case latency -> Latency.measure(directory, out, context.clock());
            case idle -> IdleWrites.measure(directory, out);
            case compression -> CompressedSize.measure(directory, out);
            case history ->
                HistoryReading.measure(directory, out, context.clock().instant());
            case pages -> OpenPages.measure(directory, out);
            case call -> CallCost.measure(directory, out);
            case outside -> OutsideView.measure(directory, out, context.clock(), fresh, sessions);
        }
    }
}
