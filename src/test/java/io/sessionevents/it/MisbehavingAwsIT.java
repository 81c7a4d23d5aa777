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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever AWS answers, nothing is invented and nothing stops. */
class MisbehavingAwsIT {
    private static final int MALFORMED = 10_000;
    private static final int IN_FLIGHT = 64;

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
    void shouldSurviveAndCountTenThousandMalformedAnswersAndSayNothingBecauseOfThem() throws Exception {
        environment.emr().behave(Faults.always(Fault.MALFORMED));
        try (var running = RunningService.quick(
                        environment, Map.of("budget.get-session", "20000", "lookup.timeout", "60 s"));
                var events = new Events(environment)) {
            publisher.publishAll(
                    Stream.generate(() -> add("IDLE")).limit(MALFORMED).toList());
            Poll.await(
                    MALFORMED + " malformed answers", () -> malformed(running), () -> malformed(running) >= MALFORMED);

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

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"ACCESS_DENIED", "WRONG_SESSION", "INTERNAL_ERROR", "SLOW_DRIP", "VANISHED"})
    void shouldTrackTheOthersWhenOneSessionIsInTrouble(Fault fault) throws IOException {
        SessionKey troubled = publish("IDLE");
        environment.emr().behave(key -> key.equals(troubled) ? fault : Fault.NONE);
        try (var running = RunningService.quick(environment, Map.of("lookup.timeout", "2 s"));
                var events = new Events(environment)) {
            List<SessionKey> others = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                others.add(publish("IDLE"));
            }
            others.forEach(other -> events.await(other, "IDLE"));
            others.forEach(other -> environment.emr().become(other, "BUSY"));
            others.forEach(other -> events.await(other, "BUSY"));

            assertThat(events.all()).noneMatch(event -> event.key().equals(troubled));
            assertThat(running.service().running()).isTrue();

            environment.emr().behave(Faults.NONE);
            publisher.publish(troubled);
            events.await(troubled, "IDLE");
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
