package io.sessionevents.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that connect to nothing. */
class OfflineCommandsTest {
    @Test
    void shouldPrintTheTopology() {
        var text = Invocation.run("topology", "-X", "input.topic=mine", "-X", "bootstrap.servers=localhost:1");
        assertThat(text.code()).isZero();
        assertThat(text.out()).contains("Sub-topology: 1", "(topics: mine)", "track-sessions");

        assertThat(Invocation.run("topology", "--format", "mermaid").out()).startsWith("flowchart");
    }

    @Test
    void shouldPrintHowTheTopicsAreMade() {
        var result = Invocation.run(
                "topics",
                "create",
                "--dry-run",
                "--partitions",
                "6",
                "--replication-factor",
                "3",
                "-X",
                "bootstrap.servers=b:1");

        assertThat(result.code()).isZero();
        assertThat(result.out().lines())
                .containsExactly(
                        "kafka-topics.sh --bootstrap-server b:1 --create --topic session-ids --partitions 6"
                                + " --replication-factor 3 --config cleanup.policy=delete --config retention.ms=604800000",
                        "kafka-topics.sh --bootstrap-server b:1 --create --topic session-state-changed --partitions 6"
                                + " --replication-factor 3 --config cleanup.policy=delete --config retention.ms=3024000000",
                        "kafka-topics.sh --bootstrap-server b:1 --create --topic session-usage --partitions 6"
                                + " --replication-factor 3 --config cleanup.policy=compact --config min.compaction.lag.ms=3024000000",
                        "kafka-topics.sh --bootstrap-server b:1 --create --topic session-ids-dlq --partitions 1"
                                + " --replication-factor 3 --config cleanup.policy=delete --config"
                                + " max.message.bytes=1064972 --config retention.ms=3024000000");
    }

    @Test
    void shouldWantSensibleNumbersAndASubcommand() {
        assertThat(Invocation.run("topics", "create", "--partitions", "0").code())
                .isEqualTo(2);
        assertThat(Invocation.run("topics", "create", "--replication-factor", "0")
                        .code())
                .isEqualTo(2);
        assertThat(Invocation.run("topics").code()).isEqualTo(2);
        assertThat(Invocation.run("schemas").code()).isEqualTo(2);
    }

    @Test
    void shouldReportEveryProblemOfTheConfiguration() {
        var result = Invocation.run(
                "validate",
                "-X",
                "lookup.timeout=soon",
                "-X",
                "tracking.partitions=0",
                "-X",
                "bootstrap.servers=",
                "-X",
                "schema.registry.url=");

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.out().lines())
                .hasSize(4)
                .allMatch(line -> line.startsWith("FAIL configuration "))
                .anyMatch(line -> line.contains("lookup.timeout is \"soon\""))
                .anyMatch(line -> line.contains("Missing bootstrap.servers"));
        assertThat(Invocation.run("validate", "--output", "json").out()).contains("{\"ok\":false,\"checks\":[");
        assertThat(Invocation.run("validate", "--session", "../x").code()).isEqualTo(2);
    }

    @Test
    void shouldSayThatNothingAnswers() {
        var result = Invocation.run("schemas", "check", "-X", "schema.registry.url=http://localhost:1");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err())
                .contains("The schema registry at http://localhost:1 does not answer")
                .hasLineCount(1);
    }

    /** Each would have reached a library that knows nothing of the option. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "tail --max 0",
                "tail --max -1",
                "tail --since +999999999-01-01T00:00:00Z",
                "tail --since soon",
                "history app/one --since +999999999-01-01T00:00:00Z",
                "health --url http://host:99999",
                "sessions --url http://host:99999"
            })
    void shouldSayWhatAnOptionMayBe(String command) {
        var result = Invocation.run(command.split(" "));

        assertThat(result.code()).as(result.err()).isEqualTo(2);
        assertThat(result.err()).contains(", expected ").doesNotContain("Exception");
    }
}
