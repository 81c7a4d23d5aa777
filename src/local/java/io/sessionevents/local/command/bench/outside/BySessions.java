package io.sessionevents.local.command.bench.outside;

import static java.util.Objects.requireNonNull;

import io.sessionevents.local.Poll;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What a number of sessions costs one instance. */
record BySessions(Table table, Path directory, InstantSource clock, int sessions) {
    private static final String HEAP = "-Xmx1g";
    private static final Map<String, String> UNLIMITED = Map.of(
            "budget.get-session", "1000000",
            "lookup.max.concurrent", "64",
            "lookup.interval.min", "1 ms",
            "budget.list-sessions", "0");
    private static final double BUDGET = 200;
    private static final Map<String, String> LIMITED =
            Map.of("budget.get-session", Double.toString(BUDGET), "budget.list-sessions", "0");
    private static final int PROBES = 50;
    private static final int OFTEN = 20;
    private static final Duration WARM_UP = Duration.ofSeconds(20);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    void measure() throws IOException, InterruptedException {
        try (var around = Surroundings.start(directory.resolve("of-" + sessions), clock)) {
            try (var service = around.service(UNLIMITED, HEAP)) {
                service.awaitRunning();
                fill(around, service);
                use(service);
                service.stop();
            }
            try (var service = around.service(LIMITED, HEAP)) {
                restart("restart", around, service);
                service.stop();
            }
            try (var service = around.service(Map.of("budget.list-sessions", "0"), HEAP)) {
                service.awaitRunning();
                Poll.pause(PATIENCE);
                table.add(column(), "idle at 9.5 lookups/s: made, CPU", ColdAndWarm.idle(service, PATIENCE));
                service.stop();
            }
            delete(around.stateDirectory());
            try (var service = around.service(LIMITED, HEAP)) {
                restart("restart without state", around, service);
            }
        }
    }

    private void fill(Surroundings around, MeasuredService service) throws IOException, InterruptedException {
        double seconds = around.intake(service, sessions);
        add("intake while events are made, IDs/s until tracked", "%,.0f", sessions / seconds);
        around.events().await(sessions);
        add("first events of all, events/s", "%,.0f", around.events().rate(0, sessions - 1));
    }

    private void use(MeasuredService service) throws IOException, InterruptedException {
        Poll.pause(WARM_UP);
        LookupWindows windows = LookupWindows.of(service, 5, Duration.ofSeconds(5));
        table.add(
                column(),
                "unchanged, answered at once: lookups/s",
                windows.perSecond().text(0));
        table.add(column(), "the same, CPU per lookup, ms", windows.millisEach().text(3));
        table.add(
                column(),
                "a page of ten, ms",
                service.times("/api/v1/sessions?limit=10", OFTEN).times());
        table.add(
                column(),
                "a page of ten that none fits, ms",
                service.times("/api/v1/sessions?limit=10&state=FAILED", OFTEN).times());
        table.add(column(), "/metrics, ms", service.times("/metrics", OFTEN).times());
        add("RSS, MB", "%,.0f", service.residentMegabytes());
        add("heap after a full collection, MB", "%,.0f", service.heapMegabytes());
        add("longest silence of the StreamThread, ms", "%,.0f", service.longestSilence());
    }

    private void restart(String what, Surroundings around, MeasuredService service)
            throws IOException, InterruptedException {
        service.awaitRunning();
        add(what + ": process start to RUNNING, s", "%.1f", service.age());
        var takenUp = new AtomicReference<@Nullable Double>();
        Probes probes = around.probe(PROBES, PATIENCE, () -> {
            Poll.pause(Duration.ofMillis(100));
            noteAll(service, takenUp);
        });
        table.add(column(), what + ": new session beside all others, ms from publishing to event", probes.text());
        while (takenUp.get() == null) {
            Poll.pause(Duration.ofMillis(100));
            noteAll(service, takenUp);
        }
        add(what + ": process start to all taken up, s", "%.1f", requireNonNull(takenUp.get()));
        add(what + ": longest silence of the StreamThread, ms", "%,.0f", service.longestSilence());
    }

    private void noteAll(MeasuredService service, AtomicReference<@Nullable Double> takenUp)
            throws IOException, InterruptedException {
        if (takenUp.get() == null && service.tracked() >= sessions) {
            takenUp.set(service.age());
        }
    }

    private void add(String what, String format, double value) {
        table.add(column(), what, String.format(Locale.ROOT, format, value));
    }

    private String column() {
        return String.format(Locale.ROOT, "%,d", sessions);
    }

    private static void delete(Path tree) throws IOException {
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, java.io.IOException failure) throws IOException {
                Files.delete(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
