package io.sessionevents.it;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudevents.CloudEvent;
import io.sessionevents.DocumentLinks;
import io.sessionevents.DocumentLinks.Link;
import io.sessionevents.local.Poll;
import io.sessionevents.local.simulator.SessionFactory;
import io.sessionevents.local.simulator.SimulatedEmrServerless;
import io.sessionevents.local.simulator.SimulatedSession;
import io.sessionevents.local.testbed.ChildProcess;
import io.sessionevents.local.testbed.LocalEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The distribution as an operator gets it, against a broker in another process. */
class DistributionIT {
    private static final Pattern IDLE = Pattern.compile(
            "^netty|^apache5|^httpc|^rocksdbjni.*: .*(win64|linux32|riscv|s390x|ppc64)|^flink.*(: (linux|win|darwin|aix|freebsd)/|native/|/kafka/clients/)");
    private static final int TERMINATED = 128 + 15;

    @TempDir
    private static Path directory;

    private static LocalEnvironment environment;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        environment = LocalEnvironment.start(0, 0, directory, SimulatedEmrServerless.Options.UNLIMITED);
    }

    @AfterAll
    static void stop() {
        environment.close();
    }

    @Test
    void shouldHoldNoBrokerNoSimulatorAndNoTest() throws IOException {
        List<String> names = Distribution.jars().stream()
                .map(jar -> jar.getFileName().toString())
                .toList();
        List<String> intruders = new ArrayList<>();
        for (Path jar : Distribution.jars()) {
            try (var file = new JarFile(jar.toFile())) {
                file.stream()
                        .map(entry -> entry.getName())
                        .filter(name -> name.startsWith("io/sessionevents/local/")
                                || name.startsWith("kafka/server/")
                                || name.startsWith("org/junit/")
                                || name.equals("org/apache/kafka/streams/TopologyTestDriver.class"))
                        .findFirst()
                        .ifPresent(name -> intruders.add(jar.getFileName() + ": " + name));
            }
        }

        assertThat(names)
                .isNotEmpty()
                .noneMatch(name -> name.matches("(kafka_2|kafka-server|kafka-metadata|scala|junit|assertj).*"));
        assertThat(intruders).isEmpty();
        assertThat(Distribution.HOME.resolve("config/session-events.properties"))
                .exists();
    }

    @Test
    void shouldBringEveryDocumentThatItsDocumentsLinkTo() {
        assertThat(DocumentLinks.below(Distribution.HOME))
                .hasSizeGreaterThan(100)
                .allMatch(Link::leadsSomewhere);
    }

    /** Native libraries that no supported machine loads, the HTTP clients of the SDK, the Kafka that Flink shades. */
    @Test
    void shouldHoldNothingThatNeverRuns() throws IOException {
        List<String> idle = new ArrayList<>();
        for (Path jar : Distribution.jars()) {
            try (var file = new JarFile(jar.toFile())) {
                file.stream()
                        .map(entry -> jar.getFileName() + ": " + entry.getName())
                        .filter(IDLE.asPredicate())
                        .forEach(idle::add);
            }
        }

        assertThat(idle).isEmpty();
        assertThat(Distribution.jars())
                .extracting(jar -> jar.getFileName().toString())
                .anyMatch(name -> name.startsWith("rocksdbjni-"))
                .anyMatch(name -> name.startsWith("flink-sql-avro-confluent-registry-"));
    }

    @Test
    void shouldTrackSessionsAndEndGracefullyWhenTerminated() throws IOException, InterruptedException {
        var sessions = new SessionFactory(new Random(3), 1);
        SimulatedSession session = sessions.minimal(sessions.key()).then("IDLE", Instant.now());
        environment.emr().add(session);
        try (var service = Distribution.run(environment, directory, Map.of());
                var publisher = new Publisher(environment);
                var events = new Events(environment)) {
            publisher.publish(session.key());
            events.await(session.key(), "IDLE");
            refusesAnotherInItsStateDirectory();

            assertThat(service.terminate(Poll.STANDSTILL)).as(service.log()).isEqualTo(TERMINATED);
            assertThat(service.log()).doesNotContain("\tat ", "ERROR");
            // It is in a temporary directory here, which Kafka rightly warns of.
            assertThat(service.log().lines().filter(line -> line.contains(" WARN ")))
                    .allMatch(line -> line.contains(" StateDirectory "));
        }
    }

    private static void refusesAnotherInItsStateDirectory() throws IOException, InterruptedException {
        try (var second = Distribution.run(environment, directory, Map.of())) {
            assertThat(second.awaitEnd(Poll.STANDSTILL)).as(second.log()).isEqualTo(1);
            assertThat(second.log())
                    .contains("session-events: Another process uses the state directory ", "kafka.state.dir")
                    .doesNotContain("\tat ", "multiple instances of Kafka Streams");
        }
    }

    @Test
    void shouldPrintEventsFromAPathWithBlanksInAnotherLocale(@TempDir Path own)
            throws IOException, InterruptedException {
        Path home = Distribution.withJar(Files.createDirectories(own.resolve("path with blanks")));
        environment.kafka().createTopic("events-of-tail", 1, Map.of());
        SimulatedSession session = new SessionFactory(new Random(5), 1).living(Instant.now());
        environment.emr().add(session);
        try (var service = Distribution.run(
                        environment,
                        directory,
                        Map.of(
                                "output.topic",
                                "events-of-tail",
                                "application.id",
                                "for-tail",
                                "kafka.state.dir",
                                own.resolve("state").toString()));
                var publisher = new Publisher(environment)) {
            publisher.publish(session.key());
            List<String> command = new ArrayList<>(
                    List.of(home.resolve("bin/session-events").toString(), "tail", "--from-beginning", "--max", "1"));
            environment.settings().forEach((key, value) -> command.addAll(List.of("-X", key + "=" + value)));
            command.addAll(List.of("-X", "output.topic=events-of-tail"));
            var builder = new ProcessBuilder(command);
            builder.environment().put("JAVA_OPTS", "-Duser.language=ar -Duser.country=EG '-Dnote=a b'");

            try (var tail = ChildProcess.start(builder, Files.createTempFile(own, "tail", ".log"))) {
                assertThat(tail.awaitEnd(Poll.STANDSTILL)).as(tail.log()).isZero();
                assertThat(tail.log())
                        .containsPattern("[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}.*[0-9]\\.[0-9] s")
                        .doesNotContainPattern("[\\p{Nd}&&[^0-9]]");
            }
            assertThat(service.terminate(Poll.STANDSTILL)).as(service.log()).isEqualTo(TERMINATED);
        }
    }

    @Test
    void shouldWriteEventsWithASerdeFromAJarInLib(@TempDir Path own) throws IOException, InterruptedException {
        Path home = Distribution.withJar(own, OutsideSerde.class, OutsideSerde.JsonSerializer.class);
        environment.kafka().createTopic("json-events", 1, Map.of());
        SimulatedSession session = new SessionFactory(new Random(4), 1).living(Instant.now());
        environment.emr().add(session);
        Map<String, String> settings = Map.of(
                "value.serde.class",
                OutsideSerde.class.getName(),
                "output.topic",
                "json-events",
                "application.id",
                "with-a-serde-from-outside",
                "kafka.state.dir",
                own.resolve("state").toString());
        try (var service = Distribution.run(home, environment, own, settings);
                var publisher = new Publisher(environment)) {
            publisher.publish(session.key());

            CloudEvent event = CloudEventReader.await(environment, "json-events", session.key())
                    .value();
            assertThat(event.getDataContentType()).isEqualTo("application/json");
            assertThat(new ObjectMapper()
                            .readTree(requireNonNull(event.getData()).toBytes())
                            .path("eventId")
                            .asText())
                    .isEqualTo(event.getId());
            assertThat(service.terminate(Poll.STANDSTILL)).as(service.log()).isEqualTo(TERMINATED);
        }
    }

    @Test
    void shouldNameMissingTopicsAndTheCommandsThatCreateThem() throws IOException, InterruptedException {
        try (var service = Distribution.run(environment, directory, Map.of("input.topic", "nowhere"))) {
            assertThat(service.awaitEnd(Poll.STANDSTILL)).isEqualTo(1);
            assertThat(service.log())
                    .contains("Topic nowhere does not exist.")
                    .contains("kafka-topics.sh --bootstrap-server "
                            + environment.kafka().bootstrapServers() + " --create --topic nowhere --partitions 12")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void shouldSayWhatDoesNotAnswerAndWaitForIt() throws IOException, InterruptedException {
        Map<String, String> nothingThere = Map.of(
                "bootstrap.servers", "localhost:1",
                "schema.registry.url", "http://localhost:1",
                "aws.endpoint.url", "http://localhost:1");
        try (var service = Distribution.run(environment, directory, nothingThere)) {
            Distribution.awaitLog(
                    service,
                    "Kafka at localhost:1 does not answer",
                    "bootstrap.servers",
                    "The schema registry at http://localhost:1 does not answer",
                    "schema.registry.url",
                    "no connection to localhost:1",
                    "aws.endpoint.url",
                    "checking again");

            assertThat(service.terminate(Poll.STANDSTILL)).isEqualTo(TERMINATED);
            assertThat(service.log()).doesNotContain("NetworkClient", "ClientUtils");
        }
    }

    @Test
    void shouldNotStartWithADeadLetterTopicThatIsTooSmall() throws IOException, InterruptedException {
        environment.kafka().createTopic("small-dlq", 1, Map.of("max.message.bytes", "1000"));
        try (var service = Distribution.run(environment, directory, Map.of("dead.letter.topic", "small-dlq"))) {
            assertThat(service.awaitEnd(Poll.STANDSTILL)).isEqualTo(1);
            assertThat(service.log()).contains("kafka-configs.sh", "max.message.bytes=");
        }
    }

    @Test
    void shouldShipTheExampleConfigurationThatIsInTheSources() throws IOException {
        assertThat(Distribution.HOME.resolve("config/session-events.properties"))
                .hasSameTextualContentAs(Path.of("src/main/config/session-events.properties"));
        assertThat(Files.isExecutable(Distribution.HOME.resolve("bin/session-events")))
                .isTrue();
    }
}
