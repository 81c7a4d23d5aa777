package io.sessionevents.preflight;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import io.sessionevents.kafka.AdminCalls;
import io.sessionevents.preflight.RequiredTopic.Purpose;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;

/**
 * What is wrong with the topics: one is missing, has other partitions than configured, or cannot hold what is written to it.
 * Settings that this client may not see are not looked at, for the service itself does not need that permission.
 */
final class TopicFindings {
    private final String servers;
    private final Map<Purpose, Config> configs;

    TopicFindings(String servers, Map<Purpose, Config> configs) {
        this.servers = servers;
        this.configs = configs;
    }

    /** One outcome for each topic that others make; for an internal one only if it is not as it should be. */
    static List<CheckOutcome> outcomes(Admin admin, String servers, List<TopicSight> sights)
            throws InterruptedException, ExecutionException, TimeoutException {
        var findings = new TopicFindings(servers, configs(admin, sights));
        return sights.stream()
                .filter(sight -> !sight.hidden())
                .map(findings::outcome)
                .filter(outcome ->
                        !outcome.seen().isEmpty() || !outcome.findings().isEmpty())
                .toList();
    }

    private CheckOutcome outcome(TopicSight sight) {
        RequiredTopic topic = sight.topic();
        String check = "topic " + topic.name();
        if (topic.internal()) {
            return new CheckOutcome(check, "", otherPartitions(sight));
        }
        if (sight.missing()) {
            return CheckOutcome.of(
                    check,
                    Finding.stops(
                            "Topic " + topic.name() + " does not exist.",
                            topic.createCommand(servers, Optional.empty())));
        }
        return new CheckOutcome(
                check,
                RequiredTopic.partitions(sight.partitions()) + ", "
                        + topic.purpose().text(),
                findings(topic));
    }

    /** What is wrong with the settings of a topic that others make. */
    List<Finding> findings(RequiredTopic topic) {
        List<Finding> findings = new ArrayList<>(topic.purpose() == Purpose.USAGE ? deleted(topic) : compacted(topic));
        if (topic.purpose() == Purpose.DEAD_LETTERS) {
            findings.addAll(tooSmall(topic));
        }
        return findings;
    }

    private static List<Finding> otherPartitions(TopicSight sight) {
        RequiredTopic topic = sight.topic();
        int actual = sight.partitions();
        if (actual == 0 || actual == topic.partitions()) {
            return List.of();
        }
        return List.of(Finding.stops(
                "tracking.partitions is " + topic.partitions() + ", but " + topic.name() + " has " + actual
                        + " partitions.",
                "Set tracking.partitions=" + actual + ", or use another application.id."));
    }

    private List<Finding> compacted(RequiredTopic topic) {
        return cleansBy(TopicConfig.CLEANUP_POLICY_COMPACT, topic)
                ? List.of(Finding.warns(
                        topic.name() + " is compacted: of each key the last record only is kept, expected all of them.",
                        alter(
                                topic.name(),
                                Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE))))
                : List.of();
    }

    private List<Finding> deleted(RequiredTopic usage) {
        Optional<Duration> retention = setting(usage.purpose(), TopicConfig.RETENTION_MS_CONFIG)
                .map(Long::valueOf)
                .filter(millis -> millis >= 0)
                .map(Duration::ofMillis);
        if (!cleansBy(TopicConfig.CLEANUP_POLICY_DELETE, usage)
                || retention.isEmpty()
                || retention.get().compareTo(RequiredTopic.EVENTS_KEPT) >= 0) {
            return List.of();
        }
        return List.of(Finding.warns(
                "%s deletes its records after %s, expected a compacted topic: the last record of a session says all that it has used, and is to stay."
                        .formatted(usage.name(), RequiredTopic.duration(retention.get())),
                alter(usage.name(), usage.config())));
    }

    private boolean cleansBy(String policy, RequiredTopic topic) {
        return setting(topic.purpose(), TopicConfig.CLEANUP_POLICY_CONFIG)
                .filter(policies -> policies.contains(policy))
                .isPresent();
    }

    private List<Finding> tooSmall(RequiredTopic deadLetters) {
        Optional<Long> input =
                setting(Purpose.INPUT, TopicConfig.MAX_MESSAGE_BYTES_CONFIG).map(Long::valueOf);
        Optional<Long> actual = setting(Purpose.DEAD_LETTERS, TopicConfig.MAX_MESSAGE_BYTES_CONFIG)
                .map(Long::valueOf);
        if (input.isEmpty() || actual.isEmpty()) {
            return List.of();
        }
        long needed = input.get() + RequiredTopic.HEADROOM_BYTES;
        if (actual.get() >= needed) {
            return List.of();
        }
        String fix = alter(deadLetters.name(), Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Long.toString(needed)));
        return List.of(
                actual.get() < RequiredTopic.HEADROOM_BYTES
                        ? Finding.stops(
                                "%s takes records of %d bytes, but a dead letter may need %d for its headers alone."
                                        .formatted(deadLetters.name(), actual.get(), RequiredTopic.HEADROOM_BYTES),
                                fix)
                        : Finding.warns(
                                "%s takes records of %d bytes, and the input topic holds such that need %d: larger dead letters are cut."
                                        .formatted(deadLetters.name(), actual.get(), needed),
                                fix));
    }

    private String alter(String topic, Map<String, String> settings) {
        return "kafka-configs.sh --bootstrap-server " + servers + " --alter --entity-type topics --entity-name " + topic
                + " --add-config "
                + settings.entrySet().stream()
                        .map(setting -> setting.getKey() + "=" + setting.getValue())
                        .collect(joining(","));
    }

    private Optional<String> setting(Purpose purpose, String key) {
        return Optional.ofNullable(configs.get(purpose))
                .map(config -> config.get(key))
                .map(entry -> entry.value());
    }

    private static Map<Purpose, Config> configs(Admin admin, List<TopicSight> sights)
            throws InterruptedException, ExecutionException, TimeoutException {
        Map<Purpose, Config> configs = new HashMap<>();
        for (TopicSight sight : sights) {
            if (sight.description().isPresent() && !sight.topic().internal()) {
                var resource = new ConfigResource(
                        ConfigResource.Type.TOPIC, sight.topic().name());
                try {
                    configs.put(
                            sight.topic().purpose(),
                            requireNonNull(AdminCalls.get(admin.describeConfigs(List.of(resource))
                                            .all())
                                    .get(resource)));
                } catch (ExecutionException e) {
                    if (!(AdminCalls.cause(e) instanceof AuthorizationException)) {
                        throw e;
                    }
                }
            }
        }
        return configs;
    }
}
