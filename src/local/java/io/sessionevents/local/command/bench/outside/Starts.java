package io.sessionevents.local.command.bench.outside;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a start costs, as it comes and with a cache of classes that a run has trained, in turn. */
record Starts(Table table, Path directory, InstantSource clock, int times) {
    private static final int SESSIONS = 10;

    void measure() throws IOException, InterruptedException {
        try (var around = Surroundings.start(directory.resolve("starts"), clock)) {
            Path cache = around.stateDirectory().resolveSibling("session-events.aot");
            train(around, cache);
            table.add("with a class cache", "size of the cache, MB", "%.0f".formatted(Files.size(cache) / 1048576.0));
            var plain = new Figures();
            var cached = new Figures();
            for (int i = 0; i < times; i++) {
                plain.addStart(around, "");
                cached.addStart(around, "-XX:AOTCache=" + cache);
            }
            plain.tell(table, "default");
            cached.tell(table, "with a class cache");
        }
    }

    /** A run that does what the service does, and writes at its end what it has learned. */
    private static void train(Surroundings around, Path cache) throws IOException, InterruptedException {
        try (var service = around.service(Map.of(), "-XX:AOTCacheOutput=" + cache)) {
            service.awaitRunning();
            around.publish(SESSIONS);
            around.events().await(SESSIONS);
            service.stop();
        }
    }

    /** Of several starts. */
    private static final class Figures {
        private final List<Double> seconds = new ArrayList<>();
        private final List<Double> cpu = new ArrayList<>();
        private final List<Double> resident = new ArrayList<>();

        void addStart(Surroundings around, String javaOptions) throws IOException, InterruptedException {
            try (var service = around.service(Map.of(), javaOptions)) {
                service.awaitRunning();
                seconds.add(service.age());
                cpu.add(service.cpu().toMillis() / 1e3);
                resident.add(service.residentMegabytes());
                service.stop();
            }
        }

        void tell(Table table, String subject) {
            table.add(subject, "process start to RUNNING, s", new Spread(seconds).text(1));
            table.add(subject, "CPU until then, s", new Spread(cpu).text(1));
            table.add(subject, "RSS then, MB", new Spread(resident).text(0));
        }
    }
}
