package io.sessionevents.local.command.faults;

import static java.util.Objects.requireNonNull;

import io.sessionevents.local.scenario.Report;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tries faults on real processes; prints a table and writes it to {@code target/}. */
@Command(
        name = "faults",
        description = "Kills, freezes and starves real processes and judges the events; see docs/evidence.md.")
public final class FaultsCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(
            paramLabel = "FAULT",
            arity = "0..*",
            description = "Part of a name, for example 'kill' or 'frozen'; default all of them.")
    private List<String> only = List.of();

    @Option(names = "--long", description = "The long campaign, about an hour; else each fault once.")
    private boolean longRun;

    @Option(
            names = "--seed",
            description = "Of everything that is drawn; default ${DEFAULT-VALUE}.",
            defaultValue = "42")
    private long seed;

    @Option(
            names = "--lanes",
            description = "How many faults are tried at a time; default ${DEFAULT-VALUE}.",
            defaultValue = "3")
    private int lanes;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = requireNonNull(spec).commandLine().getOut();
        FaultScenarios.Size size = longRun ? FaultScenarios.Size.LONG : FaultScenarios.Size.SHORT;
        Path directory = Files.createTempDirectory("session-events-faults");
        Report report = new FaultCampaign(out, directory, size, seed, lanes, only).run();
        report.write(Path.of("target"));
        out.printf("%n%s%nseed %d, %d s%n", report.table(), seed, report.took().toSeconds());
        out.flush();
        return report.kept() ? 0 : 1;
    }
}
