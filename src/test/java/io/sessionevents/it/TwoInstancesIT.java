package io.sessionevents.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sessionevents.local.simulator.SessionFactory;
import io.sessionevents.local.simulator.SessionKey;
import io.sessionevents.local.simulator.SimulatedEmrServerless;
import io.sessionevents.local.testbed.LocalEnvironment;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two instances of one fleet, each as the command {@code run} runs it: each answers for the sessions of both. */
class TwoInstancesIT {
    private static final SessionFactory SESSIONS = new SessionFactory(new Random(5), 3);
    private static final List<SessionKey> KEYS = IntStream.range(0, 30)
            .mapToObj(i -> SESSIONS.key())
            .sorted(TwoInstancesIT::byText)
            .toList();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    private static Path directory;

    private static LocalEnvironment environment;
    private static Instance one;
    private static Instance other;

    /** One instance on a thread of this process. */
    private record Instance(ServiceThread service) {
        static Instance start(String name, Map<String, String> more) throws IOException {
            Map<String, String> settings = new HashMap<>(more);
            settings.put("http.port", Integer.toString(freePort()));
            settings.put("kafka.state.dir", directory.resolve(name).toString());
            settings.put("budget.get-session", "120");
            settings.put("lookup.interval.min", "1 s");
            return new Instance(ServiceThread.start(name, environment.configuration(settings)));
        }

        String address() {
            return service.address();
        }

        /** Asks until the answer is no 503, as every client should. */
        HttpResponse<String> get(String path) {
            var request = HttpRequest.newBuilder(service.url().resolve(path))
                    .timeout(Duration.ofSeconds(30))
                    .build();
            return await().ignoreExceptions()
                    .until(
                            () -> HTTP.send(request, HttpResponse.BodyHandlers.ofString()),
                            answer -> answer.statusCode() != 503);
        }

        JsonNode json(String path) throws IOException {
            return JSON.readTree(get(path).body());
        }

        /** A list in which no instance is missing. */
        JsonNode list(String path) {
            return await().until(
                            () -> json(path),
                            list -> list.path("incomplete").isEmpty()
                                    && list.path("unassignedPartitions").isEmpty());
        }

        void end() throws InterruptedException {
            service.end();
        }
    }

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        environment = LocalEnvironment.start(0, 0, directory, SimulatedEmrServerless.Options.UNLIMITED);
        one = Instance.start("one", Map.of());
        other = Instance.start("other", Map.of());
        KEYS.forEach(key -> environment.emr().add(SESSIONS.minimal(key).then("IDLE", Instant.now())));
        try (var publisher = new Publisher(environment)) {
            publisher.publishAll(KEYS);
        }
        await().ignoreExceptions().untilAsserted(() -> {
            assertThat(one.json("/api/v1/budget").at("/partitions/owned").asInt())
                    .isBetween(1, 11);
            assertThat(other.json("/api/v1/budget").at("/partitions/owned").asInt())
                    .isBetween(1, 11);
            assertThat(keys(one.json("/api/v1/sessions?state=IDLE"))).hasSize(KEYS.size());
        });
    }

    @AfterAll
    static void stop() throws InterruptedException {
        one.end();
        other.end();
        HTTP.close();
        environment.close();
    }

    @Test
    void shouldListTheSessionsOfBothOnEach() {
        for (Instance asked : List.of(one, other)) {
            JsonNode list = asked.list("/api/v1/sessions?state=IDLE");

            assertThat(keys(list))
                    .containsExactlyElementsOf(
                            KEYS.stream().map(SessionKey::toString).toList());
            assertThat(list.findValuesAsText("instance")).contains(one.address(), other.address());
        }
    }

    @Test
    void shouldAnswerForEverySessionOnEach() throws IOException {
        for (SessionKey key : KEYS) {
            JsonNode byOne = one.json("/api/v1/sessions/" + key);

            assertThat(byOne.path("key").asText()).isEqualTo(key.toString());
            assertThat(byOne.path("state").asText()).isEqualTo("IDLE");
            assertThat(byOne.path("sequence").asLong()).isEqualTo(1);
            assertThat(other.json("/api/v1/sessions/" + key)).isEqualTo(byOne);
        }
    }

    @Test
    void shouldListAllWhereAnInstanceHasNoTasks() throws IOException, InterruptedException {
        Map<String, String> onePartition = Map.of("tracking.partitions", "1", "application.id", "one-partition");
        var busy = Instance.start("busy", onePartition);
        var idle = Instance.start("idle", onePartition);
        try {
            await().ignoreExceptions().untilAsserted(() -> {
                for (Instance asked : List.of(busy, idle)) {
                    JsonNode list = asked.json("/api/v1/sessions");
                    assertThat(keys(list)).hasSize(KEYS.size());
                    assertThat(list.path("incomplete")).isEmpty();
                }
                assertThat(List.of(
                                busy.json("/api/v1/budget")
                                        .at("/partitions/owned")
                                        .asInt(),
                                idle.json("/api/v1/budget")
                                        .at("/partitions/owned")
                                        .asInt()))
                        .containsExactlyInAnyOrder(0, 1);
            });
        } finally {
            busy.end();
            idle.end();
        }
    }

    @Test
    void shouldKeepEverySessionOnce() throws IOException {
        List<String> kept = new ArrayList<>(keys(one.json("/api/v1/sessions?scope=local")));
        kept.addAll(keys(other.json("/api/v1/sessions?scope=local")));

        assertThat(kept)
                .containsExactlyInAnyOrderElementsOf(
                        KEYS.stream().map(SessionKey::toString).toList());
    }

    @Test
    void shouldWalkThroughThePages() {
        List<String> walked = new ArrayList<>();
        String next = "/api/v1/sessions?limit=7";
        while (next != null) {
            JsonNode page = other.list(next);
            walked.addAll(keys(page));
            next = page.path("next").textValue();
        }

        assertThat(walked)
                .containsExactlyElementsOf(
                        KEYS.stream().map(SessionKey::toString).toList());
    }

    @Test
    void shouldSayThatASessionIsUnknown() {
        for (int i = 0; i < 12; i++) {
            HttpResponse<String> answer = one.get("/api/v1/sessions/none/none" + i);

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(404);
            assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        }
    }

    @Test
    void shouldRefuseWhatIsNoIdentifier() throws IOException {
        HttpResponse<String> answer = one.get("/api/v1/sessions/none/NONE");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(JSON.readTree(answer.body()).path("detail").asText()).contains("sessionId \"NONE\"");
    }

    @Test
    void shouldTellWhatItHas() throws IOException {
        JsonNode info = one.json("/api/v1/info");
        JsonNode budget = one.json("/api/v1/budget");

        assertThat(info.path("instance").asText()).isEqualTo(one.address());
        assertThat(info.path("streams").asText()).isEqualTo("RUNNING");
        assertThat(info.path("tasks").toString()).contains("session-requests-repartition-");
        assertThat(budget.at("/sources/0/budgetCallsPerSecond").asDouble()).isEqualTo(120);
        assertThat(budget.at("/sources/0/shareCallsPerSecond").asDouble())
                .isEqualTo(10.0 * budget.at("/partitions/owned").asInt());
    }

    @Test
    void shouldBeAliveForItsThreadsPoll() {
        HttpResponse<String> answer = one.get("/health/live");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("stream-threads", "dispatcher", "group-contact");
    }

    private static List<String> keys(JsonNode list) {
        return StreamSupport.stream(list.path("sessions").spliterator(), false)
                .map(session -> session.path("key").asText())
                .toList();
    }

    private static int byText(SessionKey one, SessionKey other) {
        return one.toString().compareTo(other.toString());
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }
}
