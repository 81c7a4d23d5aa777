package io.sessionevents.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sessionevents.local.Poll;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpEndpointTest {
    private static final HttpApi API = FakePorts.api(new FakeFleet());
    private static HttpEndpoint endpoint;
    private static HttpClient client;

    @BeforeAll
    static void start() throws IOException {
        endpoint = HttpEndpoint.start("127.0.0.1", 0, API.router());
        client = HttpClient.newHttpClient();
    }

    @AfterAll
    static void stop() {
        client.close();
        endpoint.close();
        API.close();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /health/live, 200, application/json",
        "GET, /health/started, 200, application/json",
        "GET, /health/ready, 503, application/json",
        "GET, /health, 200, application/json",
        "GET, /metrics, 200, text/plain; version=0.0.4; charset=utf-8",
        "GET, /topology, 200, text/plain; charset=utf-8",
        "GET, /topology?format=mermaid, 200, text/plain; charset=utf-8",
        "GET, /topology?format=svg, 400, application/problem+json",
        "GET, /schemas, 200, application/json",
        "GET, /schemas/session-state-changed.avsc, 200, application/vnd.apache.avro+json",
        "GET, /schemas/tracked-session.avsc, 404, application/problem+json",
        "GET, /schemas/..%2Fasyncapi.avsc, 404, application/problem+json",
        "GET, /asyncapi.yaml, 200, application/yaml",
        "GET, /openapi.yaml, 200, application/yaml",
        "GET, /api/v1/info?x=1, 400, application/problem+json",
        "GET, /nowhere, 404, application/problem+json",
        "POST, /health, 405, application/problem+json"
    })
    void shouldAnswer(String method, String path, int status, String type) throws IOException, InterruptedException {
        HttpResponse<String> answer = answer(method, path);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains(type);
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    }

    @Test
    void shouldNameWhatIsWrong() throws IOException, InterruptedException {
        assertThat(answer("GET", "/health/ready").body())
                .isEqualTo("{\"status\":\"DOWN\",\"checks\":["
                        + "{\"name\":\"well\",\"status\":\"UP\",\"data\":{\"detail\":\"yes\"}},"
                        + "{\"name\":\"ill\",\"status\":\"DOWN\",\"data\":{\"detail\":\"because \\\"of\\\" this\"}}]}");
    }

    @Test
    void shouldOfferMetrics() throws IOException, InterruptedException {
        assertThat(answer("GET", "/metrics").body()).isEqualTo("calls_total 7\n");
    }

    @Test
    void shouldTellHowTheBudgetIsSpent() throws IOException, InterruptedException {
        assertThat(answer("GET", "/api/v1/budget").body()).isEqualTo("""
                {"partitions":{"owned":6,"total":12},"groupContact":true,"sources":[{"source":"default",\
                "budgetCallsPerSecond":9.5,"shareCallsPerSecond":4.75,"rateCallsPerSecond":2.5,"sessionsTracked":40,\
                "sessionsByState":{},"sessionsUnseen":0,"sessionsSettling":0,"oldestLookSeconds":0.0,\
                "intervalSeconds":{"idle":2.5},"lookups":{"inFlight":3,"mostInFlight":64},"circuit":"closed"}],\
                "unconfiguredSources":{"gone":2}}""");
    }

    @Test
    void shouldTellWhatItIs() throws IOException, InterruptedException {
        assertThat(answer("GET", "/api/v1/info").body()).isEqualTo("""
                {"version":"1.2.3","java":"25","startedAt":"2026-11-23T12:00:00Z","streamsApplicationId":"session-events",\
                "topics":{"input":"ids","output":"changes","usage":"usage","alerts":"alerts","deadLetter":"dead"},"instance":null,\
                "streams":"RUNNING","tasks":[{"id":"1_3","active":true,"partitions":["requests-3"]}]}""");
    }

    @Test
    void shouldAnswerHeadWithoutABody() throws IOException, InterruptedException {
        HttpResponse<String> answer = answer("HEAD", "/metrics");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Length")).contains("14");
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void shouldRefuseABody() throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(endpoint.url().resolve("/health"))
                        .method("GET", HttpRequest.BodyPublishers.ofString("x"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(413);
    }

    @Test
    void shouldRefuseALongPath() throws IOException, InterruptedException {
        assertThat(answer("GET", "/" + "a".repeat(Router.LONGEST_PATH)).statusCode())
                .isEqualTo(414);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"*", "/../x", "http://127.0.0.1/../x", "/a b", "/a{b}", "/a|b", "/%zz", "/[", "http://[/x", "/\\"
            })
    void shouldSurviveOddTargets(String target) throws IOException {
        try (var socket =
                new Socket(endpoint.address().getAddress(), endpoint.address().getPort())) {
            socket.setSoTimeout((int) Poll.STANDSTILL.toMillis());
            socket.getOutputStream()
                    .write(("GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                            .getBytes(UTF_8));
            String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);

            assertThat(answer).startsWith("HTTP/1.1 4").doesNotContain("Exception:", "\tat ", "io.sessionevents");
            // Ours, or that of the JDK's server for what is no URL: docs/http.md says so.
            assertThat(answer).containsAnyOf("application/problem+json", "<h1>400 Bad Request", "<h1>404 Not Found");
        }
    }

    /** A web site may give its own name the address 127.0.0.1, and have scripts in a browser on this machine ask. */
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 200",
        "127.0.0.1:8080, 200",
        "LocalHost:1, 200",
        "[::1]:8080, 200",
        "10.1.2.3, 200",
        "evil.example, 421",
        "evil.example:8080, 421",
        "localhost.evil.example, 421",
        "127.0.0.1.evil.example, 421",
        "'', 421"
    })
    void shouldAnswerNobodyWhoAsksForAnotherName(String host, int status) throws IOException {
        String answer = answerTo(endpoint, host);

        assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
        if (status == 421) {
            assertThat(answer)
                    .contains("application/problem+json", "http.advertised.address")
                    .doesNotContain("calls_");
        }
    }

    @Test
    void shouldAnswerWhoAsksForTheNameThatIsAdvertised() throws IOException {
        try (var named = HttpEndpoint.start("127.0.0.1", 0, "Tracker.example:8080", API.router())) {
            assertThat(answerTo(named, "tracker.example:80")).startsWith("HTTP/1.1 200 ");
            assertThat(answerTo(named, "evil.example")).startsWith("HTTP/1.1 421 ");
        }
    }

    /** Proxies and services have names that nobody here knows. */
    @Test
    void shouldAnswerWhoeverAsksWhereOthersReachIt() throws IOException {
        try (var open = HttpEndpoint.start("0.0.0.0", 0, API.router())) {
            assertThat(answerTo(open, "session-events.prod.svc:8080")).startsWith("HTTP/1.1 200 ");
        }
    }

    private static String answerTo(HttpEndpoint asked, String host) throws IOException {
        try (var socket =
                new Socket(InetAddress.getLoopbackAddress(), asked.address().getPort())) {
            socket.setSoTimeout((int) Poll.STANDSTILL.toMillis());
            socket.getOutputStream()
                    .write(("GET /metrics HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                            .getBytes(UTF_8));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }

    @Test
    void shouldRefuseAPortThatIsTaken() {
        assertThatThrownBy(() -> HttpEndpoint.start("127.0.0.1", endpoint.url().getPort(), API.router()))
                .isInstanceOf(IOException.class);
    }

    private HttpResponse<String> answer(String method, String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(endpoint.url().resolve(path))
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
