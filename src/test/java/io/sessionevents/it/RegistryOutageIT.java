package io.sessionevents.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sessionevents.local.scenario.workload.ForeignPublisher;
import io.sessionevents.local.simulator.SessionFactory;
import io.sessionevents.local.simulator.SimulatedEmrServerless;
import io.sessionevents.local.simulator.SimulatedSession;
import io.sessionevents.local.testbed.ChildProcess;
import io.sessionevents.local.testbed.LocalEnvironment;
import io.sessionevents.local.testbed.RunningService;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A registry that does not answer delays what needs it, and nothing else. */
class RegistryOutageIT {
    private static final Pattern URL = Pattern.compile("Health and metrics at (\\S+)");

    @TempDir
    private Path directory;

    private final SessionFactory factory = new SessionFactory(new Random(5), 1);
    private LocalEnvironment environment;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        environment = LocalEnvironment.start(0, 0, directory, SimulatedEmrServerless.Options.UNLIMITED);
    }

    @AfterEach
    void stop() {
        environment.close();
    }

    @Test
    void shouldNotBeReadyBeforeTheRegistryAnswers() throws IOException, InterruptedException {
        environment.registry().stop();
        try (ChildProcess service = Distribution.run(environment, directory, Map.of());
                HttpClient client = HttpClient.newHttpClient()) {
            Distribution.awaitLog(service, "The schema registry at", "does not answer", "checking again");
            Matcher url = URL.matcher(service.log());
            assertThat(url.find()).isTrue();
            URI ready = URI.create(url.group(1) + "/health/ready");
            HttpResponse<String> before = get(client, ready);
            assertThat(before.statusCode()).isEqualTo(503);
            assertThat(before.body()).contains("\"start\"", "The schema registry at");

            environment.registry().start();
            await().until(() -> get(client, ready).statusCode() == 200);
            String scrape = get(client, URI.create(url.group(1) + "/metrics")).body();
            assertThat(scrape)
                    .contains(
                            "session_events_share",
                            "session_events_look_interval_seconds{class=\"idle\",source=\"default\"}");
            assertThat(scrape.lines().filter(line -> !line.startsWith("#"))).hasSizeLessThan(200);
        }
    }

    @Test
    void shouldGoOnWithKnownSchemasAndLetOthersWait() throws IOException, InterruptedException {
        try (var publisher = new Publisher(environment);
                var foreign = ForeignPublisher.registered(environment);
                var running = RunningService.quick(environment, Map.of());
                var events = new Events(environment)) {
            SimulatedSession tracked = idle();
            publisher.publish(tracked.key());
            events.await(tracked.key(), "IDLE");

            environment.registry().stop();
            SimulatedSession waiting = idle();
            foreign.publish(waiting.key());
            for (String state : new String[] {"BUSY", "IDLE", "TERMINATING", "TERMINATED"}) {
                int seen = events.all().size();
                environment.emr().become(tracked.key(), state);
                await().until(() -> events.all().size() > seen);
            }
            assertThat(events.all()).noneMatch(event -> event.key().equals(waiting.key()));

            assertThat(running.service().surroundingsChecks())
                    .anyMatch(check -> check.name().equals("registry") && !check.up());
            environment.registry().start();
            events.await(waiting.key(), "IDLE");
            assertThat(environment.deadLetters()).isEmpty();
            assertThat(running.service().running()).isTrue();
        }
    }

    private SimulatedSession idle() {
        SimulatedSession session = factory.minimal(factory.key()).then("IDLE", Instant.now());
        environment.emr().add(session);
        return session;
    }

    private static HttpResponse<String> get(HttpClient client, URI uri) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }
}
