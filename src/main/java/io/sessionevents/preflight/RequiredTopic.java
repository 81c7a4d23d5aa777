package io.sessionevents.preflight;

import io.sessionevents.session.Topics;
import io.sessionevents.settings.Configuration;
import io.sessionevents.tracking.InternalTopics;
import io.sessionevents.tracking.TrackingTopology;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.common.config.TopicConfig;

/**
 * A topic that the service needs.
 *
 * @param purpose what it is for
 * @param partitions as many as are made
 * @param config settings that are made, beyond the cluster's defaults
 * @param internal whether Kafka Streams makes it
 */
public record RequiredTopic(
        String name, Purpose purpose, int partitions, Map<String, String> config, boolean internal) {
    /** Bytes that the headers of a dead letter take at most, with room. */
    static final int HEADROOM_BYTES = 16 * 1024;

    /** Kafka's default of max.message.bytes. */
    private static final int DEFAULT_LARGEST_MESSAGE = 1_048_588;

    private static final Duration REQUESTS_KEPT = Duration.ofDays(7);
    /** A month of bills can be reckoned again. */
    static final Duration EVENTS_KEPT = Duration.ofDays(35);

    /** What a topic is for. */
    public enum Purpose {
        INPUT("published session IDs"),
        OUTPUT("one event per change of state"),
        USAGE("settled usage per session"),
        ALERTS("crossed thresholds"),
        DEAD_LETTERS("records and sessions that were given up"),
        REQUESTS("requests by session"),
        SESSIONS("the sessions that are tracked"),
        UNREAD("input on its way to wait for its schema"),
        WAITING("input that waits for its schema"),
        SWEEPS("requests for sweeps by source"),
        SWEPT("the applications that are swept");

        private final String text;

        Purpose(String text) {
            this.text = text;
        }

        /** In a few words. */
        public String text() {
            return text;
        }
    }

    /** All of them, those that are shared with others first. */
    public static List<RequiredTopic> of(Configuration configuration) {
        return Stream.concat(shared(configuration).stream(), internal(configuration).stream())
                .toList();
    }

    /** Those that are shared with others: input, output, usage, alerts if there are any, dead letters. */
    public static List<RequiredTopic> shared(Configuration configuration) {
        Topics topics = configuration.topics();
        int partitions = configuration.tracking().partitions();
        var alerts = new RequiredTopic(topics.alerts(), Purpose.ALERTS, partitions, kept(EVENTS_KEPT), false);
        return Stream.of(
                        new RequiredTopic(topics.input(), Purpose.INPUT, partitions, kept(REQUESTS_KEPT), false),
                        new RequiredTopic(topics.output(), Purpose.OUTPUT, partitions, kept(EVENTS_KEPT), false),
                        new RequiredTopic(topics.usage(), Purpose.USAGE, partitions, usageConfig(), false),
                        alerts,
                        new RequiredTopic(topics.deadLetter(), Purpose.DEAD_LETTERS, 1, deadLetterConfig(), false))
                .filter(topic -> topics.alerting() || !topic.equals(alerts))
                .toList();
    }

    /** Those that Kafka Streams makes for itself. */
    static List<RequiredTopic> internal(Configuration configuration) {
        int partitions = configuration.tracking().partitions();
        var names = InternalTopics.of(configuration.kafka().streamsApplicationId());
        return List.of(
                new RequiredTopic(names.requests(), Purpose.REQUESTS, partitions, Map.of(), true),
                new RequiredTopic(names.unread(), Purpose.UNREAD, partitions, Map.of(), true),
                new RequiredTopic(names.sessions(), Purpose.SESSIONS, partitions, Map.of(), true),
                new RequiredTopic(names.waiting(), Purpose.WAITING, partitions, Map.of(), true),
                new RequiredTopic(names.sweeps(), Purpose.SWEEPS, TrackingTopology.SWEEP_PARTITIONS, Map.of(), true),
                new RequiredTopic(names.swept(), Purpose.SWEPT, TrackingTopology.SWEEP_PARTITIONS, Map.of(), true));
    }

    /** The same with other numbers of partitions. */
    public RequiredTopic withPartitions(int wanted) {
        return new RequiredTopic(name, purpose, wanted, config, internal);
    }

    /**
     * The command that makes it.
     *
     * @param replication how many brokers hold each partition; empty leaves it to the cluster
     */
    public String createCommand(String bootstrapServers, Optional<Short> replication) {
        var command = new StringBuilder("kafka-topics.sh --bootstrap-server " + bootstrapServers + " --create --topic "
                + name + " --partitions " + partitions);
        replication.ifPresent(factor -> command.append(" --replication-factor ").append(factor));
        config.forEach((key, value) ->
                command.append(" --config ").append(key).append('=').append(value));
        return command.toString();
    }

    /** Such as: 12 partitions. */
    public static String partitions(int number) {
        return number + (number == 1 ? " partition" : " partitions");
    }

    /** Such as: 35 d. */
    public static String duration(Duration time) {
        return time.toDays() > 0 ? time.toDays() + " d" : time.toString();
    }

    private static Map<String, String> kept(Duration retention) {
        Map<String, String> config = new TreeMap<>();
        config.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
        config.put(TopicConfig.RETENTION_MS_CONFIG, Long.toString(retention.toMillis()));
        return config;
    }

    /** The last record of a session says all; those before it are kept for those who add differences up. */
    private static Map<String, String> usageConfig() {
        Map<String, String> config = new TreeMap<>();
        config.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
        config.put(TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG, Long.toString(EVENTS_KEPT.toMillis()));
        return config;
    }

    private static Map<String, String> deadLetterConfig() {
        Map<String, String> config = kept(EVENTS_KEPT);
        config.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(DEFAULT_LARGEST_MESSAGE + HEADROOM_BYTES));
        return config;
    }
}
