package io.sessionevents.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sessionevents.SessionEvents;
import io.sessionevents.local.Poll;
import io.sessionevents.local.judge.Evidence;
import io.sessionevents.local.judge.Promise;
import io.sessionevents.local.judge.consumer.ObservedChange;
import io.sessionevents.local.simulator.Fault;
import io.sessionevents.local.simulator.Faults;
import io.sessionevents.local.simulator.SessionFactory;
import io.sessionevents.local.simulator.SessionKey;
import io.sessionevents.local.simulator.SimulatedEmrServerless;
import io.sessionevents.local.simulator.SimulatedSession;
import io.sessionevents.local.testbed.LocalEnvironment;
import io.sessionevents.local.testbed.RunningService;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever AWS answers, nothing is invented and nothing stops. */
class MisbehavingAwsIT {
    private static final int IN_FLIGHT = 64;
    private static final List<Fault> TROUBLES =
            List.of(Fault.ACCESS_DENIED, Fault.WRONG_SESSION, Fault.INTERNAL_ERROR, Fault.SLOW_DRIP, Fault.VANISHED);

    @TempDir
    private Path directory;

    private final SessionFactory factory = new SessionFactory(new Random(11), 1);
    private LocalEnvironment environment;
    private Publisher publisher;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        environment = LocalEnvironment.start(0, 0, directory, SimulatedEmrServerless.Options.UNLIMITED);
        publisher = new Publisher(environment);
    }

    @AfterEach
    void stop() {
        publisher.close();
        environment.close();
    }

    @Test
    void shouldSurviveAndCountMalformedAnswersAndSayNothingBecauseOfThem() throws Exception {
        assertSurvived(1_000);
    }

    @Test
    @Tag("campaign")
    void shouldSurviveTenThousandMalformedAnswers() throws Exception {
        assertSurvived(10_000);
    }

    private void assertSurvived(int answers) throws Exception {
        environment.emr().behave(Faults.always(Fault.MALFORMED));
        try (var running = RunningService.quick(
                        environment, Map.of("budget.get-session", "20000", "lookup.timeout", "60 s"));
                var events = new Events(environment)) {
            publisher.publishAll(
                    Stream.generate(() -> add("IDLE")).limit(answers).toList());
            Poll.await(answers + " malformed answers", () -> malformed(running), () -> malformed(running) >= answers);

            long before = environment.emr().truth().requests().size();
            long counted = malformed(running);
            long after = environment.emr().truth().requests().size();
            assertThat(counted).as("requests, but for those under way").isBetween(before - IN_FLIGHT, after);
            assertThat(outcomes(running.service())).containsOnly("malformed");
            assertThat(events.all()).isEmpty();

            environment.emr().behave(Faults.NONE);
            SessionKey good = publish("BUSY");
            events.await(good, "BUSY");
            assertThat(running.service().running()).isTrue();
        }
    }

    /** Each in trouble of its own, all at once. */
    @Test
    void shouldTrackTheOthersWhenSomeSessionsAreInTrouble() throws IOException {
        List<SessionKey> others = published(20);
        Map<SessionKey, Fault> troubles = TROUBLES.stream().collect(Collectors.toMap(_ -> publish("IDLE"), it -> it));
        environment.emr().behave(key -> troubles.getOrDefault(key, Fault.NONE));
        try (var running = RunningService.quick(environment, Map.of("lookup.timeout", "2 s"));
                var events = new Events(environment)) {
            others.forEach(other -> events.await(other, "IDLE"));
            others.forEach(other -> environment.emr().become(other, "BUSY"));
            others.forEach(other -> events.await(other, "BUSY"));

            assertThat(events.all()).noneMatch(event -> troubles.containsKey(event.key()));
            assertThat(running.service().running()).isTrue();

            environment.emr().behave(Faults.NONE);
            troubles.keySet().forEach(publisher::publish);
            troubles.keySet().forEach(troubled -> events.await(troubled, "IDLE"));
        }
    }

    @Test
    void shouldReportNoStateTwiceAndNoneBackwardsWhenReadsAreStale() throws IOException {
        environment.emr().behave(Faults.drawn(new Random(11), 0.5, Fault.STALE));
        try (var _ = RunningService.quick(environment, Map.of());
                var events = new Events(environment)) {
            SessionKey key = publish("STARTED");
            for (String state : List.of("IDLE", "BUSY", "IDLE", "TERMINATING", "TERMINATED")) {
                String before = state;
                events.awaitThat(event -> event.key().equals(key));
                int seen = events.all().size();
                environment.emr().become(key, before);
                await().until(() -> events.all().size() > seen);
            }

            assertThat(events.all().stream().map(ObservedChange::rawState))
                    .containsExactly("STARTED", "IDLE", "BUSY", "IDLE", "TERMINATING", "TERMINATED");
            var evidence = Evidence.of(environment.emr().truth(), Map.of(), events.all(), Evidence.Limits.OF_A_FLEET);
            assertThat(evidence.violations(Promise.ALWAYS)).isEmpty();
        }
    }

    private List<SessionKey> published(int number) {
        return Stream.generate(() -> publish("IDLE")).limit(number).toList();
    }

    private SessionKey publish(String state) {
        SessionKey key = add(state);
        publisher.publish(key);
        return key;
    }

    private SessionKey add(String state) {
        SimulatedSession session = factory.minimal(factory.key()).then(state, Instant.now());
        environment.emr().add(session);
        return session.key();
    }

    private static long malformed(RunningService running) {
        return (long) running.metric("session_events_lookup_attempts_total\\{outcome=\"malformed\"[^}]*}");
    }

    private static Set<String> outcomes(SessionEvents service) {
        return Set.copyOf(
                Pattern.compile("session_events_lookup_attempts_total\\{outcome=\"([a-z-]+)\"[^}]*} (?!0\\.0)")
                        .matcher(service.metrics())
                        .results()
                        .map(result -> result.group(1))
                        .toList());
    }
}
