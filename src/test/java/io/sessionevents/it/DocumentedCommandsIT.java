package io.sessionevents.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sessionevents.DocumentBlocks;
import io.sessionevents.DocumentBlocks.Block;
import io.sessionevents.local.Poll;
import io.sessionevents.local.simulator.SessionFactory;
import io.sessionevents.local.simulator.SessionKey;
import io.sessionevents.local.simulator.SimulatedEmrServerless;
import io.sessionevents.local.testbed.ChildProcess;
import io.sessionevents.local.testbed.LocalEnvironment;
import io.sessionevents.tracking.InternalTopics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs the commands of all documents against a service that runs: those of session-events in this process, what asks it by HTTP
 * and Kafka's own tools by a shell; last what removes it.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DocumentedCommandsIT {
    private static final Pattern URL = Pattern.compile("(http://127\\.0\\.0\\.1:\\d+)");
    private static final String APPLICATION = "00g92n5o091bas09";
    private static final SessionFactory SESSIONS = new SessionFactory(new Random(11), 1);

    @TempDir
    private static Path directory;

    private static LocalEnvironment environment;
    private static ChildProcess service;
    private static DocumentedShell shell;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        environment = LocalEnvironment.start(0, 0, directory, SimulatedEmrServerless.Options.UNLIMITED);
        for (String session : List.of("00frb7h1dyr6nv09", "00g92n6fhqd4qb09")) {
            environment
                    .emr()
                    .add(SESSIONS.full(new SessionKey(APPLICATION, session)).then("IDLE", Instant.now()));
        }
        environment.emr().add(SESSIONS.full(new SessionKey("app", "one")).then("IDLE", Instant.now()));
        service = Distribution.run(
                environment, directory, Map.of("usage.settle.after", "1 s", "usage.looks", "1 s, 2 s, 4 s"));
        try (var publisher = new Publisher(environment)) {
            for (int i = 0; i < 3; i++) {
                var session = SESSIONS.full(SESSIONS.key()).then("TERMINATED", Instant.now());
                environment.emr().add(session);
                publisher.publish(session.key());
            }
            publisher.publish("app/one");
            publisher.publish("not a session");
        }
        await().until(() ->
                environment.events().size() == 4 && environment.deadLetters().size() == 1);
        shell = new DocumentedShell(environment, directory, url());
    }

    @AfterAll
    static void stop() {
        service.close();
        environment.close();
    }

    private static String url() {
        Matcher url = URL.matcher(service.log());
        assertThat(url.find()).as(service.log()).isTrue();
        return url.group(1);
    }

    static Stream<DocumentedCommand> commands() {
        return DocumentBlocks.all().stream().flatMap(DocumentedCommand::of);
    }

    @Order(1)
    @ParameterizedTest
    @MethodSource("commands")
    void shouldUnderstandEveryCommandOfItsOwn(DocumentedCommand command) {
        if (command.isLocal()) {
            command.parse();
        } else {
            Commands.run(command.exitCode(), shell.variables(), command.words(shell));
        }
    }

    static Stream<String> requests() {
        return DocumentBlocks.all().stream()
                .flatMap(block -> block.commands().stream())
                .filter(line -> line.matches("curl -?[^/]*(http://127.0.0.1:8080|REGISTRY).*"));
    }

    @Order(2)
    @ParameterizedTest
    @MethodSource("requests")
    void shouldAnswerEveryRequest(String request) throws IOException, InterruptedException {
        int refused = request.contains("limit=501") ? 22 : 0;

        assertThat(shell.run(refused, request.replaceFirst("^curl", "curl -f").replaceFirst(" {2,}.*", "")))
                .isNotEmpty();
    }

    static Stream<String> questionsToKafka() {
        return DocumentBlocks.all().stream()
                .flatMap(block -> block.commands().stream())
                .filter(line -> line.startsWith("kafka-") && line.contains("--describe"));
    }

    @Order(3)
    @ParameterizedTest
    @MethodSource("questionsToKafka")
    void shouldBeShownByKafkasTools(String question) throws IOException, InterruptedException {
        assertThat(shell.run(0, question)).contains("session-events");
    }

    @Order(4)
    @Test
    void shouldBeResetAndRemovedAsOperationsSay() throws IOException, InterruptedException {
        service.terminate(Poll.STANDSTILL);
        List<String> internal = InternalTopics.of("session-events").all();
        assertThat(shell.topics()).containsAll(internal);
        // Another fleet, whose name begins alike.
        List<String> ofAnother = InternalTopics.of("session-events-2").all();
        shell.create(ofAnother);

        shell.run(0, block("kafka-streams-application-reset.sh"));
        assertThat(shell.topics()).doesNotContainAnyElementsOf(internal).containsAll(ofAnother);
        shell.create(internal);
        shell.run(0, block("kafka-consumer-groups.sh --bootstrap-server broker:9092 --delete"));

        assertThat(shell.topics().stream().filter(topic -> !topic.startsWith("__")))
                .containsExactlyInAnyOrderElementsOf(ofAnother);
        assertThat(shell.run(
                                0,
                                block("sed 's/--add/--remove")
                                        .replace("deploy/", Path.of("deploy/").toAbsolutePath() + "/"))
                        .lines())
                .hasSize(14)
                .allMatch(line -> line.contains("--remove --force --allow-principal User:session-events"));
        try (Stream<Path> state = Files.list(directory.resolve("state"))) {
            assertThat(state).isEmpty();
        }
    }

    private static String block(String begin) {
        return DocumentBlocks.all().stream()
                .filter(block -> block.document().equals("docs/operations.md"))
                .map(Block::lines)
                .filter(lines -> lines.getFirst().startsWith(begin))
                .map(lines -> String.join("\n", lines))
                .findFirst()
                .orElseThrow();
    }
}
