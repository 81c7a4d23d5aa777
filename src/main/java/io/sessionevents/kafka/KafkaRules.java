package io.sessionevents.kafka;

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
    private static final String SILENT = "it may skip a failed record, which would be lost silently";
    private static final String FORMATS = "formats are fixed; only value.serde.class can be chosen";
    private static final String ONE_CLUSTER = "all clients must use one cluster";
    private static final Pattern OFFSET_RESET = Pattern.compile("earliest|latest|by_duration:.+");
    private static final int LEAST_REQUEST_BYTES = 1024 * 1024;

    static final List<KafkaRule> ALL = Stream.of(
                    // Exactly once.
                    only(
                            "processing.guarantee",
                            "exactly_once_v2",
                            "a crash would lose or repeat events, and an instance without tasks could still write"),
                    only("enable.auto.commit", "false", "offsets, events and state must be committed together"),
                    only("isolation.level", "read_committed", "rolled-back records would be taken for true"),
                    never(
                            "transactional.id",
                            "Kafka Streams names transactions, so that a new owner fences the old one"),
                    only(
                            "transaction.two.phase.commit.enable",
                            "false",
                            "a transaction that never times out holds up every reader"),
                    only("enable.idempotence", "true", "a repeated request would write events twice"),
                    only("acks", "all", "events would be lost with a broker", "-1"),
                    only(
                            "max.in.flight.requests.per.connection",
                            "1",
                            "a request that overtakes a transaction's first fails the transaction"),
                    // One cluster, one group, one name.
                    elsewhere("bootstrap.servers"),
                    elsewhere("application.id"),
                    never("bootstrap.controllers", ONE_CLUSTER),
                    never("group.id", "the consumer group is application.id"),
                    only(
                            "group.protocol",
                            "classic",
                            "the call budget's lease counts the classic protocol's heartbeats"),
                    never("group.remote.assignor", "it belongs to another group.protocol"),
                    never("partition.assignment.strategy", "Kafka Streams assigns the tasks"),
                    // Order.
                    never("partitioner.class", "a session's records must stay in one partition, or lose their order"),
                    only(
                            "partitioner.ignore.keys",
                            "false",
                            "a session's records must stay in one partition, or lose their order"),
                    // Nothing lost silently.
                    never("deserialization.exception.handler", SILENT),
                    never("default.deserialization.exception.handler", SILENT),
                    never("production.exception.handler", SILENT),
                    never("default.production.exception.handler", SILENT),
                    never("processing.exception.handler", SILENT),
                    never(
                            "errors.dead.letter.queue.topic.name",
                            "it belongs to handlers that skip failed records; dead letters go to dead.letter.topic"),
                    never("processor.wrapper.class", "it may change or drop records unseen"),
                    new KafkaRule(
                            "max.request.size",
                            true,
                            "at least " + LEAST_REQUEST_BYTES,
                            atLeast(LEAST_REQUEST_BYTES),
                            "a dead letter with its original bytes would not fit"),
                    new KafkaRule(
                            "buffer.memory",
                            true,
                            "at least " + LEAST_REQUEST_BYTES,
                            atLeast(LEAST_REQUEST_BYTES),
                            "a dead letter with its original bytes would not fit"),
                    new KafkaRule(
                            "auto.offset.reset",
                            true,
                            "earliest, latest or by_duration:…",
                            OFFSET_RESET.asMatchPredicate(),
                            "a start without committed offsets would always fail"),
                    // State.
                    never("topic.cleanup.policy", "a changelog that is not only compacted loses sessions"),
                    never("topic.retention.*", "unread requests would be lost"),
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
                            "the service has its own, whose producers fence every transaction"),
                    never("default.timestamp.extractor", "records are stamped when they are read"),
                    only("allow.auto.create.topics", "false", "a mistyped topic would be created instead of reported"),
                    new KafkaRule("num.stream.threads", true, "at least 1", atLeast(1), "nothing would be done"),
                    never("internal.*", "private to Kafka, may break anything"),
                    never("__*", "private to Kafka, may break anything"))
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
