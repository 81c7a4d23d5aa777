package io.sessionevents.preflight;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.settings.Configuration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;

/** Keeps deploy/kafka as the permissions and topics of the service are now. */
class KafkaDeploymentTest {
    private static final String RENEW =
            " is stale; renew it with ./mvnw test -Dtest=KafkaDeploymentTest -Dupdate.docs=true";
    private static final Path SCRIPT = Path.of("deploy/kafka/acls.sh");
    private static final Path STRIMZI = Path.of("deploy/kafka/strimzi.yaml");

    /** With alerts, so that they can be switched on without more. */
    private static final Configuration DEFAULT = Configuration.loader()
            .withFlags(Map.of(
                    "bootstrap.servers", "b:9092", "schema.registry.url", "http://r:8081", "alert.idle.after", "2 h"))
            .load();

    @Test
    void shouldGrantTheRightsByScript() throws IOException {
        check(SCRIPT, script());
    }

    @Test
    void shouldGrantTheRightsAndMakeTheTopicsByStrimzi() throws IOException {
        check(STRIMZI, strimzi());
    }

    @Test
    void shouldNeverGrantEverything() {
        assertThat(RequiredAcl.of(DEFAULT)).allSatisfy(acl -> {
            assertThat(acl.operations()).doesNotContain(AclOperation.ALL, AclOperation.ANY);
            assertThat(acl.name()).startsWith("session-").isNotEqualTo("*");
            assertThat(acl.resource()).isNotEqualTo(ResourceType.CLUSTER);
        });
    }

    private static void check(Path file, String expected) throws IOException {
        if (Boolean.getBoolean("update.docs")) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, expected);
        }
        assertThat(Files.readString(file)).as(file + RENEW).isEqualTo(expected);
    }

    private static String script() {
        var text = new StringBuilder("""
                #!/bin/sh
                # Grants a principal what session-events needs of Kafka, and no more. Generated; a test keeps it as it is.
                # For other topics or another application.id: 'session-events validate' prints the lines that are missing.
                #
                #   deploy/kafka/acls.sh BOOTSTRAP PRINCIPAL [options of kafka-acls.sh, such as --command-config FILE]
                #   deploy/kafka/acls.sh kafka:9092 User:session-events --command-config admin.properties
                set -eu

                if [ "$#" -lt 2 ]; then
                    sed -n '2,6s/^# \\{0,1\\}//p' "$0" >&2
                    exit 2
                fi
                bootstrap=$1
                principal=$2
                shift 2
                """);
        for (RequiredAcl acl : RequiredAcl.of(DEFAULT)) {
            text.append("\n# ")
                    .append(acl.purpose())
                    .append('\n')
                    .append(acl.command("\"$bootstrap\"", "\"$principal\""))
                    .append(" \"$@\"\n");
        }
        return text.toString();
    }

    private static String strimzi() {
        var text = new StringBuilder("""
                # The topics that session-events shares with others, and its user, for Strimzi's operators. Generated; a test keeps
                # it as it is. Change strimzi.io/cluster to the name of the Kafka resource. Kafka Streams makes its own topics.
                """);
        RequiredTopic.shared(DEFAULT).forEach(topic -> text.append(manifest(topic)));
        text.append("""
                ---
                apiVersion: kafka.strimzi.io/v1
                kind: KafkaUser
                metadata:
                  name: session-events
                  labels:
                    strimzi.io/cluster: kafka
                spec:
                  authentication:
                    type: scram-sha-512
                  authorization:
                    type: simple
                    acls:
                """);
        RequiredAcl.of(DEFAULT).forEach(acl -> text.append(manifest(acl)));
        return text.toString();
    }

    private static String manifest(RequiredTopic topic) {
        return """
                ---
                # %s
                apiVersion: kafka.strimzi.io/v1
                kind: KafkaTopic
                metadata:
                  name: %s
                  labels:
                    strimzi.io/cluster: kafka
                spec:
                  partitions: %d
                  config:
                %s
                """.formatted(
                        topic.purpose().text(),
                        topic.name(),
                        topic.partitions(),
                        topic.config().entrySet().stream()
                                .map(entry -> "    " + entry.getKey() + ": " + entry.getValue())
                                .collect(joining("\n")));
    }

    private static String manifest(RequiredAcl acl) {
        List<String> operations = acl.operations().stream()
                .map(operation -> operation.name().charAt(0)
                        + operation.name().substring(1).toLowerCase(Locale.ROOT))
                .toList();
        return """
                      # %s
                      - resource:
                          type: %s
                          name: %s
                          patternType: %s
                        operations: [%s]
                """.formatted(
                        acl.purpose(),
                        switch (acl.resource()) {
                            case TRANSACTIONAL_ID -> "transactionalId";
                            default -> acl.resource().name().toLowerCase(Locale.ROOT);
                        },
                        acl.name(),
                        acl.pattern() == PatternType.PREFIXED ? "prefix" : "literal",
                        String.join(", ", operations));
    }
}
