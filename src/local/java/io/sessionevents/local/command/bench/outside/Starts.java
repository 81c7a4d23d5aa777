package io.sessionevents.local.command.bench.outside;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a start costs, with the classes that a run before has kept and without them, in turn. */
record Starts(Table table, Path directory, InstantSource clock, int times) {
    private static final int SESSIONS = 10;

    /** As Java has it; the launcher keeps no classes where its options speak of sharing. */
    private static final String NO_CACHE = "-Xshare:auto";

    void measure() throws IOException, InterruptedException {
        try (var around = Surroundings.start(directory.resolve("starts"), clock)) {
            train(around);
            var usual = new Figures();
            var bare = new Figures();
            for (int i = 0; i < times; i++) {
                usual.addStart(around, "");
                bare.addStart(around, NO_CACHE);
            }
            usual.tell(table, "default");
            bare.tell(table, "without kept classes");
        }
    }

    /** A run that does what the service does, and keeps its classes at its end. */
    private static void train(Surroundings around) throws IOException, InterruptedException {
        try (var service = around.service(Map.of(), "")) {
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
