package io.sessionevents.kafka;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * What the service sets in Kafka's stead where the operator sets nothing. Ours stand without a client's prefix, in the least
 * specific spelling, so by Kafka's own precedence every spelling of the operator's wins. Where the operator sets one of
 * two values that depend on each other, ours follows.
 */
public final class KafkaDefaults {
    private static final String COMMIT_INTERVAL = "commit.interval.ms";
    private static final String TRANSACTION_TIMEOUT = "transaction.timeout.ms";
    private static final String SESSION_TIMEOUT = "session.timeout.ms";
    private static final String HEARTBEAT_INTERVAL = "heartbeat.interval.ms";
    private static final String MAX_POLL_INTERVAL = "max.poll.interval.ms";
    private static final String MAX_BLOCK = "max.block.ms";
    private static final String ROCKSDB_SETTER = "rocksdb.config.setter";
    private static final String METRICS_PUSH = "enable.metrics.push";

    private static final String HOME = "~/";

    /**
     * One of them.
     *
     * @param doc why it is not Kafka's
     */
    record Default(String key, String value, String doc) {}

    static final List<Default> ALL = List.of(
            new Default(SESSION_TIMEOUT, "20000", "then the tasks of a killed instance move"),
            new Default(
                    HEARTBEAT_INTERVAL,
                    "1000",
                    "no call is made before the first heartbeat is answered; at most a third of `session.timeout.ms`"),
            new Default(
                    COMMIT_INTERVAL,
                    "30000",
                    "the service requests a commit for every change, so a shorter interval would only write while idle; at most `transaction.timeout.ms`"),
            new Default(
                    TRANSACTION_TIMEOUT,
                    "30000",
                    "how long a killed instance's open transaction holds up readers; at least `commit.interval.ms`"),
            new Default(
                    MAX_BLOCK,
                    "240000",
                    "how long a commit waits for brokers before its thread dies; at most four fifths of `max.poll.interval.ms`"),
            new Default("max.request.size", "33554432", "a dead letter carries its original bytes"),
            new Default(
                    "max.in.flight.requests.per.connection",
                    "1",
                    "a request that overtakes a transaction's first is refused"),
            new Default("compression.type", "gzip", "events repeat themselves, and every client reads it"),
            new Default("linger.ms", "5", "events are few and awaited"),
            new Default("auto.offset.reset", "earliest", "an ID published before the first start counts"),
            new Default(
                    "max.poll.records",
                    "100",
                    "a thread polls again only when it has processed these, and its polls show that it lives"),
            new Default(
                    "metadata.max.age.ms",
                    "30000",
                    "how soon new partitions of the input topic, or a new topic of its name, are noticed"),
            new Default("poll.ms", "15", "how often results of lookups are taken in"),
            new Default(
                    "state.dir",
                    HOME + ".local/state/session-events",
                    "below the home directory (`session-events-state` below the working directory where there is no home); Kafka's own is lost with /tmp"));

    private KafkaDefaults() {}

    /**
     * Ours as they come into force, without the prefix {@code kafka.}: where the operator sets none of their spellings.
     *
     * @param given as in {@link #under}
     */
    public static Map<String, String> inForce(Map<String, String> given) {
        Map<String, Object> settings = under(given);
        Map<String, String> ours = new LinkedHashMap<>();
        ALL.stream()
                .map(Default::key)
                .filter(key -> given.keySet().stream().noneMatch(name -> name.equals(key) || name.endsWith("." + key)))
                .forEach(key -> ours.put(key, String.valueOf(settings.get(key))));
        return ours;
    }

    /**
     * Settings of Kafka Streams: those that are given, on top of ours.
     *
     * @param given by the operator, without the prefix {@code kafka.}
     */
    public static Map<String, Object> under(Map<String, String> given) {
        Map<String, Object> settings = new LinkedHashMap<>();
        ALL.forEach(ours -> settings.put(ours.key(), atHome(ours.value())));
        follow(
                settings,
                HEARTBEAT_INTERVAL,
                consumer(given, SESSION_TIMEOUT),
                (ours, session) -> Math.min(ours, session / 3));
        follow(settings, COMMIT_INTERVAL, producer(given, TRANSACTION_TIMEOUT), Math::min);
        follow(settings, TRANSACTION_TIMEOUT, number(given, COMMIT_INTERVAL), Math::max);
        follow(settings, MAX_BLOCK, consumer(given, MAX_POLL_INTERVAL), (ours, poll) -> Math.min(ours, poll / 5 * 4));
        settings.putAll(given);
        // Kafka Streams compares the commit interval with this spelling only.
        settings.putIfAbsent("producer." + TRANSACTION_TIMEOUT, String.valueOf(settings.get(TRANSACTION_TIMEOUT)));
        settings.replaceAll((key, value) -> typed(key, value));
        return settings;
    }

    /** A process in a container may have no home: then Java says "?" or the root. */
    private static String atHome(String value) {
        if (!value.startsWith(HOME)) {
            return value;
        }
        String home = System.getProperty("user.home", "");
        return home.length() > 1 && home.startsWith("/")
                ? home + "/" + value.substring(HOME.length())
                : "session-events-state";
    }

    private static void follow(
            Map<String, Object> settings, String key, OptionalLong other, java.util.function.LongBinaryOperator rule) {
        other.ifPresent(value -> settings.computeIfPresent(
                key, (name, ours) -> Long.toString(rule.applyAsLong(Long.parseLong(ours.toString()), value))));
    }

    /** Kafka Streams casts the one before it parses it, and initialises the other before RocksDB is there. */
    private static Object typed(String key, Object value) {
        if (key.endsWith("." + METRICS_PUSH)) {
            return Boolean.valueOf(value.toString().strip());
        }
        try {
            return key.equals(ROCKSDB_SETTER)
                    ? KafkaClasses.find(value.toString().strip())
                    : value;
        } catch (ClassNotFoundException e) {
            return value;
        }
    }

    private static OptionalLong consumer(Map<String, String> given, String name) {
        return number(given, "main.consumer." + name, "consumer." + name, name);
    }

    private static OptionalLong producer(Map<String, String> given, String name) {
        return number(given, "producer." + name, name);
    }

    /** The first of them that is given; empty where that is no number, as with a reference to a configuration provider. */
    private static OptionalLong number(Map<String, String> given, String... spellings) {
        return Stream.of(spellings)
                .filter(given::containsKey)
                .limit(1)
                .map(spelling -> given.getOrDefault(spelling, "").strip())
                .filter(text -> text.matches("\\d{1,18}"))
                .mapToLong(Long::parseLong)
                .findFirst();
    }
}
