package io.sessionevents.streams;

import static java.util.Objects.requireNonNull;

import io.sessionevents.kafka.KafkaDefaults;
import io.sessionevents.kafka.KafkaSettings;
import io.sessionevents.session.RecordLimit;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.StreamsConfig;
import org.jspecify.annotations.Nullable;

/**
 * Settings of Kafka Streams: what the configuration passes through as {@code kafka.*}, on top of {@link KafkaDefaults}, and
 * what the service could not do without.
 *
 * <p>Every punctuation marks its task as needing a commit, so a short commit interval would make an idle service write
 * without end. Ours is long, and the processors ask for a commit whenever they have something to show. It must not exceed
 * the transaction time-out, which in turn bounds how long an instance that died in the middle of a transaction holds up
 * readers of committed records.
 *
 * <p>One request in flight: under transactions v2 the broker verifies a partition's first append of a transaction on its
 * way, and a second request that overtakes it meanwhile is refused as out of sequence. What is written is little, so
 * nothing is lost by it.
 *
 * <p>A commit waits for brokers for four minutes: Kafka Streams cannot go on with a producer whose commit has timed out, the
 * StreamThread dies, and the group waits for its session to time out. That is below {@code max.poll.interval.ms}, five
 * minutes, because nothing is polled meanwhile.
 */
public final class StreamsSettings {
    /** Kafka's default, whatever the default of the cluster is: what an internal topic holds was measured against it. */
    private static final int INTERNAL_RECORD_BYTES = RecordLimit.KAFKA_DEFAULT;

    private StreamsSettings() {}

    /** The largest record that the producer takes, in bytes; a topic may take larger ones. */
    public static int largestRecord(Properties settings) {
        Map<String, Object> given = new StreamsConfig(settings).getProducerConfigs("any");
        given.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        given.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        var producer = new ProducerConfig(given);
        return (int) Math.min(
                producer.getInt(ProducerConfig.MAX_REQUEST_SIZE_CONFIG),
                producer.getLong(ProducerConfig.BUFFER_MEMORY_CONFIG));
    }

    /** After what silence the group gives the tasks of this instance away. */
    public static Duration sessionTimeout(Properties settings) {
        return Duration.ofMillis(mainConsumer(settings).getInt(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG));
    }

    /** How long a StreamThread may go without a poll before the group takes it for dead. */
    public static Duration longestPollInterval(Properties settings) {
        return Duration.ofMillis(mainConsumer(settings).getInt(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG));
    }

    private static ConsumerConfig mainConsumer(Properties settings) {
        Map<String, Object> consumer = new StreamsConfig(settings).getMainConsumerConfigs("any", "any", 0);
        consumer.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        consumer.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        return new ConsumerConfig(consumer);
    }

    /**
     * One that is stopped leaves the group, or its partitions would wait for the session time-out, whether it has a name of its
     * own or none; one that was given a name stays, for it will be back soon.
     */
    public static CloseOptions closing(Properties settings, Duration timeout) {
        return CloseOptions.timeout(timeout)
                .withGroupMembershipOperation(
                        givenName(settings) == null
                                ? CloseOptions.GroupMembershipOperation.LEAVE_GROUP
                                : CloseOptions.GroupMembershipOperation.REMAIN_IN_GROUP);
    }

    /** The name that the configuration gives this instance under one of Kafka's keys; null if it gives none. */
    public static @Nullable String givenName(Properties settings) {
        return Stream.of(
                        StreamsConfig.mainConsumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG),
                        StreamsConfig.consumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG),
                        ConsumerConfig.GROUP_INSTANCE_ID_CONFIG)
                .map(settings::getProperty)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** Whether the instance is to have a name that nobody gave it. */
    static boolean wantsOwnName(InstanceNaming naming, Properties settings) {
        return naming == InstanceNaming.AUTO && givenName(settings) == null;
    }

    /** Whether the state stores hold what is committed alone, so that a process that is killed leaves them fit for use. */
    static boolean transactionalStores(Properties settings) {
        Object given = settings.get(StreamsConfig.TRANSACTIONAL_STATE_STORES_CONFIG);
        return given != null && Boolean.parseBoolean(given.toString().strip());
    }

    /** Where Kafka Streams keeps what belongs to this application. */
    static Path applicationDirectory(Properties settings) {
        return Path.of(
                requireNonNull(settings.getProperty(StreamsConfig.STATE_DIR_CONFIG)),
                requireNonNull(settings.getProperty(StreamsConfig.APPLICATION_ID_CONFIG)));
    }

    /** Where the state stores are. */
    public static Path stateDirectory(KafkaSettings kafka) {
        return Path.of(
                requireNonNull(of(kafka).get(StreamsConfig.STATE_DIR_CONFIG)).toString());
    }

    /**
     * Those of that cluster.
     *
     * @param address where other instances reach this one, {@code host:port}, unless the configuration says so; null: nowhere
     */
    public static Properties of(KafkaSettings kafka, @Nullable String address) {
        Properties settings = of(kafka);
        if (address != null) {
            settings.putIfAbsent(StreamsConfig.APPLICATION_SERVER_CONFIG, address);
        }
        return settings;
    }

    /** Settings of a plain admin client. */
    public static Map<String, Object> admin(Properties settings, String clientId) {
        return new StreamsConfig(settings).getAdminConfigs(clientId);
    }

    /** Those of that cluster. */
    public static Properties of(KafkaSettings kafka) {
        var settings = new Properties();
        settings.putAll(KafkaDefaults.under(kafka.passedOn()));
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, kafka.streamsApplicationId());
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        settings.putIfAbsent(StreamsConfig.topicPrefix(TopicConfig.MAX_MESSAGE_BYTES_CONFIG), INTERNAL_RECORD_BYTES);
        settings.putIfAbsent(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class);
        settings.putIfAbsent(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        settings.putIfAbsent(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_GLOBAL_ENABLED_CONFIG, true);
        return settings;
    }
}
