package io.sessionevents.kafka;

import static java.util.stream.Collectors.toUnmodifiableMap;

import io.sessionevents.config.NearestKey;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.jspecify.annotations.Nullable;

/**
 * A key of Kafka Streams as it stands behind {@code kafka.}: {@code main.consumer.session.timeout.ms} is
 * {@code session.timeout.ms} for the main consumer.
 *
 * @param name without the prefix of the client
 */
record KafkaKey(Scope scope, String name) {
    /** What stands before all of them in our configuration. */
    static final String PREFIX = "kafka.";

    /** Which client a key is for. */
    enum Scope {
        MAIN_CONSUMER(StreamsConfig.MAIN_CONSUMER_PREFIX),
        RESTORE_CONSUMER(StreamsConfig.RESTORE_CONSUMER_PREFIX),
        GLOBAL_CONSUMER(StreamsConfig.GLOBAL_CONSUMER_PREFIX),
        CONSUMER(StreamsConfig.CONSUMER_PREFIX),
        PRODUCER(StreamsConfig.PRODUCER_PREFIX),
        ADMIN(StreamsConfig.ADMIN_CLIENT_PREFIX),
        TOPIC(StreamsConfig.TOPIC_PREFIX),
        CLIENT_TAG(StreamsConfig.CLIENT_TAG_PREFIX),
        /** Every client that knows the key. */
        ANY("");

        final String prefix;

        Scope(String prefix) {
            this.prefix = prefix;
        }
    }

    private static final Map<String, ConfigDef.ConfigKey> CONSUMER = definitions(ConsumerConfig.configDef());
    private static final Map<String, ConfigDef.ConfigKey> PRODUCER = definitions(ProducerConfig.configDef());
    private static final Map<String, ConfigDef.ConfigKey> ADMIN = definitions(AdminClientConfig.configDef());
    private static final Map<String, ConfigDef.ConfigKey> ALL = definitions(
            StreamsConfig.configDef(),
            ConsumerConfig.configDef(),
            ProducerConfig.configDef(),
            AdminClientConfig.configDef());

    private static final Set<String> TOPIC_KEYS = Arrays.stream(TopicConfig.class.getFields())
            .filter(field -> field.getName().endsWith("_CONFIG") && Modifier.isStatic(field.getModifiers()))
            .map(KafkaKey::constant)
            .collect(Collectors.toUnmodifiableSet());

    /** The names behind these are the operator's own. */
    private static final List<String> OPEN = List.of("config.providers.", "metrics.context.");

    static KafkaKey parse(String text) {
        Scope scope = Arrays.stream(Scope.values())
                .filter(candidate -> text.startsWith(candidate.prefix))
                .findFirst()
                .orElse(Scope.ANY);
        return new KafkaKey(scope, text.substring(scope.prefix.length()));
    }

    /** Whether Kafka documents it; a login module or a reporter may know others. */
    boolean known() {
        return scope == Scope.CLIENT_TAG
                || OPEN.stream().anyMatch(name::startsWith)
                || (scope == Scope.TOPIC
                        ? TOPIC_KEYS.contains(name)
                        : definitions().containsKey(name));
    }

    /** What Kafka says of it; null where it does not. */
    ConfigDef.@Nullable ConfigKey definition() {
        return definitions().get(name);
    }

    /** The name that Kafka knows and that is most like this one, with this one's prefix. */
    String nearest() {
        return scope.prefix
                + NearestKey.of(
                        name, scope == Scope.TOPIC ? TOPIC_KEYS : definitions().keySet());
    }

    /** An environment variable cannot tell a dot from an underscore: the key that Kafka knows, if there is one. */
    static String spelledAs(String dotted) {
        KafkaKey key = parse(dotted);
        return key.known()
                ? dotted
                : key.definitions().keySet().stream()
                        .filter(name -> name.replace('_', '.').equals(key.name))
                        .findFirst()
                        .map(name -> key.scope.prefix + name)
                        .orElse(dotted);
    }

    @Override
    public String toString() {
        return PREFIX + scope.prefix + name;
    }

    private Map<String, ConfigDef.ConfigKey> definitions() {
        return switch (scope) {
            case MAIN_CONSUMER, RESTORE_CONSUMER, GLOBAL_CONSUMER, CONSUMER -> CONSUMER;
            case PRODUCER -> PRODUCER;
            case ADMIN -> ADMIN;
            case TOPIC, CLIENT_TAG -> Map.of();
            case ANY -> ALL;
        };
    }

    /** By name; those of the first where several know it. */
    private static Map<String, ConfigDef.ConfigKey> definitions(ConfigDef... all) {
        return Arrays.stream(all)
                .flatMap(definition -> definition.configKeys().values().stream())
                .collect(toUnmodifiableMap(key -> key.name, Function.identity(), (first, later) -> first));
    }

    private static String constant(Field field) {
        try {
            return String.valueOf(field.get(null));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
