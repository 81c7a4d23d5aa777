package io.sessionevents;

import static java.util.Objects.requireNonNull;

import io.sessionevents.config.Configuration;
import io.sessionevents.tracking.BoundedRocksDb;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.StreamsConfig;

/**
 * Settings of Kafka Streams: ours first, then whatever the configuration passes through as {@code kafka.*}.
 *
 * <p>Every punctuation marks its task as needing a commit, so a short commit interval would make an idle service write
 * without end. Ours is long, and the processors ask for a commit whenever they have something to show. It must not exceed
 * the transaction time-out, which in turn bounds how long an instance that died in the middle of a transaction holds up
 * readers of committed records.
 *
 * <p>One request in flight: under transactions v2 the broker verifies a partition's first append of a transaction on its
 * way, and a second request that overtakes it meanwhile is refused as out of sequence. What is written is little, so
 * nothing is lost by it.
 */
final class StreamsSettings {
    /** Few, for a StreamThread polls only when it has done with all it has; and what shows its membership is its polls. */
    private static final int POLLED_RECORDS = 100;

    private static final int COMMIT_INTERVAL_MILLIS = 30_000;
    private static final int POLL_MILLIS = 15;
    private static final int SESSION_TIMEOUT_MILLIS = 20_000;
    /** Kafka's own default. */
    private static final int MAX_POLL_INTERVAL_MILLIS = 300_000;
    /** Every second, for no call is made before the first one is answered. */
    private static final int HEARTBEAT_MILLIS = 1_000;

    /**
     * How long a commit waits for brokers. Kafka Streams cannot go on with a producer whose commit has timed out: the
     * StreamThread dies, and the group waits for its session to time out. Below {@code max.poll.interval.ms}, five minutes, for
     * nothing is polled meanwhile.
     */
    private static final int COMMIT_PATIENCE_MILLIS = 240_000;

    /** A dead letter carries its original bytes, so the producer takes whatever the input topic can hold. */
    private static final int LARGEST_RECORD_BYTES = 32 * 1024 * 1024;

    private StreamsSettings() {}

    /** After what silence the group gives the tasks of this instance away. */
    static Duration sessionTimeout(Properties settings) {
        Object millis = new StreamsConfig(settings)
                .getMainConsumerConfigs("any", "any", 0)
                .getOrDefault(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_TIMEOUT_MILLIS);
        return Duration.ofMillis(Long.parseLong(millis.toString()));
    }

    /** How long a StreamThread may go without a poll before the group takes it for dead. */
    static Duration longestPollInterval(Properties settings) {
        Object millis = new StreamsConfig(settings)
                .getMainConsumerConfigs("any", "any", 0)
                .getOrDefault(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, MAX_POLL_INTERVAL_MILLIS);
        return Duration.ofMillis(Long.parseLong(millis.toString()));
    }

    /**
     * An instance without a static identity leaves the group, or its partitions would wait for the session time-out; one with
     * a static identity stays, for it will be back soon.
     */
    static CloseOptions closing(Properties settings, Duration timeout) {
        boolean dynamic = !settings.containsKey(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG)
                && !settings.containsKey(StreamsConfig.mainConsumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG));
        return CloseOptions.timeout(timeout)
                .withGroupMembershipOperation(
                        dynamic
                                ? CloseOptions.GroupMembershipOperation.LEAVE_GROUP
                                : CloseOptions.GroupMembershipOperation.REMAIN_IN_GROUP);
    }

    /** Where the state stores are. */
    static Path stateDirectory(Configuration configuration) {
        return Path.of(requireNonNull(of(configuration).get(StreamsConfig.STATE_DIR_CONFIG))
                .toString());
    }

    static Properties of(Configuration configuration) {
        var settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, configuration.applicationId());
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, configuration.bootstrapServers());
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_INTERVAL_MILLIS);
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), COMMIT_INTERVAL_MILLIS);
        settings.put(StreamsConfig.POLL_MS_CONFIG, POLL_MILLIS);
        settings.put(
                StreamsConfig.mainConsumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), SESSION_TIMEOUT_MILLIS);
        settings.put(StreamsConfig.mainConsumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), HEARTBEAT_MILLIS);
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_BLOCK_MS_CONFIG), COMMIT_PATIENCE_MILLIS);
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), LARGEST_RECORD_BYTES);
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION), 1);
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 5);
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), POLLED_RECORDS);
        settings.put(StreamsConfig.STATE_DIR_CONFIG, "session-events-state");
        settings.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class);
        settings.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        settings.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_GLOBAL_ENABLED_CONFIG, true);
        settings.putAll(configuration.kafka());
        return settings;
    }
}
