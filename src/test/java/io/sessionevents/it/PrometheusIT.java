package io.sessionevents.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sessionevents.local.simulator.SessionFactory;
import io.sessionevents.local.simulator.SimulatedEmrServerless;
import io.sessionevents.local.testbed.ChildProcess;
import io.sessionevents.local.testbed.LocalEnvironment;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Prometheus with the configuration and the rules of deploy/prometheus, and the queries of the dashboard. */
class PrometheusIT {
    private static final Pattern URL = Pattern.compile("http://(127\\.0\\.0\\.1:\\d+)");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path DASHBOARD = Path.of("deploy/grafana/session-events.json");
    private static final int RECORDED = 4;

    @TempDir
    private Path directory;

    private final HttpClient http = HttpClient.newHttpClient();
    private String prometheus = "";

    @Test
    void shouldScrapeAndRecordAndAnswerEveryQueryOfTheDashboard() throws Exception {
        assumeTrue(available());
        try (var environment = LocalEnvironment.start(0, 0, directory, SimulatedEmrServerless.Options.UNLIMITED);
                var service = Distribution.run(
                        environment, directory, Map.of("usage.settle.after", "1 s", "usage.looks", "1 s, 2 s, 4 s"));
                var publisher = new Publisher(environment)) {
            var sessions = new SessionFactory(new Random(13), 1);
            Distribution.awaitLog(service, "http://127.0.0.1:");
            try (var process = start(address(service))) {
                Distribution.awaitLog(process, "Server is ready to receive web requests");
                await().untilAsserted(() -> assertThat(up()).as(process.log()).isEqualTo("1"));
                for (String state : List.of("IDLE", "TERMINATED")) {
                    var session = sessions.full(sessions.key()).then(state, Instant.now());
                    environment.emr().add(session);
                    publisher.publish(session.key());
                    publisher.publish(session.key().applicationId());
                }
                publisher.publish("not a session");

                await().untilAsserted(() -> assertThat(unanswered()).isEmpty());
                assertThat(get("/api/v1/rules").findValuesAsText("health")).containsOnly("ok");
                assertThat(get("/api/v1/rules").findValuesAsText("type"))
                        .filteredOn("recording"::equals)
                        .hasSize(RECORDED);
                assertThat(get("/api/v1/label/source/values").path("data").toString())
                        .isEqualTo("[\"default\"]");
            }
        }
    }

    /** Queries that fail, or find nothing; and names of rules that have recorded nothing. */
    private List<String> unanswered() throws IOException, InterruptedException {
        List<String> queries =
                new ArrayList<>(JSON.readTree(DASHBOARD.toFile()).get("panels").findValuesAsText("expr"));
        assertThat(queries).hasSizeGreaterThan(60);
        for (JsonNode rule : get("/api/v1/rules").at("/data/groups").findParents("type")) {
            if (rule.path("type").asText().equals("recording")) {
                queries.add(rule.path("name").asText());
            }
        }
        List<String> unanswered = new ArrayList<>();
        for (String query : queries) {
            if (query(query).isEmpty()) {
                unanswered.add(query);
            }
        }
        return unanswered;
    }

    private String up() throws IOException, InterruptedException {
        return query("up{job=\"session-events\"}").at("/0/value/1").asText();
    }

    /** With the variables as the dashboard has them first. */
    private JsonNode query(String query) throws IOException, InterruptedException {
        String whole = query.replace("$job", "session-events")
                .replace("$instance", ".*")
                .replace("$source", ".*")
                .replace("$__rate_interval", "1m");
        JsonNode answer = get("/api/v1/query?query=" + URLEncoder.encode(whole, UTF_8));
        assertThat(answer.path("status").asText()).as(whole + ": " + answer).isEqualTo("success");
        return answer.at("/data/result");
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(prometheus + path)).build();
        return JSON.readTree(http.send(request, BodyHandlers.ofString()).body());
    }

    /** As it is shipped, but for the address, and so often that nobody waits. */
    private ChildProcess start(String target) throws IOException {
        Path configuration = Files.createDirectory(directory.resolve("prometheus"));
        Files.copy(Path.of("deploy/prometheus/rules.yaml"), configuration.resolve("rules.yaml"));
        String shipped = Files.readString(Path.of("deploy/prometheus/prometheus.yaml"));
        Files.writeString(
                configuration.resolve("prometheus.yaml"),
                shipped.replace("session-events:8080", target).replace("15s", "1s\n  evaluation_interval: 1s"));
        String address = "127.0.0.1:" + free();
        prometheus = "http://" + address;
        return ChildProcess.start(
                new ProcessBuilder(
                        "prometheus",
                        "--config.file=" + configuration.resolve("prometheus.yaml"),
                        "--storage.tsdb.path=" + directory.resolve("series"),
                        "--web.listen-address=" + address),
                directory.resolve("prometheus.log"));
    }

    private static String address(ChildProcess service) {
        Matcher url = URL.matcher(service.log());
        assertThat(url.find()).as(service.log()).isTrue();
        return url.group(1);
    }

    private static int free() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    private static boolean available() throws IOException {
        boolean there = List.of(System.getenv("PATH").split(":")).stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "prometheus")));
        if (!there) {
            System.out.println("skipped: PrometheusIT, for there is no prometheus on the PATH (package prometheus)");
        }
        return there;
    }
}
