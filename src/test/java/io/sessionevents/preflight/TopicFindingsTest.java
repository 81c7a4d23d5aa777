package io.sessionevents.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.preflight.RequiredTopic.Purpose;
import io.sessionevents.settings.Configuration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of topics that others have made in their own way. */
class TopicFindingsTest {
    private static final String DAY = "86400000";

    private static final List<RequiredTopic> SHARED = RequiredTopic.shared(Configuration.loader()
            .withFlags(Map.of("bootstrap.servers", "b:9092", "schema.registry.url", "http://r:8081"))
            .load());

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            delete         | 86400000   | 1 d
            compact,delete | 86400000   | 1 d
            delete         | 3600000    | PT1H
            """)
    void shouldWarnIfUsageIsDeletedSoon(String policy, String retention, String told) {
        assertThat(findings(Purpose.USAGE, policy, retention))
                .containsExactly(Finding.warns(
                        "session-usage deletes its records after " + told
                                + ", expected a compacted topic: the last record of a session says all that it has used, and is to stay.",
                        "kafka-configs.sh --bootstrap-server b:9092 --alter --entity-type topics --entity-name session-usage"
                                + " --add-config cleanup.policy=compact,min.compaction.lag.ms=3024000000"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            compact | 86400000
            delete  | 3024000000
            delete  | -1
            """)
    void shouldBeContentIfUsageStays(String policy, String retention) {
        assertThat(findings(Purpose.USAGE, policy, retention)).isEmpty();
    }

    @Test
    void shouldWarnIfOtherTopicsAreCompacted() {
        for (Purpose purpose : List.of(Purpose.INPUT, Purpose.OUTPUT, Purpose.DEAD_LETTERS)) {
            assertThat(findings(purpose, "delete", DAY)).isEmpty();
            assertThat(findings(purpose, "compact", DAY))
                    .singleElement()
                    .satisfies(finding -> assertThat(finding.what()).contains("is compacted"))
                    .satisfies(finding -> assertThat(finding.fix()).endsWith("--add-config cleanup.policy=delete"));
        }
    }

    @Test
    void shouldFindNothingWrongWithTopicsAsTheyAreMade() {
        for (RequiredTopic topic : SHARED) {
            var config = new Config(topic.config().entrySet().stream()
                    .map(setting -> new ConfigEntry(setting.getKey(), setting.getValue()))
                    .toList());

            assertThat(new TopicFindings("b:9092", Map.of(topic.purpose(), config)).findings(topic))
                    .as(topic.name())
                    .isEmpty();
        }
    }

    @Test
    void shouldSayNothingOfSettingsThatItMayNotSee() {
        assertThat(SHARED)
                .allSatisfy(topic -> assertThat(new TopicFindings("b:9092", Map.of()).findings(topic))
                        .isEmpty());
    }

    private static List<Finding> findings(Purpose purpose, String policy, String retention) {
        var config = new Config(
                List.of(new ConfigEntry("cleanup.policy", policy), new ConfigEntry("retention.ms", retention)));
        RequiredTopic topic = SHARED.stream()
                .filter(shared -> shared.purpose() == purpose)
                .findFirst()
                .orElseThrow();
        return new TopicFindings("b:9092", Map.of(purpose, config)).findings(topic);
    }
}
