package io.sessionevents.local.command.demo;

import io.sessionevents.SessionEvents;
import io.sessionevents.avro.ConfluentSchemaRegistry;
import io.sessionevents.local.Poll;
import io.sessionevents.local.judge.Evidence;
import io.sessionevents.local.judge.consumer.ChangeReader;
import io.sessionevents.local.judge.consumer.ObservedChange;
import io.sessionevents.local.judge.consumer.Told;
import io.sessionevents.local.scenario.workload.Workload;
import io.sessionevents.local.simulator.SessionKey;
import io.sessionevents.local.simulator.SimulatedEmrServerless;
import io.sessionevents.local.testbed.LocalEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericRecord;

/** One run of the demo: starts everything, publishes sessions, shows what comes, and judges it in the end. */
final class Demo implements AutoCloseable {
    private static final int REGISTRY_PORT = 8081;

    private final DemoPlan plan;
    private final Screen screen;
    private final InstantSource clock;
    private final LocalEnvironment environment;
    private final ConfluentSchemaRegistry registry;
    private final SessionEvents service;
    private final CountDownLatch interrupted = new CountDownLatch(1);
    private final Workload workload;
    private int published;
    private final List<ObservedChange> events = new ArrayList<>();
    private boolean outputClosed;

    private Demo(
            DemoPlan plan,
            Screen screen,
            InstantSource clock,
            LocalEnvironment environment,
            ConfluentSchemaRegistry registry,
            SessionEvents service) {
        this.plan = plan;
        this.screen = screen;
        this.clock = clock;
        this.environment = environment;
        this.registry = registry;
        this.service = service;
        this.workload = Workload.of(environment, plan.seed(), plan.compression());
    }

    static Demo start(DemoPlan plan, Screen screen, InstantSource clock) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("session-events-demo");
        screen.note("Starting a Kafka broker, a schema registry and a simulated EMR Serverless on loopback …");
        var options = new SimulatedEmrServerless.Options(
                plan.rate(),
                (int) Math.ceil(plan.rate()),
                Duration.ofMillis(20),
                plan.faults().faults(new Random(plan.seed())));
        LocalEnvironment environment = startEnvironment(plan, directory, options);
        var registry = environment.registryClient();
        var configuration = environment.configuration(Map.of("budget.get-session", Double.toString(plan.rate())));
        return new Demo(plan, screen, clock, environment, registry, new SessionEvents(configuration, registry));
    }

    /** The usual port of a registry, so that {@code tail} finds it; another one if that is taken. */
    private static LocalEnvironment startEnvironment(
            DemoPlan plan, Path directory, SimulatedEmrServerless.Options options)
            throws IOException, InterruptedException {
        return LocalEnvironment.start(plan.port(), freePort(REGISTRY_PORT), directory, options);
    }

    private static int freePort(int wanted) {
        try (var socket = new java.net.ServerSocket(wanted, 1, java.net.InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            return 0;
        }
    }

    void interrupt() {
        interrupted.countDown();
    }

    /** Whether every guarantee was kept. */
    boolean run() throws InterruptedException {
        service.start();
        boolean _ = Poll.awaited(() -> {
            screen.status("waiting for the service to join its group");
            return service.running() || interrupted.getCount() == 0;
        });
        screen.note(
                "Tracking %d sessions for %d s, at most %s lookups per second; sessions live %.0f times faster than in AWS. Kafka %s, registry %s"
                        .formatted(
                                plan.sessions(),
                                plan.duration().toSeconds(),
                                plan.rate(),
                                plan.compression(),
                                environment.kafka().bootstrapServers(),
                                environment.registry().url()));
        try (var reader = environment.changes()) {
            track(reader);
            Instant until = clock.instant();
            workload.flush();
            service.close();
            reader.pollToEnd(this::event);
            var evidence = new Evidence(
                    environment.emr().truth(),
                    workload.asked(),
                    Told.of(events),
                    List.of(),
                    until,
                    Evidence.Limits.ofOneInstance(plan.rate()));
            var summary = Summary.of(plan, evidence);
            screen.summary(summary);
            return summary.kept();
        }
    }

    private void track(ChangeReader reader) throws InterruptedException {
        Instant begin = clock.instant();
        Instant end = begin.plus(plan.duration());
        Instant now = begin;
        Instant giveUp = end.plus(Poll.STANDSTILL);
        while ((now.isBefore(end) || (now.isBefore(giveUp) && !lookedEnough(begin)))
                && !outputClosed
                && !interrupted.await(0, TimeUnit.MILLISECONDS)) {
            publishDue(begin, now);
            reader.poll(this::event);
            screen.status(status(Duration.between(begin, now)));
            now = clock.instant();
        }
    }

    /** Also where all sessions have ended, and nobody looks any more. */
    private boolean lookedEnough(Instant begin) {
        var emr = environment.emr();
        long looks = emr.looksSince(begin).values().stream()
                .mapToLong(Integer::longValue)
                .sum();
        return looks >= plan.enoughLooks()
                || events.stream().filter(ObservedChange::terminal).count() >= plan.sessions();
    }

    private void publishDue(Instant begin, Instant now) {
        long due = Duration.between(begin, now).dividedBy(plan.publicationInterval()) + 1;
        for (; published < Math.min(due, plan.sessions()); published++) {
            workload.track(workload.sessions().living(now));
        }
    }

    private void event(GenericRecord event) {
        events.add(ObservedChange.of(event));
        outputClosed |= !screen.event(event);
    }

    private String status(Duration elapsed) {
        Map<SessionKey, String> states = new LinkedHashMap<>();
        events.forEach(event -> states.put(event.key(), event.rawState()));
        String byState = states.values().stream()
                .collect(Collectors.groupingBy(state -> state, TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .map(entry -> entry.getKey().toLowerCase(java.util.Locale.ROOT) + " " + entry.getValue())
                .collect(Collectors.joining(", "));
        double used = service.statistics().answered() / Math.max(1, elapsed.toMillis() / 1000.0);
        return "%2d s  %d sessions (%s)  %d events  %.1f of %s lookups/s"
                .formatted(elapsed.toSeconds(), published, byState, events.size(), used, plan.rate());
    }

    @Override
    public void close() throws IOException {
        workload.close();
        service.close();
        registry.close();
        environment.close();
        try (Stream<Path> files = Files.walk(environment.directory())) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
