package io.sessionevents.local.command.demo;

import io.sessionevents.SessionEvents;
import io.sessionevents.avro.ConfluentSchemaRegistry;
import io.sessionevents.local.Poll;
import io.sessionevents.local.judge.Evidence;
import io.sessionevents.local.judge.consumer.ChangeReader;
import io.sessionevents.local.judge.consumer.ObservedChange;
import io.sessionevents.local.judge.consumer.Told;
import io.sessionevents.local.scenario.workload.Workload;
import io.sessionevents.local.simulator.Lists;
import io.sessionevents.local.simulator.Operation;
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
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericRecord;

/** One run of the demo: starts everything, lets sessions begin, shows what comes, and judges it in the end. */
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
    private final String application;
    private int begun;
    private Instant end = Instant.MAX;
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
        this.application = workload.sessions().key().applicationId();
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
        limitLists(environment.emr().lists(), plan);
        var configuration = environment.configuration(plan.settings());
        return new Demo(plan, screen, clock, environment, registry, new SessionEvents(configuration, registry));
    }

    /** As AWS limits operations of that kind. */
    private static void limitLists(Lists lists, DemoPlan plan) {
        lists.limit(Operation.LIST_SESSIONS, 1, 25);
        lists.limit(Operation.LIST_APPLICATIONS, 10, 50);
        lists.lie(plan.faults().lies(new Random(plan.seed())));
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
        environment.emr().lists().add(application);
        service.start();
        boolean _ = Poll.awaited(() -> {
            screen.status("waiting for the service to join its group");
            return service.running() || interrupted.getCount() == 0;
        });
        screen.note(
                "Tracking application %s, which %s; %d sessions begin in it by themselves and live %.0f times faster than in AWS. %d s, at most %s lookups per second. Kafka %s, registry %s"
                        .formatted(
                                application,
                                plan.discover() ? "the service finds" : "is published",
                                plan.sessions(),
                                plan.compression(),
                                plan.duration().toSeconds(),
                                plan.rate(),
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
                    Evidence.Limits.ofOneInstance(plan.rate())
                            .withLists(DemoPlan.LIST_SESSIONS, DemoPlan.LIST_APPLICATIONS, settled(until)));
            var summary = Summary.of(plan, evidence);
            screen.summary(summary);
            return summary.kept();
        }
    }

    private void track(ChangeReader reader) throws InterruptedException {
        Instant begin = clock.instant();
        trackApplication(begin);
        end = begin.plus(plan.duration());
        Instant now = begin;
        while ((now.isBefore(end) || unfinished(begin, now))
                && !outputClosed
                && !interrupted.await(0, TimeUnit.MILLISECONDS)) {
            beginDue(begin, now);
            reader.poll(this::event);
            screen.status(status(Duration.between(begin, now)));
            now = clock.instant();
        }
    }

    private void trackApplication(Instant now) {
        if (plan.discover()) {
            workload.observableApplication(application, now);
        } else {
            workload.publishApplication(application);
            workload.flush();
        }
    }

    /** After the end: whether there are too few looks to judge by, or ends that are still to be told. */
    private boolean unfinished(Instant begin, Instant now) {
        return (now.isBefore(end.plus(Poll.STANDSTILL)) && !lookedEnough(begin))
                || (now.isBefore(end.plus(plan.patience())) && !endsTold());
    }

    /** Also where all sessions have ended, and nobody looks any more. */
    private boolean lookedEnough(Instant begin) {
        var emr = environment.emr();
        long looks = emr.looksSince(begin).values().stream()
                .mapToLong(Integer::longValue)
                .sum();
        return looks >= plan.enoughLooks() || told().size() >= plan.sessions();
    }

    private boolean endsTold() {
        return told().containsAll(environment.emr().truth().endedBy(end));
    }

    /** The sessions whose end was told. */
    private Set<SessionKey> told() {
        return events.stream()
                .filter(ObservedChange::terminal)
                .map(ObservedChange::key)
                .collect(Collectors.toSet());
    }

    /** How long a session has to be over: what had ended at the end is due, however long it took; before it, little is. */
    private Duration settled(Instant until) {
        return until.isBefore(end) ? plan.patience() : Duration.between(end, until);
    }

    private void beginDue(Instant begin, Instant now) {
        long due = Duration.between(begin, now).dividedBy(plan.beginningInterval()) + 1;
        for (; begun < Math.min(due, plan.sessions()); begun++) {
            environment.emr().add(workload.sessions().living(now));
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
                .formatted(elapsed.toSeconds(), begun, byState, events.size(), used, plan.rate());
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
