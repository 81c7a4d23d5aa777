package io.sessionevents.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.sessionevents.avro.PublicSubject;
import io.sessionevents.config.ConfigurationException;
import io.sessionevents.config.ConfigurationLoader;
import io.sessionevents.preflight.RequiredAcl;
import io.sessionevents.preflight.RequiredTopic;
import io.sessionevents.session.AlertThresholds;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The keys of alerts, and what is asked of the surroundings where a kind is on. */
class AlertKeysTest {
    @Test
    void shouldAskForNothingWhereEveryKindIsOff() {
        Configuration off =
                with(Map.of("alert.idle.after", "", "alert.topic", "mine")).load();

        assertThat(off.tracking().alerts()).isEqualTo(AlertThresholds.NONE);
        assertThat(off.topics().written()).doesNotContain("mine");
        assertThat(RequiredTopic.of(off)).extracting(RequiredTopic::name).doesNotContain("mine");
        assertThat(RequiredAcl.of(off)).extracting(RequiredAcl::name).doesNotContain("mine");
        assertThat(PublicSubject.of(off.topics()))
                .extracting(PublicSubject::name)
                .doesNotContain("mine-value");
    }

    @ParameterizedTest
    @CsvSource({
        "alert.idle.after, 30 min",
        "alert.starting.after, 10 min",
        "alert.cap.before, 2 h",
        "alert.billed.vcpu.hours, 0.5"
    })
    void shouldAskForATopicItsPermissionAndItsSchemaWhereOneIsOn(String key, String value) {
        Configuration on = with(Map.of(key, value, "alert.topic", "mine")).load();

        assertThat(on.tracking().alerts().any()).isTrue();
        assertThat(on.topics().written()).contains("mine");
        assertThat(RequiredTopic.shared(on))
                .filteredOn(topic -> topic.name().equals("mine"))
                .singleElement()
                .satisfies(topic -> assertThat(topic.config()).containsEntry("cleanup.policy", "delete"));
        assertThat(RequiredAcl.of(on)).extracting(RequiredAcl::name).contains("mine");
        assertThat(PublicSubject.of(on.topics()))
                .extracting(PublicSubject::name)
                .contains("mine-value");
    }

    @Test
    void shouldTakeEachThreshold() {
        Configuration all = with(Map.of(
                        "alert.idle.after",
                        "30 min",
                        "alert.starting.after",
                        "10 min",
                        "alert.cap.before",
                        "2 h",
                        "alert.billed.vcpu.hours",
                        "99.5"))
                .load();

        assertThat(all.tracking().alerts())
                .isEqualTo(
                        new AlertThresholds(Duration.ofMinutes(30), Duration.ofMinutes(10), Duration.ofHours(2), 99.5));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "alert.idle.after        | 0 s     | expected a duration",
                "alert.idle.after        | soon    | expected a duration",
                "alert.starting.after    | -1 min  | expected a duration",
                "alert.cap.before        | 24 h    | less than 24 h",
                "alert.cap.before        | 25 h    | less than 24 h",
                "alert.billed.vcpu.hours | 0       | expected a number",
                "alert.billed.vcpu.hours | NaN     | expected a number",
                "alert.billed.vcpu.hours | 1e9     | expected a number",
                "alert.topic             | a b     | expected a topic name",
                "alert.topic             | session-usage | five different topics"
            })
    void shouldRefuseWhatIsNoThreshold(String key, String value, String says) {
        ConfigurationException refused = catchThrowableOfType(
                ConfigurationException.class, () -> with(Map.of(key, value)).load());

        assertThat(refused.problems()).singleElement(STRING).contains(key, says);
    }

    private static ConfigurationLoader<Configuration> with(Map<String, String> flags) {
        return Configuration.loader()
                .withFlags(Map.of("bootstrap.servers", "b:9092", "schema.registry.url", "http://r:8081"))
                .withFlags(flags);
    }
}
