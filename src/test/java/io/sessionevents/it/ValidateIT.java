package io.sessionevents.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sessionevents.config.Configuration;
import io.sessionevents.it.RecordingAuthorizer.Allowed;
import io.sessionevents.local.LocalEnvironment;
import io.sessionevents.local.emr.Fault;
import io.sessionevents.local.emr.Faults;
import io.sessionevents.local.emr.SessionFactory;
import io.sessionevents.local.emr.SimulatedEmrServerless;
import io.sessionevents.local.emr.SimulatedSession;
import io.sessionevents.local.kafka.SecuredKafka;
import io.sessionevents.local.registry.LocalRegistry;
import io.sessionevents.preflight.NeededTopic;
import io.sessionevents.preflight.Right;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service with exactly the rights of {@link Right}, and what {@code validate} says of its surroundings. */
class ValidateIT {
    private static final String USER = "service";
    private static final Map<String, String> PURGES_SOON = Map.of("kafka.repartition.purge.interval.ms", "100");

    @TempDir
    private static Path directory;

    private static SecuredKafka kafka;
    private static LocalEnvironment environment;
    private static Admin admin;
    private static SimulatedSession session;
    private static List<Allowed> used = List.of();

    @BeforeAll
    static void runOnce() throws Exception {
        kafka = SecuredKafka.start(directory.resolve("kafka"), RecordingAuthorizer.class, List.of(USER));
        environment = LocalEnvironment.of(
                kafka,
                LocalRegistry.start(LocalRegistry.Options.PLAIN),
                directory,
                SimulatedEmrServerless.Options.UNLIMITED);
        admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
        admin.createAcls(rights().stream().flatMap(ValidateIT::bindings).toList())
                .all()
                .get();
        var factory = new SessionFactory(new Random(5), 1);
        session = factory.full(factory.key()).then("SUBMITTED", Instant.now());
        environment.emr().add(session);
        follow();
    }

    /** To its end, with a dead letter on the way; this is what proves that the rights suffice. */
    private static void follow() throws IOException {
        Map<String, String> settings = new HashMap<>(kafka.login(USER));
        settings.putAll(PURGES_SOON);
        try (var _ = RunningService.start(environment, settings);
                var publisher = new Publisher(environment);
                var events = new Events(environment)) {
            publisher.publish("nonsense");
            publisher.publish(session.key());
            events.await(session.key(), "SUBMITTED");
            environment.emr().become(session.key(), "TERMINATED");
            events.await(session.key(), "TERMINATED");
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> RecordingAuthorizer.allowed(USER).stream()
                            .anyMatch(one -> one.operation() == AclOperation.DELETE));
        }
        used = RecordingAuthorizer.allowed(USER);
    }

    @AfterAll
    static void stop() {
        admin.close();
        environment.close();
    }

    @Test
    void shouldNeedEveryRightThatIsGranted() {
        for (Right right : rights()) {
            assertThat(right.operations())
                    .allSatisfy(operation -> assertThat(used)
                            .as(operation + " of " + right)
                            .anyMatch(one -> one.operation() == operation
                                    && one.resource() == right.resource()
                                    && (right.pattern() == PatternType.PREFIXED
                                            ? one.name().startsWith(right.name())
                                            : one.name().equals(right.name()))));
        }
    }

    @Test
    void shouldKnowTheTopicsThatThereAre() throws Exception {
        assertThat(admin.listTopics().names().get())
                .filteredOn(name -> name.startsWith("session-"))
                .containsExactlyInAnyOrderElementsOf(NeededTopic.of(configuration()).stream()
                        .map(NeededTopic::name)
                        .toList());
    }

    @Test
    void shouldBeContentWithASoundEnvironment() {
        assertThat(validate(0, Map.of(), "--session", session.key().toString()))
                .contains("ok   kafka", "ok   topic session-ids ", "ok   rights", "ok   aws", "ok   lookup")
                .containsPattern("ok   schema session-state-changed-value +is version 1")
                .doesNotContain("FAIL", "warn");
        assertThat(validate(0, Map.of(), "--output", "json")).startsWith("{\"ok\":true,\"checks\":[");
    }

    @Test
    void shouldNameEachRightThatIsMissing() throws Exception {
        for (Right right : rights()) {
            List<AclBinding> bindings = bindings(right).toList();
            admin.deleteAcls(bindings.stream().map(AclBinding::toFilter).toList())
                    .all()
                    .get();
            try {
                await().atMost(Duration.ofSeconds(10))
                        .untilAsserted(() -> assertThat(validate(2, Map.of()))
                                .contains("FAIL rights", right.command(kafka.securedServers(), "User:PRINCIPAL")));
            } finally {
                admin.createAcls(bindings).all().get();
            }
        }
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> validate(0, Map.of()));
    }

    @Test
    void shouldNameMissingTopicsAndHowToMakeThem() {
        Map<String, String> elsewhere = new HashMap<>(Map.of("dead.letter.topic", "nowhere"));
        elsewhere.put("bootstrap.servers", kafka.bootstrapServers());
        elsewhere.put("kafka.security.protocol", "PLAINTEXT");

        assertThat(validate(2, elsewhere))
                .contains("FAIL topic nowhere", "Topic nowhere does not exist.")
                .contains("kafka-topics.sh --bootstrap-server " + kafka.bootstrapServers()
                        + " --create --topic nowhere --partitions 1 --config cleanup.policy=delete --config"
                        + " max.message.bytes=1064972 --config retention.ms=3024000000");
    }

    @Test
    void shouldSayThatTheLogInIsRefused() {
        Map<String, String> stranger = kafka.login("stranger");

        assertThat(validate(2, stranger))
                .contains("FAIL kafka", "refuses this client", "kafka.sasl.*")
                .doesNotContain("secret");
    }

    @Test
    void shouldTellTheDifferenceToAnIncompatibleSchema() throws IOException, InterruptedException {
        try (var registry = LocalRegistry.start(LocalRegistry.Options.PLAIN)) {
            Map<String, String> there = Map.of("schema.registry.url", registry.url());
            IncompatibleSchema.register(registry);

            assertThat(validate(2, there))
                    .contains("FAIL schema session-state-changed-value", "version 1: field sequence has")
                    .contains("\"long\" in this version, \"string\" in the registered one");
            assertThat(Commands.run(1, command(there, "schemas", "check"))).contains("incompatible", "field sequence");
        }
    }

    @Test
    void shouldNameTheStatementThatIsMissing() {
        assertThat(whileAws(Fault.ACCESS_DENIED))
                .contains("FAIL lookup", "AccessDeniedException (HTTP 403")
                .contains("{\"Effect\": \"Allow\", \"Action\": \"emr-serverless:GetSession\", \"Resource\":"
                        + " \"arn:aws:emr-serverless:us-east-1:123456789012:/applications/"
                        + session.key().applicationId() + "/sessions/*\"}");
    }

    @Test
    void shouldSayThatAwsTakesNeitherCredentialsNorClock() {
        assertThat(whileAws(Fault.EXPIRED_CREDENTIALS))
                .contains("FAIL lookup", "ExpiredTokenException", "aws sts get-caller-identity");
        assertThat(whileAws(Fault.SKEWED_CLOCK)).contains("FAIL lookup", "RequestTimeTooSkewed", "timedatectl");
    }

    @Test
    void shouldSayThatAwsDoesNotKnowTheSession() {
        assertThat(validate(2, Map.of(), "--session", "app/nobody")).contains("AWS does not know session app/nobody");
    }

    @Test
    void shouldListTheTopics() {
        assertThat(Commands.run(0, command(Map.of("input.topic", "other"), "topics", "list")))
                .containsPattern("other +hidden +- ")
                .containsPattern("session-state-changed +yes +12 +1 +not seen")
                .containsPattern("session-events-waiting-input-changelog +yes +12 +1 +not seen")
                .containsPattern("session-events-session-requests-repartition +yes +12 .*made by Kafka Streams");
    }

    @Test
    void shouldCreateTopicsOnce() {
        Map<String, String> others = new HashMap<>(Map.of(
                "bootstrap.servers", kafka.bootstrapServers(),
                "kafka.security.protocol", "PLAINTEXT",
                "input.topic", "a",
                "output.topic", "b",
                "dead.letter.topic", "c"));

        assertThat(Commands.run(0, command(others, "topics", "create", "--partitions", "3")))
                .isEqualToNormalizingNewlines(
                        "Created a, 3 partitions\nCreated b, 3 partitions\nCreated c, 1 partition\n");
        assertThat(Commands.run(0, command(others, "topics", "create")))
                .isEqualToNormalizingNewlines("There already: a\nThere already: b\nThere already: c\n");
        assertThat(Commands.run(0, command(others, "topics", "list"))).containsPattern("b +yes +3 +1 +35 d");
        admin.deleteTopics(List.of("a", "b", "c"));
    }

    @Test
    void shouldRegisterSchemasOnce() throws IOException {
        try (var registry = LocalRegistry.start(LocalRegistry.Options.PLAIN)) {
            Map<String, String> there = Map.of("schema.registry.url", registry.url());

            assertThat(validate(0, there)).contains("is registered at the first start");
            assertThat(Commands.run(0, command(there, "schemas", "check"))).contains("not registered yet");
            for (int i = 0; i < 2; i++) {
                assertThat(Commands.run(0, command(there, "schemas", "register")))
                        .containsPattern("session-state-changed-value +id 1, compatibility FULL_TRANSITIVE");
            }
            assertThat(Commands.run(0, command(there, "schemas", "check")))
                    .containsPattern("session-state-changed-value +1–1 +FULL_TRANSITIVE +is version 1, id 1");
            assertThat(Commands.run(0, command(there, "schemas", "register", "--no-compatibility")))
                    .doesNotContain("FULL_TRANSITIVE");
        }
    }

    private static String whileAws(Fault fault) {
        environment.emr().behave(Faults.always(fault));
        try {
            return validate(
                    2,
                    Map.of(),
                    "--session",
                    "arn:aws:emr-serverless:us-east-1:123456789012:/applications/"
                            + session.key().applicationId() + "/sessions/"
                            + session.key().sessionId());
        } finally {
            environment.emr().behave(Faults.NONE);
        }
    }

    private static String validate(int exitCode, Map<String, String> more, String... arguments) {
        List<String> command = new ArrayList<>(List.of("validate"));
        command.addAll(List.of(arguments));
        return Commands.run(exitCode, command(more, command.toArray(String[]::new)));
    }

    private static List<String> command(Map<String, String> more, String... arguments) {
        Map<String, String> settings = new HashMap<>(environment.settings());
        settings.putAll(kafka.login(USER));
        settings.putAll(more);
        List<String> command = new ArrayList<>(List.of(arguments));
        settings.forEach((key, value) -> command.addAll(List.of("-X", key + "=" + value)));
        return command;
    }

    private static Configuration configuration() {
        return environment.configuration(Map.of());
    }

    private static List<Right> rights() {
        return Right.of(configuration());
    }

    private static Stream<AclBinding> bindings(Right right) {
        return right.operations().stream()
                .map(operation -> new AclBinding(
                        new ResourcePattern(right.resource(), right.name(), right.pattern()),
                        new AccessControlEntry("User:" + USER, "*", operation, AclPermissionType.ALLOW)));
    }
}
