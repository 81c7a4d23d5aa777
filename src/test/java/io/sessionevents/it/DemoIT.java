package io.sessionevents.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sessionevents.local.Poll;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The demo in a process of its own, as {@code ./session-events demo} starts it. */
class DemoIT {
    @TempDir
    private Path directory;

    /** No session is published, and perhaps not even their application. */
    @ParameterizedTest
    @ValueSource(strings = {"", "--discover"})
    void shouldEndWithASummaryInWhichEveryPromiseIsKept(String discover) throws Exception {
        List<String> arguments =
                new ArrayList<>(List.of("--sessions", "15", "--duration", "15s", "--port", "0", "--output", "json"));
        if (!discover.isEmpty()) {
            arguments.add(discover);
        }
        Process demo = demo(arguments.toArray(String[]::new));
        assertThat(ended(demo)).isTrue();
        List<String> lines = Files.readAllLines(directory.resolve("out"), UTF_8);
        var json = new ObjectMapper();
        JsonNode summary = json.readTree(lines.getLast()).path("summary");

        assertThat(demo.exitValue())
                .as(Files.readString(directory.resolve("err")) + lines.getLast())
                .isZero();
        assertThat(summary.path("sessions").asInt()).isEqualTo(15);
        assertThat(summary.path("discovered").asInt()).isEqualTo(15);
        assertThat(summary.path("lists").asInt()).isPositive();
        assertThat(summary.path("events").asInt()).isEqualTo(lines.size() - 1).isGreaterThanOrEqualTo(15);
        assertThat(summary.path("observableTransitions").asInt()).isPositive();
        assertThat(summary.path("missedTransitions").asInt()).isZero();
        assertThat(summary.path("duplicateEvents").asInt()).isZero();
        assertThat(summary.path("promisesBroken").asInt()).isZero();
        assertThat(summary.path("maxLookupsInAnySecond").asInt()).isPositive();
        assertThat(json.readTree(lines.getFirst()).path("origin").asText()).isEqualTo("DISCOVERED");
        assertThat(json.readTree(lines.getFirst()).path("session").path("arn").asText())
                .startsWith("arn:aws:");
    }

    @Test
    void shouldEndWithASummaryWhenInterrupted() throws Exception {
        Process demo = demo("--sessions", "5", "--duration", "300s", "--port", "0");
        org.awaitility.Awaitility.await()
                .until(() -> Files.readString(directory.resolve("out")).contains("SUBMITTED"));
        demo.destroy();

        assertThat(ended(demo)).isTrue();
        assertThat(Files.readString(directory.resolve("out"))).contains("Judged by the simulated endpoint's own log");
        assertThat(Files.readString(directory.resolve("err"))).doesNotContain("\tat ");
    }

    @Test
    void shouldSayWhenThePortIsTaken() throws Exception {
        try (var taken = new java.net.ServerSocket(0, 1, java.net.InetAddress.ofLiteral("127.0.0.1"))) {
            Process demo = demo("--port", Integer.toString(taken.getLocalPort()));

            assertThat(ended(demo)).isTrue();
            assertThat(demo.exitValue()).isEqualTo(1);
            assertThat(Files.readString(directory.resolve("err")))
                    .contains("port " + taken.getLocalPort() + " is taken", "--port")
                    .doesNotContain("\tat ");
        }
    }

    /** As long as it writes anything, it is not stuck. */
    private boolean ended(Process demo) throws Exception {
        return Poll.awaited(
                () -> List.of(
                        directory.resolve("out").toFile().length(),
                        directory.resolve("err").toFile().length()),
                () -> !demo.isAlive());
    }

    private Process demo(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@build/jvm.options",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                        .replace('\n', File.pathSeparatorChar),
                "io.sessionevents.local.command.LocalMain",
                "demo"));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectOutput(directory.resolve("out").toFile())
                .redirectError(directory.resolve("err").toFile())
                .start();
    }
}
