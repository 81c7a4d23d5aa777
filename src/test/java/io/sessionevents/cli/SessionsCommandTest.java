package io.sessionevents.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a service that answers what it is told to; what the real one answers is tested with its API. */
class SessionsCommandTest {
    private static final String ONE = """
            {"key":"app/one","status":"tracked","state":"IDLE","rawState":"IDLE","sequence":3,"labels":{"team":"blue"},\
            "observedAt":"2026-11-23T12:01:00.123Z"}""";
    private static final String TWO = """
            {"key":"eu:app/two","status":"ended","state":"UNKNOWN","rawState":"PAUSED","sequence":12,"labels":{},\
            "observedAt":null}""";
    private static final String FIRST = "/api/v1/sessions?limit=500";

    private final Map<String, String> pages = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> asked = new ConcurrentLinkedQueue<>();
    private HttpServer service;

    @BeforeEach
    void start() throws IOException {
        service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/", this::answer);
        service.start();
    }

    @AfterEach
    void stop() {
        service.stop(0);
    }

    @Test
    void shouldPrintEveryPageAsATable() {
        pages.put(FIRST, page(ONE, "\"/api/v1/sessions?limit=500&after=app%2Fone\"", "[]"));
        pages.put("/api/v1/sessions?limit=500&after=app%2Fone", page(TWO, "null", "[]"));

        var result = sessions();

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out().lines())
                .containsExactly(
                        "SESSION                                   STATE        STATUS                  SEQ  OBSERVED              LABELS",
                        "app/one                                   IDLE         tracked                   3  2026-11-23T12:01:00Z  team=blue",
                        "eu:app/two                                PAUSED       ended                    12  ·");
    }

    @Test
    void shouldNotLetLabelsSteerTheTerminal() {
        pages.put(FIRST, page(ONE.replace("blue", "\\u009b2J\\u202ex\\u001b"), "null", "[]"));

        assertThat(sessions().out()).contains("team=?2J?x?");
    }

    @Test
    void shouldPrintAnObjectPerLine() {
        pages.put(FIRST, page(ONE + "," + TWO, "null", "[]"));

        assertThat(sessions("--output", "json").out().lines()).containsExactly(ONE, TWO);
    }

    @Test
    void shouldPassTheFiltersOnAndEndAfterAsManyAsAreWanted() {
        String filtered = "/api/v1/sessions?limit=1&source=eu&applicationId=app&state=IDLE&state=BUSY&status=tracked";
        pages.put(filtered, page(ONE + "," + TWO, "\"/api/v1/sessions?never\"", "[]"));

        var result = sessions(
                "--max",
                "1",
                "--source",
                "eu",
                "--application-id",
                "app",
                "--state",
                "IDLE",
                "--state",
                "BUSY",
                "--status",
                "tracked",
                "--output",
                "json");

        assertThat(result.out().lines()).containsExactly(ONE);
        assertThat(asked).containsExactly(filtered);
    }

    @Test
    void shouldSayWhoseSessionsAreMissing() {
        pages.put(FIRST, page(ONE, "null", "[\"other:8080\"]"));

        var result = sessions();

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out()).contains("app/one");
        assertThat(result.err())
                .isEqualToIgnoringNewLines(
                        "session-events: The sessions of other:8080 are missing: no answer from there.");
    }

    @Test
    void shouldSayWhatTheServiceSays() {
        var refused = sessions("--state", "NONSENSE");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).isEqualToIgnoringNewLines("session-events: Not that.");

        pages.put(FIRST, "hello");
        assertThat(sessions().err())
                .contains("(HTTP 200) is no list of sessions")
                .hasLineCount(1);
    }

    @Test
    void shouldRefuseWhatIsNoUrlAndNoNumber() {
        assertThat(Invocation.run("sessions", "--url", "ftp://host").code()).isEqualTo(2);
        assertThat(Invocation.run("sessions", "--max", "0").code()).isEqualTo(2);
    }

    private Invocation.Result sessions(String... options) {
        List<String> all = new ArrayList<>(List.of("sessions", "--url", "http://127.0.0.1:" + port()));
        all.addAll(List.of(options));
        return Invocation.run(all.toArray(String[]::new));
    }

    private int port() {
        return service.getAddress().getPort();
    }

    private static String page(String sessions, String next, String incomplete) {
        return "{\"sessions\":[" + sessions + "],\"next\":" + next + ",\"incomplete\":" + incomplete
                + ",\"unassignedPartitions\":[]}";
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String target = exchange.getRequestURI().toString();
            asked.add(target);
            String body = pages.get(target);
            byte[] bytes = (body == null ? "{\"status\":400,\"detail\":\"Not that.\"}" : body).getBytes(UTF_8);
            exchange.sendResponseHeaders(body == null ? 400 : 200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
