package io.sessionevents.config;

import static java.util.function.Predicate.not;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The keys of Kafka that an operator may not set, or not to anything, each with its reason. The list is closed: every other
 * key is the operator's, and wins over our defaults.
 */
final class KafkaRules {
    private static final String SILENT = "it may go on over a record that fails, which would be lost silently";
    private static final String FORMATS = "the formats of all topics are fixed; only value.serde.class can be chosen";
    private static final String ONE_CLUSTER =
            "all clients must speak to one cluster, or half of the service would be elsewhere";
    private static final Pattern OFFSET_RESET = Pattern.compile("earliest|latest|by_duration:.+");
    private static final int LEAST_REQUEST_BYTES = 1024 * 1024;

    static final List<KafkaRule> ALL = Stream.of(
                    // Exactly once.
                    only(
                            "processing.guarantee",
                            "exactly_once_v2",
                            "after a crash events would be lost or repeated, and an instance that has lost its tasks could still write"),
                    only(
                            "enable.auto.commit",
                            "false",
                            "offsets are committed together with events and state, or events would be lost or repeated"),
                    only("isolation.level", "read_committed", "what was rolled back would be taken for true"),
                    never(
                            "transactional.id",
                            "Kafka Streams names the transactions, so that a new owner fences the old one"),
                    only(
                            "transaction.two.phase.commit.enable",
                            "false",
                            "a transaction that never times out holds up every reader"),
                    only("enable.idempotence", "true", "a request that is sent again would write events twice"),
                    only("acks", "all", "events would be lost with a broker", "-1"),
                    only(
                            "max.in.flight.requests.per.connection",
                            "1",
                            "a request that overtakes a transaction's first one is refused as out of sequence, and the transaction fails"),
                    // One cluster, one group, one name.
                    elsewhere("bootstrap.servers"),
                    elsewhere("application.id"),
                    never("bootstrap.controllers", ONE_CLUSTER),
                    never("group.id", "the consumer group is application.id"),
                    only(
                            "group.protocol",
                            "classic",
                            "the lease of the call budget counts the heartbeats of the classic protocol"),
                    never("group.remote.assignor", "it belongs to another group.protocol"),
                    never("partition.assignment.strategy", "Kafka Streams assigns the tasks"),
                    // Order.
                    never(
                            "partitioner.class",
                            "the records of a session must stay in one partition, or its events lose their order"),
                    only(
                            "partitioner.ignore.keys",
                            "false",
                            "the records of a session must stay in one partition, or its events lose their order"),
                    // Nothing lost silently.
                    never("deserialization.exception.handler", SILENT),
                    never("default.deserialization.exception.handler", SILENT),
                    never("production.exception.handler", SILENT),
                    never("default.production.exception.handler", SILENT),
                    never("processing.exception.handler", SILENT),
                    never(
                            "errors.dead.letter.queue.topic.name",
                            "it belongs to handlers that go on over a record that fails; dead letters go to dead.letter.topic"),
                    never("processor.wrapper.class", "it may change or drop records unseen"),
                    new KafkaRule(
                            "max.request.size",
                            true,
                            "at least " + LEAST_REQUEST_BYTES,
                            atLeast(LEAST_REQUEST_BYTES),
                            "a dead letter carries its original bytes, and would not fit"),
                    new KafkaRule(
                            "buffer.memory",
                            true,
                            "at least " + LEAST_REQUEST_BYTES,
                            atLeast(LEAST_REQUEST_BYTES),
                            "a dead letter carries its original bytes, and would not fit"),
                    new KafkaRule(
                            "auto.offset.reset",
                            true,
                            "earliest, latest or by_duration:…",
                            OFFSET_RESET.asMatchPredicate(),
                            "a start without committed offsets would fail again and again"),
                    // State.
                    never("topic.cleanup.policy", "a changelog that is not compacted only loses sessions"),
                    never("topic.retention.*", "requests that nobody has read yet would be lost"),
                    only(
                            "topic.unclean.leader.election.enable",
                            "false",
                            "sessions and requests would be lost with a broker"),
                    // Formats and parts of ours.
                    never("key.serializer", FORMATS),
                    never("value.serializer", FORMATS),
                    never("key.deserializer", FORMATS),
                    never("value.deserializer", FORMATS),
                    never("default.key.serde", FORMATS),
                    never("default.value.serde", FORMATS),
                    never("default.list.*", FORMATS),
                    never(
                            "default.client.supplier",
                            "the service brings its own, whose producers fence every transaction"),
                    never("default.timestamp.extractor", "records are stamped when they are read"),
                    only("allow.auto.create.topics", "false", "a mistyped topic would be made instead of named"),
                    new KafkaRule("num.stream.threads", true, "at least 1", atLeast(1), "nothing would be done"),
                    never("internal.*", "it is private to Kafka and may break anything"),
                    never("__*", "it is private to Kafka and may break anything"))
            .toList();

    private KafkaRules() {}

    /** The rule that the value breaks, if it breaks one. */
    static Optional<KafkaRule> brokenBy(KafkaKey key, String value) {
        return ALL.stream()
                .filter(rule -> rule.concerns(key))
                .filter(not(rule -> rule.taken().test(value.strip())))
                .findFirst();
    }

    private static KafkaRule never(String key, String reason) {
        return new KafkaRule(key, true, "", value -> false, reason);
    }

    private static KafkaRule only(String key, String value, String reason, String... same) {
        return new KafkaRule(
                key, true, value, given -> given.equals(value) || Set.of(same).contains(given), reason);
    }

    /** Without a client's prefix it is the setting of ours with that name. */
    private static KafkaRule elsewhere(String key) {
        return new KafkaRule(key, false, "", value -> false, ONE_CLUSTER + "; set " + key);
    }

    private static Predicate<String> atLeast(int least) {
        return value -> {
            try {
                return Long.parseLong(value) >= least;
            } catch (NumberFormatException e) {
                return false;
            }
        };
    }
}
