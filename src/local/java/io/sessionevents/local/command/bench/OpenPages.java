package io.sessionevents.local.command.bench;

import io.sessionevents.Main;
import io.sessionevents.local.Poll;
import io.sessionevents.local.scenario.workload.Workload;
import io.sessionevents.local.simulator.Faults;
import io.sessionevents.local.simulator.SimulatedEmrServerless;
import io.sessionevents.local.testbed.ChildProcess;
import io.sessionevents.local.testbed.LocalEnvironment;
import io.sessionevents.local.testbed.Ports;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a hundred open pages cost a service, a process of its own that tracks 200 sessions: its CPU time with them less that without, in
 * turns.
 */
final class OpenPages {
    private static final long SEED = 42;
    private static final int SESSIONS = 200;
    private static final int PAGES = 100;
    private static final int ROUNDS = 3;
    private static final Duration SETTLE = Duration.ofSeconds(60);
    private static final Duration ROUND = Duration.ofSeconds(30);

    private OpenPages() {}

    static void measure(Path directory, PrintWriter out) throws IOException, InterruptedException {
        var options = new SimulatedEmrServerless.Options(1e9, 1_000_000, Duration.ofMillis(50), Faults.NONE);
        try (var environment = LocalEnvironment.start(0, 0, directory, options);
                var workload = Workload.of(environment, SEED, 1)) {
            Map<String, String> settings = new HashMap<>(environment.settings());
            int port = Ports.freeAndKept();
            settings.put("http.port", Integer.toString(port));
            settings.put("http.page", "true");
            Path config = directory.resolve("pages.properties");
            Files.writeString(
                    config,
                    settings.entrySet().stream()
                            .map(entry -> entry.getKey() + "=" + entry.getValue())
                            .collect(Collectors.joining("\n")));
            try (var service = ChildProcess.ofThisClassPath(
                    List.of(
                            "-XX:+UseSerialGC",
                            "-Daws.accessKeyId=" + LocalEnvironment.USER.id(),
                            "-Daws.secretAccessKey=" + LocalEnvironment.USER.secret()),
                    Main.class,
                    List.of("run", "--config", config.toString()),
                    directory.resolve("service.log"))) {
                workload.idle(SESSIONS);
                workload.flush();
                measure(service, workload, URI.create("http://127.0.0.1:" + port), out);
            }
        }
    }

    private static void measure(ChildProcess service, Workload workload, URI url, PrintWriter out)
            throws IOException, InterruptedException {
        List<URI> addresses = addresses(workload, url);
        try (var viewers = new PageViewers(addresses)) {
            Poll.await("the page", () -> service.alive() && viewers.served());
            viewers.open();
            Poll.pause(SETTLE);
            viewers.shut();
            for (int i = 0; i < ROUNDS; i++) {
                double without = share(service);
                viewers.open();
                long before = viewers.answered();
                double with = share(service);
                long answered = viewers.answered() - before;
                viewers.shut();
                out.printf(
                        "%d open pages, %d answers in %d s, %.0f %% of them 'not modified': %.1f %% of a core with, %.1f %% without: they cost %.1f %%%n",
                        PAGES,
                        answered,
                        ROUND.toSeconds(),
                        100 * viewers.shareOfUnchanged(),
                        100 * with,
                        100 * without,
                        100 * (with - without));
            }
        }
    }

    /** Half of them show the fleet, three in ten sessions in three ways, two in ten one of five sessions. */
    private static List<URI> addresses(Workload workload, URI url) {
        List<String> keys = workload.published().keySet().stream()
                .map(Object::toString)
                .sorted()
                .limit(5)
                .toList();
        List<String> lists = List.of("/sessions", "/sessions?state=IDLE&sort=-updatedAt", "/sessions?sort=createdAt");
        List<URI> addresses = new ArrayList<>();
        for (int i = 0; i < PAGES; i++) {
            addresses.add(url.resolve(
                    switch (i % 10) {
                        case 0, 1, 2, 3, 4 -> "/";
                        case 5, 6, 7 -> lists.get(i % 10 - 5);
                        default -> "/sessions/" + keys.get(i / 2 % keys.size());
                    }));
        }
        return addresses;
    }

    /** CPU time of a process per time that passes. */
    private static double share(ChildProcess process) throws InterruptedException {
        ProcessHandle handle = ProcessHandle.of(process.pid()).orElseThrow();
        Duration before = handle.info().totalCpuDuration().orElseThrow();
        long begin = System.nanoTime();
        Poll.pause(ROUND);
        long passed = System.nanoTime() - begin;
        return (double) handle.info()
                        .totalCpuDuration()
                        .orElseThrow()
                        .minus(before)
                        .toNanos()
                / passed;
    }
}
