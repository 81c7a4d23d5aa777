package io.sessionevents.local.command.bench;

import io.sessionevents.history.HistoryTopics;
import io.sessionevents.history.TopicHistories;
import io.sessionevents.local.Poll;
import io.sessionevents.local.simulator.SimulatedEmrServerless;
import io.sessionevents.local.testbed.ChildProcess;
import io.sessionevents.local.testbed.LocalEnvironment;
import io.sessionevents.local.testbed.ServiceProcess;
import io.sessionevents.session.HistoryEntry;
import io.sessionevents.session.SessionHistory;
import io.sessionevents.settings.Configuration;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How long it takes to read the history of a session with 500 changes out of a topic with a million. */
final class HistoryReading {
    private static final int ROUNDS = 5;
    private static final int COMMANDS = 4;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private HistoryReading() {}

    static void measure(Path directory, PrintWriter out, Instant now) throws IOException, InterruptedException {
        try (var environment = LocalEnvironment.start(0, 0, directory, SimulatedEmrServerless.Options.UNLIMITED);
                var registry = environment.registryClient()) {
            var past = HistoricChanges.write(environment, registry, now);
            out.printf(
                    "%,d changes of %,d sessions in %d partitions, %d of one session; all of its partition in gzip batches of their own;"
                            + " written in %.0f s%n",
                    HistoricChanges.CHANGES,
                    HistoricChanges.SESSIONS,
                    HistoricChanges.PARTITIONS,
                    HistoricChanges.OF_ONE,
                    past.written().toMillis() / 1000.0);
            for (int i = 0; i < COMMANDS; i++) {
                out.printf(
                        "history %s%s: %s%n",
                        HistoricChanges.ONE,
                        i == 0 ? ", for the first time, without a class cache" : "",
                        command(environment, directory));
            }
            Configuration configuration = environment.configuration(Map.of());
            var histories = TopicHistories.of(
                    configuration.kafka().client("consumer."),
                    HistoryTopics.of(configuration.topics()),
                    registry,
                    System::nanoTime);
            print(out, "from the beginning", histories, null);
            print(out, "from a time known, before a tenth of the topic", histories, past.lastTenth());
        }
    }

    /** The command of the distribution as its user sees it, with the start of the JVM. */
    private static String command(LocalEnvironment environment, Path directory)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(ServiceProcess.builtDistribution()
                .resolve("bin/session-events")
                .toAbsolutePath()
                .toString());
        command.addAll(List.of("history", HistoricChanges.ONE.toString(), "--output", "json"));
        environment.settings().forEach((key, value) -> command.addAll(List.of("-X", key + "=" + value)));
        var builder = new ProcessBuilder(command);
        builder.environment().put("XDG_CACHE_HOME", directory.toAbsolutePath().toString());
        Path log = Files.createTempFile(directory, "history", ".log");
        long began = System.nanoTime();
        try (var process = ChildProcess.start(builder, log)) {
            int code = process.awaitEnd(PATIENCE);
            double seconds = (System.nanoTime() - began) / 1e9;
            long changes = process.log()
                    .lines()
                    .filter(line -> line.startsWith("{\"kind\":\"change\""))
                    .count();
            return "%d changes in %.2f s, exit code %d".formatted(changes, seconds, code);
        }
    }

    /** As the HTTP API reads it; asked again when the answer is not fresh any more. */
    private static void print(PrintWriter out, String from, TopicHistories histories, @Nullable Instant since)
            throws InterruptedException {
        for (int i = 0; i < ROUNDS; i++) {
            Poll.pause(Duration.ofMillis(2100));
            long began = System.nanoTime();
            SessionHistory history = histories.of(HistoricChanges.ONE, since);
            double seconds = (System.nanoTime() - began) / 1e9;
            out.printf(
                    "read by a service, %s: %d changes, %d records read, whole %s, %.2f s%n",
                    from,
                    history.entries().stream()
                            .filter(HistoryEntry.Change.class::isInstance)
                            .count(),
                    history.recordsRead(),
                    history.whole(),
                    seconds);
        }
    }
}
