package io.sessionevents.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sessionevents.emr.ListPermission;
import io.sessionevents.preflight.RequiredAcl;
import io.sessionevents.session.Source;
import io.sessionevents.settings.Configuration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The policies under deploy/aws grant what is used, and nothing more. */
class AwsPoliciesTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final List<String> READING = List.of(
            "Allow emr-serverless:GetSession",
            "Allow emr-serverless:ListSessions",
            "Allow emr-serverless:ListApplications",
            "Deny emr-serverless:GetSessionEndpoint");

    /** AWS knows no resource for it. */
    private static final List<String> FOR_ALL_OR_NONE = List.of("emr-serverless:ListApplications");

    static Stream<Arguments> policies() {
        return Stream.of(
                Arguments.of("iam-policy.json", READING),
                Arguments.of("reader-role-policy.json", READING),
                Arguments.of("reader-role-trust-policy.json", List.of("Allow sts:AssumeRole", "Allow sts:TagSession")),
                Arguments.of(
                        "assume-reader-roles-policy.json", List.of("Allow sts:AssumeRole", "Allow sts:TagSession")),
                Arguments.of("trust-policy-irsa.json", List.of("Allow sts:AssumeRoleWithWebIdentity")),
                Arguments.of("trust-policy-pod-identity.json", List.of("Allow sts:AssumeRole", "Allow sts:TagSession")),
                Arguments.of(
                        "msk-policy.json",
                        Stream.of(
                                        "AlterGroup",
                                        "AlterTransactionalId",
                                        "Connect",
                                        "CreateTopic",
                                        "DeleteTopic",
                                        "DescribeGroup",
                                        "DescribeTopic",
                                        "DescribeTopicDynamicConfiguration",
                                        "DescribeTransactionalId",
                                        "ReadData",
                                        "WriteData",
                                        "WriteDataIdempotently")
                                .map(action -> "Allow kafka-cluster:" + action)
                                .toList()));
    }

    @ParameterizedTest
    @MethodSource("policies")
    void shouldNameExactlyTheseActions(String file, List<String> expected) throws IOException {
        Set<String> actions = new TreeSet<>();
        for (JsonNode statement : statements(file)) {
            texts(statement.get("Action"))
                    .forEach(action -> actions.add(statement.get("Effect").asText() + " " + action));
        }

        assertThat(actions).containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void shouldAllowWritingAndDeletingInTopicsOfTheServiceOnly() throws IOException {
        List<String> writable = new ArrayList<>();
        List<String> deletable = new ArrayList<>();
        for (JsonNode statement : statements("msk-policy.json")) {
            List<String> actions = texts(statement.get("Action"));
            if (actions.contains("kafka-cluster:WriteData")) {
                writable.addAll(names(statement));
            }
            if (actions.contains("kafka-cluster:DeleteTopic")) {
                deletable.addAll(names(statement));
            }
        }

        assertThat(writable)
                .containsExactlyInAnyOrder(
                        "session-state-changed",
                        "session-usage",
                        "session-alerts",
                        "session-ids-dlq",
                        "session-events-*");
        assertThat(deletable).containsExactly("session-events-*");
    }

    @ParameterizedTest
    @MethodSource("policies")
    void shouldAllowNothingElseOnEveryResource(String file) throws IOException {
        for (JsonNode statement : statements(file)) {
            if (statement.get("Effect").asText().equals("Allow")
                    && statement.has("Resource")
                    && !texts(statement.get("Action")).equals(FOR_ALL_OR_NONE)) {
                assertThat(texts(statement.get("Resource")))
                        .doesNotContain("*")
                        .allMatch(arn -> arn.startsWith("arn:"));
            }
        }
    }

    @Test
    void shouldTestEveryPolicyThatThereIs() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("deploy/aws"))) {
            assertThat(policies().map(policy -> policy.get()[0]))
                    .containsExactlyInAnyOrderElementsOf(
                            files.map(file -> (Object) file.getFileName().toString())
                                    .toList());
        }
    }

    @ParameterizedTest
    @MethodSource("policies")
    void shouldKeepToTheGrammarOfIam(String file) throws IOException {
        JsonNode policy = JSON.readTree(Path.of("deploy/aws", file).toFile());

        assertThat(IamGrammar.problems(policy, file.contains("trust"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "2012-10-17"                 | "2012-10-18"                  | Version
            "Effect": "Allow"            | "Effect": "allow"             | Effect
            "sts:AssumeRole"             | "AssumeRole"                  | Action
            "sts:AssumeRole"             | "sts:assumeRole"              | Action
            "Principal"                  | "Principle"                   | Principle
            "AWS": "arn:aws:iam::        | "AWS": "aws:iam::             | AWS
            "StringEquals"               | "StringEqual"                 | StringEqual
            "sts:ExternalId": "EXTERNAL_ID" | "sts:ExternalId": {}       | sts:ExternalId
            "Action"                     | "Resource": "*", "Action"     | Resource
            "Sid": "The                  | "Sid": "The-                  | Sid
            """)
    void shouldFindWhatBreaksTheGrammar(String good, String broken, String says) throws IOException {
        String text = Files.readString(Path.of("deploy/aws/reader-role-trust-policy.json"));
        assertThat(text).contains(good);

        assertThat(IamGrammar.problems(JSON.readTree(text.replace(good, broken)), true))
                .isNotEmpty()
                .anyMatch(problem -> problem.contains(says));
    }

    @Test
    void shouldTrustTheServiceWithItsExternalIdOnly() throws IOException {
        JsonNode condition = statements("reader-role-trust-policy.json").get(0).get("Condition");

        assertThat(condition.at("/StringEquals/sts:ExternalId").asText()).isEqualTo("EXTERNAL_ID");
        assertThat(condition.at("/StringLike/sts:RoleSessionName").asText()).isEqualTo("session-events-*");
        assertThat(statements("reader-role-trust-policy.json")
                        .get(0)
                        .at("/Principal/AWS")
                        .asText())
                .isEqualTo("arn:aws:iam::ACCOUNT:role/session-events");
    }

    /** What the service asks for where it is refused is what the policies give. */
    @ParameterizedTest
    @CsvSource({"iam-policy.json, ACCOUNT", "reader-role-policy.json, READ_ACCOUNT"})
    void shouldAllowWhatTheServiceAsksFor(String file, String account) throws IOException {
        List<JsonNode> allowed = new ArrayList<>();
        for (JsonNode statement : statements(file)) {
            allowed.add(((ObjectNode) statement).without("Sid"));
        }
        for (ListPermission permission : ListPermission.values()) {
            String asked = permission
                    .statement(new Source(Source.DEFAULT, null, null))
                    .replace(":ACCOUNT:", ":" + account + ":");
            assertThat(allowed).contains(JSON.readTree(asked));
        }
    }

    static Stream<RequiredAcl> acls() {
        return RequiredAcl.of(Configuration.loader()
                        .withFlags(Map.of(
                                "bootstrap.servers",
                                "b:9092",
                                "schema.registry.url",
                                "http://r:8081",
                                "alert.idle.after",
                                "1 h"))
                        .load())
                .stream();
    }

    /** MSK's action for each of Kafka's operations, on the very name that it is needed for. */
    @ParameterizedTest
    @MethodSource("acls")
    void shouldAllowWhatTheServiceNeedsOfKafka(RequiredAcl acl) throws IOException {
        String name = acl.name() + (acl.pattern() == PatternType.PREFIXED ? "*" : "");
        List<String> allowed = new ArrayList<>();
        for (JsonNode statement : statements("msk-policy.json")) {
            for (String arn : texts(statement.get("Resource"))) {
                if (covers(arn.substring(arn.lastIndexOf(':') + 1), acl.resource(), name)) {
                    allowed.addAll(texts(statement.get("Action")));
                }
            }
        }

        assertThat(allowed)
                .containsAll(acl.operations().stream()
                        .map(operation -> "kafka-cluster:" + action(acl.resource(), operation))
                        .toList());
    }

    private static boolean covers(String resource, ResourceType type, String name) {
        String kind = type.name().toLowerCase(Locale.ROOT).replace('_', '-') + "/";
        String pattern = resource.substring(resource.lastIndexOf('/') + 1);
        return resource.startsWith(kind)
                && (pattern.endsWith("*")
                        ? name.startsWith(pattern.substring(0, pattern.length() - 1))
                        : name.equals(pattern));
    }

    private static String action(ResourceType type, AclOperation operation) {
        return switch (type) {
            case GROUP -> "AlterGroup";
            case TRANSACTIONAL_ID -> "AlterTransactionalId";
            default ->
                switch (operation) {
                    case READ -> "ReadData";
                    case WRITE -> "WriteData";
                    case CREATE -> "CreateTopic";
                    case DELETE -> "DeleteTopic";
                    default -> throw new IllegalArgumentException("no action for " + operation);
                };
        };
    }

    private static JsonNode statements(String file) throws IOException {
        JsonNode policy = JSON.readTree(Path.of("deploy/aws", file).toFile());
        assertThat(policy.get("Version").asText()).isEqualTo("2012-10-17");
        return policy.get("Statement");
    }

    private static List<String> names(JsonNode statement) {
        return texts(statement.get("Resource")).stream()
                .map(arn -> arn.substring(arn.lastIndexOf('/') + 1))
                .toList();
    }

    private static List<String> texts(JsonNode oneOrMany) {
        List<String> texts = new ArrayList<>();
        if (oneOrMany.isArray()) {
            oneOrMany.forEach(one -> texts.add(one.asText()));
        } else {
            texts.add(oneOrMany.asText());
        }
        return texts;
    }
}
