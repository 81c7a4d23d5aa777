package io.sessionevents.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sessionevents.local.simulator.SessionFactory;
import io.sessionevents.local.simulator.SimulatedEmrServerless;
import io.sessionevents.local.simulator.SimulatedSession;
import io.sessionevents.local.testbed.LocalEnvironment;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The image as an operator gets it, in the network of this machine, where its context are. */
class ImageIT {
    private static final String IMAGE = "session-events:it";
    private static final String TERMINATED = "143";

    @TempDir
    private static Path directory;

    private static LocalEnvironment environment;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        Assumptions.assumeTrue(Containers.available("ImageIT"));
        docker("build", "--quiet", "--file", "deploy/docker/Dockerfile", "--tag", IMAGE, ".");
        environment = LocalEnvironment.start(0, 0, directory, SimulatedEmrServerless.Options.UNLIMITED);
    }

    @AfterAll
    static void stop() {
        if (environment != null) {
            environment.close();
        }
    }

    @Test
    void shouldTrackSessionsWithoutPrivilegesOnAReadOnlyRootAndEndGracefully()
            throws IOException, InterruptedException {
        var factory = new SessionFactory(new Random(5), 1);
        SimulatedSession session = factory.full(factory.key()).then("IDLE", Instant.now());
        environment.emr().add(session);
        String container = startContainer();
        try (var publisher = new Publisher(environment);
                var events = new Events(environment)) {
            await().pollInterval(Duration.ofMillis(500))
                    .untilAsserted(() -> assertThat(inspect(container, "{{.State.Health.Status}}"))
                            .as(docker("logs", container))
                            .isEqualTo("healthy"));
            publisher.publish(session.key());
            events.await(session.key(), "IDLE");
            assertThat(docker("exec", container, "id", "-u")).isEqualTo("10001");
            assertThat(docker("exec", container, "sh", "-c", "touch /written 2>&1 || true"))
                    .contains("Read-only file system");

            docker("stop", "--time", "30", container);

            assertThat(inspect(container, "{{.State.ExitCode}}")).isEqualTo(TERMINATED);
            assertThat(docker("logs", container)).contains("NOT_RUNNING").doesNotContain("ERROR", "\tat ");
        } finally {
            docker("rm", "--force", "--volumes", container);
        }
    }

    private static String startContainer() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of("run", "--detach", "--network=host", "--read-only", "--tmpfs=/tmp:exec", "--cap-drop=ALL"));
        command.addAll(List.of("--security-opt=no-new-privileges", "--memory=512m", "--health-interval=2s"));
        command.addAll(List.of("--env=AWS_ACCESS_KEY_ID=AKIATEST", "--env=AWS_SECRET_ACCESS_KEY=secret"));
        for (Map.Entry<String, String> setting : environment.settings().entrySet()) {
            if (!setting.getKey().startsWith("kafka.") && !setting.getKey().equals("http.port")) {
                command.add("--env=" + variable(setting.getKey()) + "=" + setting.getValue());
            }
        }
        String name = "session-events-it-" + UUID.randomUUID();
        command.addAll(List.of("--env=SESSION_EVENTS_HTTP_PORT=" + freePort(), "--name=" + name, IMAGE));
        docker(command.toArray(String[]::new));
        return name;
    }

    private static String variable(String key) {
        return "SESSION_EVENTS_" + key.toUpperCase(Locale.ROOT).replace('.', '_');
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    private static String inspect(String container, String format) throws IOException, InterruptedException {
        return docker("inspect", "--format", format, container);
    }

    private static String docker(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + output);
        }
        return output;
    }
}
