package io.sessionevents.it;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudevents.CloudEvent;
import io.sessionevents.local.judge.Evidence;
import io.sessionevents.local.judge.Promise;
import io.sessionevents.local.simulator.Phase;
import io.sessionevents.local.simulator.SessionFactory;
import io.sessionevents.local.simulator.SessionKey;
import io.sessionevents.local.simulator.SimulatedEmrServerless;
import io.sessionevents.local.simulator.SimulatedSession;
import io.sessionevents.local.testbed.LocalEnvironment;
import io.sessionevents.local.testbed.RunningService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Over real HTTP, a real broker and the registry's protocol, read back by a generic consumer. */
@ParameterizedClass(name = "{0}")
@MethodSource("stages")
class EndToEndIT {
    /** One for each metric of Kafka's that is allowed; a NaN says that Kafka does not know it any more. */
    private static final int KAFKA_SERIES = 25;

    private static final SessionFactory SESSIONS = new SessionFactory(new Random(7), 1);

    @TempDir
    private static Path directory;

    private static LocalEnvironment environment;
    private static RunningService service;
    private static Publisher publisher;

    /** Where broker and registry are. */
    enum Stage {
        IN_PROCESS,
        CONTAINERS
    }

    static Stream<Stage> stages() {
        return Containers.available("the end-to-end suite") ? Stream.of(Stage.values()) : Stream.of(Stage.IN_PROCESS);
    }

    @BeforeParameterizedClassInvocation
    static void start(Stage stage) throws IOException, InterruptedException {
        Path own = Files.createDirectory(directory.resolve(stage.name()));
        environment = switch (stage) {
            case IN_PROCESS -> LocalEnvironment.start(0, 0, own, SimulatedEmrServerless.Options.UNLIMITED);
            case CONTAINERS ->
                LocalEnvironment.of(
                        Containers.kafka(), Containers.registry(), own, SimulatedEmrServerless.Options.UNLIMITED);
        };
        service = RunningService.quick(environment, Map.of());
        publisher = new Publisher(environment);
    }

    @AfterParameterizedClassInvocation
    static void stop() throws IOException {
        publisher.close();
        service.close();
        environment.close();
    }

    EndToEndIT(Stage stage) {
        assertThat(stage).isNotNull();
    }

    @Test
    void shouldCarryAll21Members() throws IOException {
        SimulatedSession session = ended(SESSIONS.full(SESSIONS.key()));
        environment.emr().add(session);
        publisher.publish("{\"applicationId\":\"" + session.key().applicationId() + "\",\"sessionId\":\""
                + session.key().sessionId() + "\",\"labels\":{\"team\":\"blue\"}}");

        try (var events = new Events(environment)) {
            GenericRecord event = events.await(session.key(), "TERMINATED");
            var carried = (GenericRecord) event.get("session");

            assertThat(carried.getSchema().getFields()).hasSize(21);
            assertThat(carried.getSchema().getFields())
                    .allSatisfy(field -> assertThat(carried.get(field.pos()))
                            .as(field.name())
                            .isNotNull());
            assertThat(event.get("labels")).hasToString("{team=blue}");
            assertThat(carried.get("tags").toString()).contains("cost-centre=42");
            assertThat(carried.get("idleTimeoutMinutes")).isEqualTo(15L);
            assertThat(carried.get("networkConfiguration").toString()).contains("subnet-4e5f6a7b", "sg-0a1b2c3d");
            assertThat(carried.get("endedAt"))
                    .isEqualTo(lastPhase(session).from().toEpochMilli());
            assertThat(((GenericRecord) carried.get("billedResourceUtilization")).get("vCPUHour"))
                    .isInstanceOf(Double.class);
            assertThat(event.get("occurredAt"))
                    .isEqualTo(lastPhase(session).from().toEpochMilli());
        }
    }

    @Test
    void shouldFlattenConfigurationsAndRedactTheirValues() throws IOException {
        SimulatedSession session = ended(SESSIONS.full(SESSIONS.key()));
        environment.emr().add(session);
        publisher.publish(session.key());

        try (var events = new Events(environment)) {
            var carried =
                    (GenericRecord) events.await(session.key(), "TERMINATED").get("session");
            var nodes = (List<?>) ((GenericRecord) carried.get("configurationOverrides")).get("runtimeConfiguration");

            assertThat(nodes).hasSize(3);
            assertThat(nodes)
                    .extracting(
                            node -> ((GenericRecord) node).get("classification").toString())
                    .containsExactly("spark-defaults", "spark-env", "export");
            assertThat(nodes)
                    .extracting(node -> ((GenericRecord) node).get("parent"))
                    .containsExactly(null, 0, 1);
            assertThat(nodes.getFirst().toString())
                    .contains("spark.password", "***")
                    .doesNotContain("secret");
        }
    }

    @Test
    void shouldCarryASessionOfTheTenRequiredMembers() throws IOException {
        SimulatedSession session =
                SESSIONS.minimal(SESSIONS.key()).then("SUBMITTED", Instant.now().truncatedTo(ChronoUnit.MILLIS));
        environment.emr().add(session);
        publisher.publish("arn:aws:emr-serverless:us-east-1:123456789012:/applications/"
                + session.key().applicationId() + "/sessions/" + session.key().sessionId());

        try (var events = new Events(environment)) {
            var carried =
                    (GenericRecord) events.await(session.key(), "SUBMITTED").get("session");
            List<String> present = carried.getSchema().getFields().stream()
                    .filter(field -> carried.get(field.pos()) != null)
                    .map(Schema.Field::name)
                    .toList();

            assertThat(present)
                    .containsExactlyInAnyOrder(
                            "applicationId",
                            "sessionId",
                            "arn",
                            "state",
                            "stateDetails",
                            "releaseLabel",
                            "executionRoleArn",
                            "createdBy",
                            "createdAt",
                            "updatedAt");
        }
    }

    @Test
    void shouldReportAllEightStatesAndAnUnknownOneAsText() throws IOException {
        SimulatedSession session = SESSIONS.full(SESSIONS.key()).then("SUBMITTED", Instant.now());
        SimulatedSession failing = SESSIONS.full(SESSIONS.key()).then("FAILED", Instant.now());
        environment.emr().add(session);
        environment.emr().add(failing);
        publisher.publish(session.key());
        publisher.publish(failing.key());

        try (var events = new Events(environment)) {
            events.await(session.key(), "SUBMITTED");
            for (String state : List.of("STARTING", "STARTED", "READY", "IDLE", "BUSY", "TERMINATING", "TERMINATED")) {
                environment.emr().become(session.key(), state);
                GenericRecord event = events.await(session.key(), state);

                assertThat(event.get("state")).hasToString(state.equals("READY") ? "UNKNOWN" : state);
                assertThat(event.get("rawState")).hasToString(state);
            }
            assertThat(events.await(failing.key(), "FAILED").get("terminal")).isEqualTo(true);

            var evidence = Evidence.of(environment.emr().truth(), Map.of(), events.all(), Evidence.Limits.OF_A_FLEET);
            assertThat(evidence.violations(Promise.ALWAYS)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void shouldBeReadByTheConsumersOfTheDocumentation(DocumentedConsumer.Client client, @TempDir Path own)
            throws IOException, InterruptedException {
        Optional<List<String>> command = client.command();
        Assumptions.assumeTrue(command.isPresent(), "not on this machine: what " + client + " needs");
        SimulatedSession session = ended(SESSIONS.minimal(SESSIONS.key()));
        environment.emr().add(session);
        publisher.publish(session.key());

        try (var consumer = DocumentedConsumer.start(client, command.orElseThrow(), environment, own)) {
            await().until(() -> !consumer.alive()
                    || ended(session.key(), consumer.printed()).find());
            assertThat(consumer.alive()).as(consumer.printed()).isTrue();
        }
    }

    /** Each language has a word of its own for nothing. */
    private static Matcher ended(SessionKey key, String printed) {
        return Pattern.compile(key + " #1 (null|None) -> TERMINATED \\(ended\\)")
                .matcher(printed);
    }

    @Test
    void shouldBeACloudEventForOthersAndCarryNoHeaderOfThePublisher() {
        SimulatedSession session = ended(SESSIONS.minimal(SESSIONS.key()));
        environment.emr().add(session);
        publisher.publishWith(
                new RecordHeaders().add("ce_id", new byte[] {1}).add("secret", new byte[] {2}), session.key());

        ConsumerRecord<String, CloudEvent> record =
                CloudEventReader.await(environment, LocalEnvironment.OUTPUT, session.key());
        CloudEvent event = record.value();
        assertThat(event.getSubject()).isEqualTo(record.key());
        assertThat(event.getType()).isEqualTo("io.sessionevents.session.state-changed.v1");
        assertThat(event.getDataContentType()).isEqualTo("application/avro");
        assertThat(event.getExtension("terminal")).isEqualTo("true");
        assertThat(requireNonNull(event.getTime()).toInstant())
                .isEqualTo(lastPhase(session).from().truncatedTo(ChronoUnit.MILLIS));
        assertThat(record.headers().toArray())
                .extracting(Header::key)
                .allMatch(name -> name.startsWith("ce_") || name.equals("content-type"))
                .doesNotHaveDuplicates();
        try (var events = new Events(environment)) {
            assertThat(events.await(session.key(), "TERMINATED").get("eventId")).hasToString(event.getId());
        }
    }

    @Test
    void shouldShowWhatIsAllowedOfKafkasMetricsInFewSeries() throws IOException {
        SimulatedSession session = SESSIONS.minimal(SESSIONS.key()).then("IDLE", Instant.now());
        environment.emr().add(session);
        publisher.publish(session.key());
        try (var events = new Events(environment)) {
            events.await(session.key(), "IDLE");

            await().untilAsserted(() -> {
                List<String> series = service.service()
                        .metrics()
                        .lines()
                        .filter(line -> !line.startsWith("#"))
                        .toList();
                assertThat(series).filteredOn(line -> line.startsWith("kafka_")).hasSize(KAFKA_SERIES);
                assertThat(series).noneMatch(line -> line.endsWith(" NaN"));
                assertThat(series).hasSizeLessThan(200);
                assertThat(series).contains("session_events_ready 1.0", "kafka_stream_client_state 2.0");
                assertThat(series)
                        .filteredOn(
                                line -> line.startsWith("session_events_sessions{source=\"default\",state=\"idle\"}"))
                        .singleElement()
                        .isNotEqualTo("session_events_sessions{source=\"default\",state=\"idle\"} 0.0");
            });
        }
    }

    @Test
    void shouldSurviveARegistryOutage() throws IOException {
        SimulatedSession session = SESSIONS.minimal(SESSIONS.key()).then("IDLE", Instant.now());
        environment.emr().add(session);
        publisher.publish(session.key());
        try (var events = new Events(environment)) {
            events.await(session.key(), "IDLE");

            environment.registry().stop();
            environment.emr().become(session.key(), "BUSY");
            events.await(session.key(), "BUSY");
        } finally {
            environment.registry().start();
        }
    }

    @Test
    void shouldStopTrackingAtATombstone() throws IOException {
        SimulatedSession stopped = SESSIONS.minimal(SESSIONS.key()).then("IDLE", Instant.now());
        SimulatedSession witness = SESSIONS.minimal(SESSIONS.key()).then("IDLE", Instant.now());
        environment.emr().add(stopped);
        environment.emr().add(witness);
        publisher.publish(stopped.key());
        publisher.publish(witness.key());
        try (var events = new Events(environment)) {
            events.await(stopped.key(), "IDLE");
            events.await(witness.key(), "IDLE");
            int tracked = service.service().statistics().tracked();
            publisher.publish(stopped.key().toString().getBytes(java.nio.charset.StandardCharsets.UTF_8), null);
            await().until(() -> service.service().statistics().tracked() < tracked);

            environment.emr().become(stopped.key(), "BUSY");
            environment.emr().become(witness.key(), "BUSY");
            events.await(witness.key(), "BUSY");

            assertThat(events.all())
                    .noneMatch(event -> event.key().equals(stopped.key())
                            && event.rawState().equals("BUSY"));
        }
    }

    private static SimulatedSession ended(SimulatedSession session) {
        Instant begin = Instant.parse("2026-11-23T09:00:00.123Z");
        return session.then("SUBMITTED", begin)
                .then("IDLE", begin.plusMillis(61_001))
                .then("TERMINATED", begin.plusMillis(600_777));
    }

    private static Phase lastPhase(SimulatedSession session) {
        return session.phases().getLast();
    }
}
