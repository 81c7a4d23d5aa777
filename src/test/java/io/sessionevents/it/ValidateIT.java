package io.sessionevents.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sessionevents.health.UnavailableException;
import io.sessionevents.local.simulator.Fault;
import io.sessionevents.local.simulator.Faults;
import io.sessionevents.local.simulator.SimulatedSession;
import io.sessionevents.local.testbed.LocalEnvironment;
import io.sessionevents.local.testbed.LocalRegistry;
import io.sessionevents.preflight.RequiredAcl;
import io.sessionevents.preflight.RequiredTopic;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service with exactly the permissions of {@link RequiredAcl}, and what {@code validate} says of its surroundings. */
class ValidateIT {
    @TempDir
    private static Path directory;

    private static SecuredEnvironment environment;
    private static SimulatedSession session;

    @BeforeAll
    static void start() throws Exception {
        environment = SecuredEnvironment.start(directory);
        session = environment.trackASession();
    }

    @AfterAll
    static void stop() {
        environment.close();
    }

    @Test
    void shouldNeedEveryRightThatIsGranted() {
        for (RequiredAcl acl : environment.permissions()) {
            assertThat(acl.operations())
                    .allSatisfy(operation -> assertThat(environment.used())
                            .as(operation + " of " + acl)
                            .anyMatch(one -> one.operation() == operation
                                    && one.resource() == acl.resource()
                                    && (acl.pattern() == PatternType.PREFIXED
                                            ? one.name().startsWith(acl.name())
                                            : one.name().equals(acl.name()))));
        }
    }

    /** That of alerts need not be there while none is on. */
    @Test
    void shouldKnowTheTopicsThatThereAre() throws Exception {
        assertThat(environment.topics())
                .filteredOn(name -> name.startsWith("session-") && !name.equals(LocalEnvironment.ALERTS))
                .containsExactlyInAnyOrderElementsOf(RequiredTopic.of(environment.configuration()).stream()
                        .map(RequiredTopic::name)
                        .toList());
    }

    @Test
    void shouldBeContentWithASoundEnvironment() {
        assertThat(validate(0, Map.of(), "--session", session.key().toString()))
                .contains("ok   kafka", "ok   topic session-ids ", "ok   permissions", "ok   aws", "ok   lookup")
                .containsPattern("ok   schema session-state-changed-value +is version 1")
                .containsPattern("ok   schema session-usage-value +is version 1")
                .doesNotContain("FAIL", "warn");
        assertThat(validate(0, Map.of(), "--output", "json")).startsWith("{\"ok\":true,\"checks\":[");
    }

    @Test
    void shouldNameEachRightThatIsMissing() throws Exception {
        for (RequiredAcl acl : environment.permissions()) {
            environment.revoke(acl);
            try {
                await().untilAsserted(() -> assertThat(validate(acl.optional() ? 0 : 2, Map.of()))
                        .contains(
                                acl.optional() ? "warn permissions" : "FAIL permissions",
                                acl.command(environment.kafka().securedServers(), "User:PRINCIPAL")));
            } finally {
                environment.grant(acl);
            }
        }
        await().untilAsserted(() -> validate(0, Map.of()));
    }

    @Test
    void shouldShowNoHistoriesWithoutTheRightToReadThem() throws Exception {
        for (RequiredAcl acl :
                environment.permissions().stream().filter(RequiredAcl::optional).toList()) {
            environment.revoke(acl);
            try {
                await().untilAsserted(() -> assertThatThrownBy(
                                () -> environment.history(session.key().toString()))
                        .isInstanceOf(UnavailableException.class)
                        .hasMessageContaining("This instance may not read " + acl.name()));
            } finally {
                environment.grant(acl);
            }
        }
        await().untilAsserted(() -> assertThat(
                        environment.history(session.key().toString()).whole())
                .isTrue());
    }

    /** Alerts were on once: the topic may still be seen, but not be read. */
    @Test
    void shouldShowHistoriesWithoutAlertsThatItMayNotRead() throws Exception {
        var writing = new RequiredAcl(
                ResourceType.TOPIC,
                PatternType.LITERAL,
                LocalEnvironment.ALERTS,
                List.of(AclOperation.WRITE),
                "to write alerts",
                false);
        String key = session.key().toString();
        environment.writeAlert(key);
        environment.grant(writing);
        try {
            // The broker may take the permission a little later.
            await().untilAsserted(() -> {
                assertThat(environment.history(key).whole()).isTrue();
                assertThat(environment.saw(LocalEnvironment.ALERTS)).isTrue();
            });
        } finally {
            environment.revoke(writing);
        }
    }

    @Test
    void shouldNameMissingTopicsAndHowToMakeThem() {
        Map<String, String> elsewhere = new HashMap<>(Map.of("dead.letter.topic", "nowhere"));
        elsewhere.put("bootstrap.servers", environment.kafka().bootstrapServers());
        elsewhere.put("kafka.security.protocol", "PLAINTEXT");

        assertThat(validate(2, elsewhere))
                .contains("FAIL topic nowhere", "Topic nowhere does not exist.")
                .contains("kafka-topics.sh --bootstrap-server "
                        + environment.kafka().bootstrapServers()
                        + " --create --topic nowhere --partitions 1 --config cleanup.policy=delete --config"
                        + " max.message.bytes=1064972 --config retention.ms=3024000000");
    }

    @Test
    void shouldSayThatTheLogInIsRefused() {
        Map<String, String> stranger = environment.kafka().login("stranger");

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
                .containsPattern("session-usage +yes +12 +1 +not seen")
                .containsPattern("session-events-input-in-waiting-changelog +yes +12 +1 +not seen")
                .containsPattern("session-events-waiting-input-repartition +yes +12 .*made by Kafka Streams")
                .containsPattern("session-events-session-requests-repartition +yes +12 .*made by Kafka Streams");
    }

    @Test
    void shouldCreateTopicsOnce() throws Exception {
        Map<String, String> others = new HashMap<>(Map.of(
                "bootstrap.servers", environment.kafka().bootstrapServers(),
                "kafka.security.protocol", "PLAINTEXT",
                "input.topic", "a",
                "output.topic", "b",
                "usage.topic", "c",
                "dead.letter.topic", "d"));

        assertThat(Commands.run(0, command(others, "topics", "create", "--partitions", "3")))
                .isEqualToNormalizingNewlines(
                        "Created a, 3 partitions\nCreated b, 3 partitions\nCreated c, 3 partitions\nCreated d, 1 partition\n");
        assertThat(Commands.run(0, command(others, "topics", "create")))
                .isEqualToNormalizingNewlines(
                        "There already: a\nThere already: b\nThere already: c\nThere already: d\n");
        assertThat(Commands.run(0, command(others, "topics", "list")))
                .containsPattern("b +yes +3 +1 +35 d")
                .containsPattern("c +yes +3 +1 +compacted");
        environment.deleteTopics(List.of("a", "b", "c", "d"));
    }

    @Test
    void shouldRegisterSchemasOnce() throws IOException {
        try (var registry = LocalRegistry.start(LocalRegistry.Options.PLAIN)) {
            Map<String, String> there = Map.of("schema.registry.url", registry.url());

            assertThat(validate(0, there)).contains("is registered at the first start");
            assertThat(Commands.run(0, command(there, "schemas", "check"))).contains("not registered yet");
            for (int i = 0; i < 2; i++) {
                assertThat(Commands.run(0, command(there, "schemas", "register")))
                        .containsPattern("session-state-changed-value +id 1, compatibility FULL_TRANSITIVE")
                        .containsPattern("session-usage-value +id 2, compatibility FULL_TRANSITIVE");
            }
            assertThat(Commands.run(0, command(there, "schemas", "check")))
                    .containsPattern("session-state-changed-value +1–1 +FULL_TRANSITIVE +is version 1, id 1")
                    .containsPattern("session-usage-value +1–1 +FULL_TRANSITIVE +is version 1, id 2");
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
        settings.putAll(more);
        List<String> command = new ArrayList<>(List.of(arguments));
        settings.forEach((key, value) -> command.addAll(List.of("-X", key + "=" + value)));
        return command;
    }
}
