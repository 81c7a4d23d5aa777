package io.sessionevents.kafka;

import static java.util.Map.entry;

import io.sessionevents.config.ForeignKeys;
import io.sessionevents.config.Parsers;
import io.sessionevents.config.Setting;
import io.sessionevents.config.Values;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How the cluster is reached.
 *
 * @param streamsApplicationId the consumer group, and the prefix of internal topics
 * @param passedOn settings of Kafka Streams and its clients, without their prefix {@code kafka.}
 */
public record KafkaSettings(String streamsApplicationId, String bootstrapServers, Map<String, String> passedOn) {
    /** The brokers in the configuration file as it is shipped. */
    public static final String SHIPPED_SERVERS = "localhost:9092";

    static final Setting<String> APPLICATION_ID = Setting.optional(
            "application.id",
            "session-events",
            "a name",
            "Kafka Streams' application id: the consumer group, and the prefix of internal topics.",
            Parsers::topic);
    static final Setting<String> BOOTSTRAP_SERVERS = Setting.required(
            "bootstrap.servers",
            "host:port, separated by commas",
            "First Kafka brokers to connect to. `kafka.bootstrap.servers` is the same setting, as `kafka.application.id` is `application.id`; two values must be equal.",
            Parsers::brokers);
    static final Setting<KafkaAuth> KAFKA_AUTH = Setting.optional(
            "kafka.auth",
            "none",
            "none or msk-iam",
            "How to log in to Kafka. `msk-iam`: by IAM, for Amazon MSK, with the credentials of `aws.profile` or of the SDK's own chain. It sets `kafka.security.protocol`, `kafka.sasl.mechanism`, `kafka.sasl.jaas.config` and `kafka.sasl.client.callback.handler.class`; explicit values take precedence.",
            Parsers.constant(KafkaAuth.class));

    private static final Set<String> CLIENT_PREFIXES = Set.of(
            "consumer.", "producer.", "admin.", "main.consumer.", "restore.consumer.", "global.consumer.", "topic.");

    /** Keys of ours. */
    public static final List<Setting<?>> ALL = List.of(APPLICATION_ID, BOOTSTRAP_SERVERS, KAFKA_AUTH);

    /** Keys of Kafka's own. */
    public static final ForeignKeys PASSED_ON = new KafkaKeys();

    /** Keys of ours that Kafka has too, by Kafka's spelling. */
    public static final Map<String, String> SYNONYMS = Map.ofEntries(
            entry(KafkaKey.PREFIX + BOOTSTRAP_SERVERS.name(), BOOTSTRAP_SERVERS.name()),
            entry(KafkaKey.PREFIX + APPLICATION_ID.name(), APPLICATION_ID.name()));

    /**
     * Those that are given, on top of what {@code kafka.auth} stands for.
     *
     * @param awsProfile of the credentials of {@code msk-iam}; null leaves it to the SDK's own chain
     */
    public static KafkaSettings of(Values values, @Nullable String awsProfile) {
        Map<String, String> settings = new TreeMap<>(values.get(KAFKA_AUTH).settings(awsProfile));
        values.passedOn(PASSED_ON).forEach((key, value) -> settings.put(KafkaKeys.name(key), value));
        new KafkaTogether(values).review(settings);
        return new KafkaSettings(values.get(APPLICATION_ID), values.get(BOOTSTRAP_SERVERS), Map.copyOf(settings));
    }

    /**
     * Settings of a plain client: those without a prefix, and those with the client's own, which win.
     *
     * @param prefix {@code admin.}, {@code consumer.} or {@code producer.}
     */
    public Map<String, Object> client(String prefix) {
        Map<String, Object> settings = new HashMap<>();
        passedOn.forEach((key, value) -> {
            if (CLIENT_PREFIXES.stream().noneMatch(key::startsWith)) {
                settings.put(key, value);
            }
        });
        passedOn.forEach((key, value) -> {
            if (key.startsWith(prefix)) {
                settings.put(key.substring(prefix.length()), value);
            }
        });
        settings.remove("group.instance.id");
        settings.put("bootstrap.servers", bootstrapServers);
        return settings;
    }

    /** Never prints what is passed on: it may hold secrets. */
    @Override
    public String toString() {
        return "KafkaSettings[streamsApplicationId=" + streamsApplicationId + ", bootstrapServers=" + bootstrapServers
                + "]";
    }
}
