package io.sessionevents.local.command.faults;

import io.sessionevents.cli.CommandFailedException;
import io.sessionevents.local.Poll;
import io.sessionevents.local.scenario.Outcome;
import io.sessionevents.local.scenario.Report;
import io.sessionevents.local.scenario.Run;
import io.sessionevents.local.scenario.Scenario;
import io.sessionevents.local.scenario.StateFaults;
import io.sessionevents.local.scenario.Testbed;
import io.sessionevents.local.scenario.Trial;
import io.sessionevents.local.testbed.ChildProcess;
import io.sessionevents.local.testbed.PreviousDistribution;
import io.sessionevents.local.testbed.ServiceProcess;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tries all kinds of faults, several at a time, each on a world of its own.
 *
 * @param directory for the data and logs of its worlds
 * @param size of the run
 * @param seed of everything that is drawn
 * @param lanes how many worlds there are at a time
 * @param only tries only those whose name contains one of these; empty for all
 */
record FaultCampaign(
        PrintWriter out, Path directory, FaultScenarios.Size size, long seed, int lanes, List<String> only) {
    /** Runs it: the outcomes, in the order of the scenarios. */
    Report run() throws IOException, InterruptedException {
        Instant begin = Instant.now();
        var run = new Run(out, directory, seed);
        run.say("seed %d, data and logs in %s".formatted(seed, run.directory()));
        // Ctrl-C ends the instances and the brokers too.
        Runtime.getRuntime().addShutdownHook(new Thread(ChildProcess::killAll, "end-children"));
        ExecutorService executor = Executors.newFixedThreadPool(Math.max(1, lanes - 1));
        ExecutorService clusters = Executors.newSingleThreadExecutor();
        try {
            List<Future<Outcome>> futures = new ArrayList<>();
            String javaOptions = size == FaultScenarios.Size.LONG ? classArchive(run.directory()) : "";
            for (Scenario scenario : scenarios(run)) {
                // Three brokers are a load of their own: one cluster at a time.
                ExecutorService lane = scenario.setting().cluster() ? clusters : executor;
                futures.add(lane.submit(() -> attempt(scenario, run, javaOptions)));
            }
            Map<String, Outcome> outcomes = new LinkedHashMap<>();
            for (Future<Outcome> future : futures) {
                Outcome outcome = future.get();
                outcomes.merge(outcome.name(), outcome, Outcome::and);
            }
            return new Report(
                    List.copyOf(outcomes.values()), sizeName(), seed, lanes, Duration.between(begin, Instant.now()));
        } catch (ExecutionException e) {
            throw new IllegalStateException("a scenario broke off", e.getCause());
        } finally {
            executor.shutdownNow();
            clusters.shutdownNow();
        }
    }

    private List<Scenario> scenarios(Run run) throws IOException, InterruptedException {
        Path home = ServiceProcess.builtDistribution().toAbsolutePath();
        boolean canMount = StateFaults.canMount();
        if (!canMount) {
            run.say("skipped: state directory read-only and full, for this system lets nobody mount file systems");
        }
        boolean upgrade = wanted(FaultScenarios.UPGRADE);
        @Nullable Path previous = upgrade ? PreviousDistribution.build() : null;
        if (upgrade && previous == null) {
            run.say("skipped: upgrade, for there is no previous commit to build");
        }
        List<Scenario> all = FaultScenarios.all(size, new FaultScenarios.Subject(home, previous, canMount));
        List<Scenario> wanted =
                all.stream().filter(scenario -> wanted(scenario.name())).toList();
        if (wanted.isEmpty()) {
            throw new CommandFailedException("No fault of a %s run is named %s; there are: %s"
                    .formatted(
                            sizeName(),
                            String.join(" or ", only),
                            all.stream().map(Scenario::name).distinct().collect(Collectors.joining("; "))));
        }
        return wanted;
    }

    private boolean wanted(String name) {
        return only.isEmpty() || only.stream().anyMatch(name::contains);
    }

    private Outcome attempt(Scenario scenario, Run run, String javaOptions) throws IOException {
        Path own = Files.createTempDirectory(run.directory(), "world");
        tell(run, scenario, "begins in " + own);
        try {
            Outcome outcome = new Trial(scenario, text -> tell(run, scenario, text)).run(own, javaOptions, seed);
            outcome.problems().forEach(problem -> tell(run, scenario, "problem: " + problem));
            tell(run, scenario, outcome.kept() ? "kept" : "BROKEN");
            return outcome;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Outcome.brokenOff(scenario.name(), e);
        } catch (Exception e) {
            tell(run, scenario, "broke off: " + e);
            return Outcome.brokenOff(scenario.name(), e);
        }
    }

    /** Hundreds of instances start more cheaply from an archive of their classes, which a first one writes at its end. */
    private String classArchive(Path directory) throws IOException, InterruptedException {
        Path archive = directory.resolve("classes.jsa");
        Path own = Files.createTempDirectory(directory, "world");
        String write = " -XX:ArchiveClassesAtExit=" + archive;
        Path home = ServiceProcess.builtDistribution().toAbsolutePath();
        try (Testbed world = Testbed.start(Testbed.Setting.ALONE, home, write, own, seed)) {
            world.fleet().awaitReady(0);
            Instant begin = Instant.now();
            Poll.await("events", () -> world.committed().sawAll(world.load().flapping(), begin));
            int _ = world.fleet().process(0).terminate(Poll.STANDSTILL);
        } catch (InterruptedException | IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("no archive of the classes", e);
        }
        return " -XX:SharedArchiveFile=" + archive;
    }

    private String sizeName() {
        return size.name().toLowerCase(Locale.ROOT);
    }

    private static void tell(Run run, Scenario scenario, String text) {
        run.say(scenario.name() + ": " + text);
    }
}
