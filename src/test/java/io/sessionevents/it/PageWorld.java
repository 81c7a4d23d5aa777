package io.sessionevents.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sessionevents.Main;
import io.sessionevents.local.simulator.Faults;
import io.sessionevents.local.simulator.SessionFactory;
import io.sessionevents.local.simulator.SessionKey;
import io.sessionevents.local.simulator.SimulatedEmrServerless;
import io.sessionevents.local.simulator.SimulatedSession;
import io.sessionevents.local.simulator.UsageScripts;
import io.sessionevents.local.simulator.UsageShape;
import io.sessionevents.local.testbed.ChildProcess;
import io.sessionevents.local.testbed.LocalEnvironment;
import io.sessionevents.local.testbed.LocalSources;
import io.sessionevents.local.testbed.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * What the page shows in its tests: sessions in every state, in two sources, and two instances that share them. One is in this process,
 * the other is a process that can be killed.
 */
final class PageWorld {
    /** It must stay text: no markup, and nothing that turns or hides what stands beside it. */
    static final String HOSTILE = "<script>window.evil=1</script>\u202egnp.<img src=x onerror=evil()>\u200b&amp;";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> STATES = List.of(
            "BUSY", "IDLE", "BUSY", "IDLE", "STARTED", "BUSY", "STARTING", "IDLE", "SUBMITTED", "BUSY", "TERMINATING");
    private static final List<String> TEAMS = List.of("risk", "pricing", "fraud", "growth");
    private static final Duration LAST_LOOK = Duration.ofSeconds(8);
    private static final Duration SETTLED = Duration.ofMillis(500);

    private final Random random = new Random(18);
    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<String, Integer> counts = new HashMap<>();
    private final Path directory;
    private final LocalEnvironment environment;
    private final SimulatedEmrServerless europe;
    private final int otherPort;
    private final SimulatedSession restless;
    private final SimulatedSession ended;
    private final SimulatedSession hostile;
    private final ServiceThread one;
    private ChildProcess other;
    private int tracked;

    static PageWorld start(Path directory) throws IOException, InterruptedException {
        var environment = LocalEnvironment.start(0, 0, directory, SimulatedEmrServerless.Options.UNLIMITED);
        var europe = SimulatedEmrServerless.start(
                InstantSource.system(),
                new SimulatedEmrServerless.Options(
                        1e9, 1_000_000, Duration.ZERO, Faults.NONE, LocalSources.EUROPE, null));
        return new PageWorld(directory, environment, europe);
    }

    private PageWorld(Path directory, LocalEnvironment environment, SimulatedEmrServerless europe) throws IOException {
        this.directory = directory;
        this.environment = environment;
        this.europe = europe;
        otherPort = Ports.freeAndKept();
        other = startProcess();
        one = ServiceThread.start("one", environment.configuration(settings("one", Ports.freeAndKept())));
        var home = new SessionFactory(random, 1);
        var abroad = new SessionFactory(random, 1, LocalSources.EUROPE);
        Instant now = Instant.now();
        try (var publisher = new Publisher(environment)) {
            for (int i = 0; i < 3 * STATES.size(); i++) {
                String state = STATES.get(i % STATES.size());
                boolean away = i % 3 == 2;
                SessionFactory factory = away ? abroad : home;
                track(publisher, factory.full(factory.key()), state, now);
            }
            restless = track(publisher, home.full(home.key()), "IDLE", now);
            hostile = track(publisher, home.named(home.key(), HOSTILE), "IDLE", now);
            ended = end(home, now);
            environment.emr().add(ended);
            publish(publisher, ended.key());
        }
    }

    private SimulatedSession end(SessionFactory factory, Instant now) {
        var usage = new UsageScripts(random, LAST_LOOK, SETTLED);
        return factory.using(usage.of(UsageShape.CORRECTED))
                .then("SUBMITTED", now.minusSeconds(95))
                .then("STARTING", now.minusSeconds(80))
                .then("STARTED", now.minusSeconds(20))
                .then("BUSY", now.minusSeconds(15));
    }

    /** However long it took until somebody looked at it. */
    private void letItEnd() {
        await().ignoreExceptions()
                .until(() ->
                        json("/api/v1/sessions/" + ended.key()).path("sequence").asInt() > 0);
        Instant now = Instant.now();
        var _ = ended.then("IDLE", now.plusMillis(1_000))
                .then("BUSY", now.plusMillis(1_030))
                .then("TERMINATING", now.plusSeconds(4))
                .then("TERMINATED", now.plusSeconds(5));
    }

    private SimulatedSession track(Publisher publisher, SimulatedSession session, String state, Instant now) {
        Instant begun = now.minusSeconds(60 + random.nextInt(9_000));
        Duration age = Duration.between(begun, now);
        session.then("SUBMITTED", begun.minusSeconds(30))
                .then(state, begun.plus(age.multipliedBy(random.nextInt(100)).dividedBy(100)));
        (session.key().source().equals(SessionKey.DEFAULT_SOURCE) ? environment.emr() : europe).add(session);
        publish(publisher, session.key());
        counts.merge(state, 1, Integer::sum);
        return session;
    }

    private void publish(Publisher publisher, SessionKey key) {
        tracked++;
        publisher.publish(JSON.createObjectNode()
                .put("source", key.source())
                .put("applicationId", key.applicationId())
                .put("sessionId", key.sessionId())
                .set("labels", JSON.createObjectNode().put("team", TEAMS.get(random.nextInt(TEAMS.size())))));
    }

    private Map<String, String> settings(String name, int port) {
        Map<String, String> settings = new HashMap<>(environment.settings());
        settings.putAll(Map.of(
                "sources", "prod-eu",
                "source.prod-eu.region", LocalSources.EUROPE.region(),
                "source.prod-eu.account.id", LocalSources.EUROPE.id(),
                "source.prod-eu.endpoint.url", europe.url().toString()));
        settings.putAll(Map.of(
                "budget.get-session", "60",
                "budget.list-sessions", "10",
                "lookup.interval.min", "200 ms",
                "usage.looks", "500 ms, 1 s, 2 s, 4 s, 8 s",
                "usage.settle.after", "500 ms",
                "http.page", "true",
                "http.port", Integer.toString(port),
                "kafka.state.dir", directory.resolve(name).toString()));
        return settings;
    }

    private ChildProcess startProcess() throws IOException {
        Path config = directory.resolve("other.properties");
        Files.writeString(
                config,
                settings("other", otherPort).entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .collect(Collectors.joining("\n")));
        return ChildProcess.ofThisClassPath(
                List.of(
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Daws.accessKeyId=" + LocalEnvironment.USER.id(),
                        "-Daws.secretAccessKey=" + LocalEnvironment.USER.secret()),
                Main.class,
                List.of("run", "--config", config.toString()),
                directory.resolve("other.log"));
    }

    /** Waits until both instances have tasks, every session was seen in its state, and the usage of the ended one is told. */
    void awaitSeen() {
        letItEnd();
        await().ignoreExceptions().untilAsserted(() -> {
            JsonNode fleet = json("/api/v1/instances");
            assertThat(fleet.path("instances")).hasSize(2);
            assertThat(fleet.findValuesAsText("owned")).doesNotContain("0");
            assertThat(fleet.findValues("checks"))
                    .allSatisfy(checks -> assertThat(checks.findValuesAsText("status"))
                            .as(checks.toString())
                            .containsOnly("UP"));
            JsonNode sessions = json("/api/v1/sessions?limit=500");
            assertThat(sessions.path("incomplete")).isEmpty();
            assertThat(sessions.findValues("key")).hasSize(tracked);
            assertThat(json("/api/v1/sessions/" + ended.key())
                            .at("/usage/revision")
                            .asInt())
                    .isPositive();
            for (String state : counts.keySet()) {
                assertThat(json("/api/v1/sessions?status=tracked&state=" + state)
                                .path("sessions"))
                        .as(state)
                        .hasSize(count(state));
            }
        });
    }

    private JsonNode json(String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(page(path)))
                .timeout(Duration.ofSeconds(30))
                .build();
        return JSON.readTree(client.send(request, BodyHandlers.ofString()).body());
    }

    /** Address of the page in this process. */
    String page(String path) {
        return one() + path;
    }

    URI one() {
        return one.url();
    }

    URI other() {
        return URI.create("http://127.0.0.1:" + otherPort);
    }

    /** How many tracked sessions are in that state. */
    int count(String state) {
        return counts.getOrDefault(state, 0);
    }

    /** One that is idle, and that a test may change if it leaves it idle. */
    SimulatedSession restless() {
        return restless;
    }

    SimulatedSession ended() {
        return ended;
    }

    /** One whose name is {@link #HOSTILE}. */
    SimulatedSession hostile() {
        return hostile;
    }

    ChildProcess killOther() throws InterruptedException {
        ChildProcess killed = other;
        int _ = killed.kill();
        return killed;
    }

    /** It comes back under its name, as a restarted machine does. */
    void startOther() throws IOException {
        other = startProcess();
    }

    void end() throws InterruptedException {
        other.close();
        one.end();
        client.close();
        europe.close();
        environment.close();
    }
}
