package io.sessionevents.local.command.demo;

import io.sessionevents.cli.CommandFailedException;
import io.sessionevents.local.Poll;
import io.sessionevents.local.judge.Evidence;
import io.sessionevents.local.judge.consumer.ChangeReader;
import io.sessionevents.local.judge.consumer.ObservedChange;
import io.sessionevents.local.judge.consumer.Told;
import io.sessionevents.local.scenario.workload.Workload;
import io.sessionevents.local.simulator.SessionKey;
import io.sessionevents.local.simulator.SimulatedEmrServerless;
import io.sessionevents.local.simulator.SimulatedSession;
import io.sessionevents.local.testbed.LocalEnvironment;
import io.sessionevents.local.testbed.Ports;
import io.sessionevents.local.testbed.Undo;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;

/** One run of the demo: starts everything, lets sessions begin, shows what comes, and judges it in the end. */
final class Demo implements AutoCloseable {
    private static final int REGISTRY_PORT = 8081;
    private static final int EMR_PORT = 8088;
    private static final int HTTP_PORT = 8080;

    private final DemoPlan plan;
    private final Screen screen;
    private final InstantSource clock;
    private final CountDownLatch interrupted;
    private final LocalEnvironment environment;
    private final DemoService service;
    private final Workload workload;
    private final Undo undo;
    private final String application;
    private int begun;
    private Instant end = Instant.MAX;
    private final List<ObservedChange> events = new ArrayList<>();
    private boolean outputClosed;

    private Demo(
            DemoPlan plan,
            Screen screen,
            InstantSource clock,
            CountDownLatch interrupted,
            LocalEnvironment environment,
            DemoService service,
            Workload workload,
            String application,
            Undo undo) {
        this.plan = plan;
        this.screen = screen;
        this.clock = clock;
        this.interrupted = interrupted;
        this.environment = environment;
        this.service = service;
        this.workload = workload;
        this.undo = undo;
        this.application = application;
    }

    /**
     * Starts everything, or nothing: nothing stays behind if something does not start.
     *
     * @param interrupted ends it, and its start too
     */
    static Demo start(DemoPlan plan, Screen screen, InstantSource clock, CountDownLatch interrupted)
            throws IOException, InterruptedException {
        try (var undo = new Undo()) {
            Path directory = DemoDirectory.create(undo);
            screen.note("Starting a Kafka broker, a schema registry and a simulated EMR Serverless on loopback …");
            var options = new SimulatedEmrServerless.Options(
                    plan.rate(),
                    (int) Math.ceil(plan.rate()),
                    Duration.ofMillis(20),
                    plan.faults().faults(new Random(plan.seed())));
            var places = new LocalEnvironment.Places(plan.port(), REGISTRY_PORT, EMR_PORT);
            LocalEnvironment environment = LocalEnvironment.start(places, directory, options);
            undo.add(environment::close);
            var workload = Workload.of(environment, plan.seed(), plan.compression());
            undo.add(workload::close);
            plan.limit(environment.emr().lists());
            String application = workload.sessions().key().applicationId();
            environment.emr().lists().add(application);
            Map<String, String> settings = new HashMap<>(plan.settings());
            // Held to the end, for the service listens some seconds later only, and another demo may start meanwhile.
            var http = Ports.claimOrAnother(HTTP_PORT);
            undo.add(http::close);
            settings.put("http.page", "true");
            settings.put("http.port", Integer.toString(http.ports().getFirst()));
            DemoDirectory.configuration(directory, environment, settings);
            var service = DemoService.start(environment.configuration(settings));
            undo.add(service::close);
            return new Demo(
                    plan, screen, clock, interrupted, environment, service, workload, application, undo.handOver());
        }
    }

    /** What came of it; null if it was interrupted before the service was at work. */
    @Nullable
    Summary run() throws InterruptedException {
        boolean _ = Poll.awaited(() -> {
            screen.status(() -> "waiting for the service to join its group");
            return service.ready() || service.ended() || interrupted.getCount() == 0;
        });
        if (interrupted.getCount() == 0) {
            return null;
        }
        try (var reader = environment.changes()) {
            track(reader);
            Instant until = clock.instant();
            workload.flush();
            if (!service.end()) {
                throw new CommandFailedException("The service ended before the demo did; the lines above say why.");
            }
            reader.pollToEnd(this::event);
            return Summary.of(
                    plan,
                    new Evidence(
                            environment.emr().truth(),
                            workload.asked(),
                            Told.of(events).using(environment.usage()).alerting(environment.alerts()),
                            List.of(),
                            until,
                            Evidence.Limits.ofOneInstance(plan.rate())
                                    .withLists(DemoPlan.LIST_SESSIONS, DemoPlan.LIST_APPLICATIONS, settled(until))
                                    .withAlerts(plan.alerts())));
        }
    }

    private void track(ChangeReader reader) throws InterruptedException {
        Instant begin = clock.instant();
        SessionKey first = begin();
        trackApplication(begin);
        Guide.lines(plan, environment, service.url(), first).forEach(screen::note);
        end = begin.plus(plan.duration());
        Instant now = begin;
        while ((now.isBefore(end) || unfinished(begin, now))
                && !outputClosed
                && !service.ended()
                && !interrupted.await(0, TimeUnit.MILLISECONDS)) {
            beginDue(begin, now);
            reader.poll(this::event);
            Duration elapsed = Duration.between(begin, now);
            screen.status(() -> status(begin, elapsed));
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
        return looks(begin) >= plan.enoughLooks() || told().size() >= plan.sessions();
    }

    private long looks(Instant begin) {
        return environment.emr().looksSince(begin).values().stream()
                .mapToLong(Integer::longValue)
                .sum();
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
        while (begun < Math.min(due, plan.sessions())) {
            SessionKey _ = begin();
        }
    }

    private SessionKey begin() {
        SimulatedSession session = workload.sessions().living(clock.instant());
        environment.emr().add(session);
        begun++;
        return session.key();
    }

    private void event(GenericRecord event) {
        events.add(ObservedChange.of(event));
        outputClosed |= !screen.event(event);
    }

    /** What matters most comes first, for a narrow terminal cuts the rest. */
    private String status(Instant begin, Duration elapsed) {
        Map<SessionKey, String> states = new LinkedHashMap<>();
        events.forEach(event -> states.put(event.key(), event.rawState()));
        String byState = states.values().stream()
                .collect(Collectors.groupingBy(state -> state, TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .map(entry -> entry.getKey().toLowerCase(Locale.ROOT) + " " + entry.getValue())
                .collect(Collectors.joining(", "));
        return "%2d s  %s  %s  %.1f of %s lookups/s%s"
                .formatted(
                        elapsed.toSeconds(),
                        Counted.of(begun, "session"),
                        Counted.of(events.size(), "event"),
                        looks(begin) / Math.max(1, elapsed.toMillis() / 1000.0),
                        plan.rate(),
                        byState.isEmpty() ? "" : "  " + byState);
    }

    @Override
    public void close() {
        undo.close();
    }
}
