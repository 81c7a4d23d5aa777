package io.sessionevents.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The demo with its outputs in files and pipes. */
class DemoIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path directory;

    /** No session is published, and perhaps not even their application. */
    @ParameterizedTest
    @ValueSource(strings = {"", "--discover"})
    void shouldPrintEventsAloneAndEndWithASummaryInWhichEveryPromiseIsKept(String discover) throws Exception {
        Path file = directory.resolve("summary.json");
        List<String> arguments = new ArrayList<>(List.of("--sessions", "15", "--duration", "15s", "--port", "0"));
        arguments.addAll(List.of("--output", "json", "--summary", file.toString()));
        if (!discover.isEmpty()) {
            arguments.add(discover);
        }
        try (var demo = DemoProcess.start(directory, arguments.toArray(String[]::new))) {
            assertThat(demo.ended()).isTrue();
            assertThat(demo.process().exitValue()).as(demo.err()).isZero();
            assertThat(demo.err())
                    .contains("Meanwhile", "Judged by the simulated endpoint's own log")
                    .doesNotContain("WARN", "ERROR", "()", " 1 sessions", " 1 events", "\u001b");
            List<JsonNode> events = new ArrayList<>();
            for (String line : demo.out().lines().toList()) {
                events.add(JSON.readTree(line));
            }
            assertThat(events).allSatisfy(event -> {
                assertThat(event.path("eventId").asText()).hasSize(36);
                assertThat(event.path("origin").asText()).isEqualTo("DISCOVERED");
                assertThat(event.path("session").path("arn").asText()).startsWith("arn:aws:");
            });
            JsonNode summary = JSON.readTree(Files.readString(file));
            assertThat(summary.path("sessions").asInt()).isEqualTo(15);
            assertThat(summary.path("discovered").asInt()).isEqualTo(15);
            assertThat(summary.path("lists").asInt()).isPositive();
            assertThat(summary.path("events").asInt()).isEqualTo(events.size()).isGreaterThanOrEqualTo(15);
            assertThat(summary.path("observableTransitions").asInt()).isPositive();
            assertThat(summary.path("missedTransitions").asInt()).isZero();
            assertThat(summary.path("duplicateEvents").asInt()).isZero();
            assertThat(summary.path("promisesBroken").asInt()).isZero();
            assertThat(summary.has("usageRecords")).isTrue();
            assertThat(summary.has("alerts")).isTrue();
            assertThat(summary.path("maxLookupsInAnySecond").asInt()).isPositive();
            assertThat(demo.left()).isEmpty();
        }
    }

    @Test
    void shouldEndWithItsReader() throws Exception {
        var builder = DemoProcess.builder(DemoProcess.command(
                directory, "--sessions", "20", "--duration", "3600s", "--port", "0", "--output", "json"));
        try (var demo = DemoProcess.start(directory, builder)) {
            try (BufferedReader reader = demo.process().inputReader(UTF_8)) {
                assertThat(JSON.readTree(reader.readLine()).path("eventId").isTextual())
                        .isTrue();
            }

            assertThat(demo.ended()).isTrue();
            assertThat(demo.process().exitValue()).isZero();
            assertThat(demo.err()).contains("Judged by").doesNotContain("\tat ");
            assertThat(demo.left()).isEmpty();
        }
    }

    @Test
    void shouldSayWhenThePortIsTakenAndLeaveNothingBehind() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
                var demo = DemoProcess.start(directory, "--port", Integer.toString(taken.getLocalPort()))) {
            assertThat(demo.ended()).isTrue();
            assertThat(demo.process().exitValue()).isEqualTo(1);
            assertThat(demo.err())
                    .contains("port " + taken.getLocalPort() + " is taken", "--port")
                    .doesNotContain("\tat ");
            assertThat(demo.left()).isEmpty();
        }
    }

    /** The one that has the port is interrupted while it starts. */
    @Test
    void shouldLeaveThePortToOneOfTwoThatStartAtOnce() throws Exception {
        String port = Integer.toString(free());
        Path one = Files.createDirectory(directory.resolve("one"));
        Path two = Files.createDirectory(directory.resolve("two"));
        try (var first = DemoProcess.start(one, "--port", port);
                var second = DemoProcess.start(two, "--port", port)) {
            Awaitility.await()
                    .until(() -> !first.process().isAlive() || !second.process().isAlive());
            boolean firstLost = !first.process().isAlive();
            DemoProcess loser = firstLost ? first : second;
            DemoProcess winner = firstLost ? second : first;
            winner.process().destroy();

            assertThat(winner.ended()).isTrue();
            assertThat(loser.process().exitValue()).isEqualTo(1);
            assertThat(loser.err()).contains("port " + port + " is taken").doesNotContain("\tat ", "Exception");
            assertThat(winner.err()).doesNotContain("\tat ", "Exception", "is taken");
            assertThat(List.of(winner.left(), loser.left()))
                    .allSatisfy(left -> assertThat(left).isEmpty());
        }
    }

    private static int free() throws Exception {
        try (var any = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return any.getLocalPort();
        }
    }
}
