package io.sessionevents.history;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** Topics as a reader sees them; its records go through the filter of keys as those of a broker do. */
final class FakeTopics {
    static final int PARTITIONS = 12;

    final AtomicLong nanos = new AtomicLong();
    private final Map<String, List<Written>> records = new HashMap<>();
    private final Map<TopicPartition, Long> first = new HashMap<>();
    private final List<String> optional = new ArrayList<>(List.of("absent"));
    private final Set<String> refused = new HashSet<>();
    private final Set<String> unreadable = new HashSet<>();
    private Consumer<Fake> whenPolled = fake -> {};
    private int opened;

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Written(TopicPartition partition, long offset, Instant at, byte[] key, byte @Nullable [] value) {}

    FakeTopics(String... topics) {
        for (String topic : topics) {
            records.put(topic, new ArrayList<>());
        }
    }

    static int partition(String key) {
        return BuiltInPartitioner.partitionForKey(key.getBytes(UTF_8), PARTITIONS);
    }

    /** One more in the partition of the key. */
    FakeTopics write(String topic, String key, Instant at, @Nullable String value) {
        return write(topic, partition(key), key, at, value);
    }

    FakeTopics write(String topic, int partition, String key, Instant at, @Nullable String value) {
        var place = new TopicPartition(topic, partition);
        in(topic)
                .add(new Written(
                        place, next(place), at, key.getBytes(UTF_8), value == null ? null : value.getBytes(UTF_8)));
        return this;
    }

    /** What the brokers have deleted. */
    FakeTopics without(String topic, int partition, long offsets) {
        var place = new TopicPartition(topic, partition);
        first.put(place, offsets);
        in(topic).removeIf(record -> record.partition().equals(place) && record.offset() < offsets);
        return this;
    }

    FakeTopics whenPolled(Consumer<Fake> task) {
        whenPolled = task;
        return this;
    }

    /** Nobody may read that topic. */
    FakeTopics refuse(String topic) {
        refused.add(topic);
        return this;
    }

    /** Its partitions are seen, its records are not. */
    FakeTopics refuseRecords(String topic) {
        unreadable.add(topic);
        return this;
    }

    /** One more, which need not be there. */
    FakeTopics optional(String topic) {
        records.put(topic, new ArrayList<>());
        optional.add(topic);
        return this;
    }

    int opened() {
        return opened;
    }

    HistoryReader reader() {
        opened++;
        var filter = new KeyFilter();
        var topics = new HistoryTopics(
                records.keySet().stream()
                        .filter(topic -> !optional.contains(topic))
                        .sorted()
                        .toList(),
                optional);
        return new HistoryReader(new Fake(filter), filter, topics, nanos::get);
    }

    private List<Written> in(String topic) {
        return requireNonNull(records.get(topic), topic);
    }

    private long next(TopicPartition place) {
        return in(place.topic()).stream()
                .filter(record -> record.partition().equals(place))
                .mapToLong(record -> record.offset() + 1)
                .max()
                .orElse(first.getOrDefault(place, 0L));
    }

    /** One consumer. */
    final class Fake extends MockConsumer<Boolean, byte @Nullable []> {
        private final Deserializer<Boolean> keys;
        private final Deserializer<byte @Nullable []> values;

        Fake(KeyFilter filter) {
            super("none");
            keys = filter.keys();
            values = filter.values();
            records.keySet()
                    .forEach(topic -> updatePartitions(
                            topic,
                            IntStream.range(0, PARTITIONS)
                                    .mapToObj(number ->
                                            new PartitionInfo(topic, number, Node.noNode(), new Node[0], new Node[0]))
                                    .toList()));
        }

        @Override
        public synchronized List<PartitionInfo> partitionsFor(String topic) {
            if (refused.contains(topic)) {
                throw new TopicAuthorizationException(Set.of(topic));
            }
            return super.partitionsFor(topic);
        }

        @Override
        public synchronized void assign(java.util.Collection<TopicPartition> partitions) {
            super.assign(partitions);
            Map<TopicPartition, Long> begins = new HashMap<>();
            Map<TopicPartition, Long> ends = new HashMap<>();
            partitions.forEach(place -> {
                begins.put(place, first.getOrDefault(place, 0L));
                ends.put(place, next(place));
            });
            updateBeginningOffsets(begins);
            updateEndOffsets(ends);
            schedulePollTask(() -> {
                Set<String> hidden = partitions.stream()
                        .map(TopicPartition::topic)
                        .filter(unreadable::contains)
                        .collect(Collectors.toSet());
                if (!hidden.isEmpty()) {
                    throw new TopicAuthorizationException(hidden);
                }
                records.values().stream()
                        .flatMap(List::stream)
                        .filter(record -> partitions.contains(record.partition()))
                        .forEach(this::add);
                whenPolled.accept(this);
            });
        }

        /** Since then, as a broker says it. */
        @Override
        public synchronized Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(Map<TopicPartition, Long> times) {
            Map<TopicPartition, OffsetAndTimestamp> offsets = new HashMap<>();
            times.forEach((place, since) -> offsets.put(
                    place,
                    in(place.topic()).stream()
                            .filter(record -> record.partition().equals(place)
                                    && record.at().toEpochMilli() >= since)
                            .findFirst()
                            .map(record -> new OffsetAndTimestamp(
                                    record.offset(), record.at().toEpochMilli()))
                            .orElse(null)));
            return offsets;
        }

        private void add(Written written) {
            String topic = written.partition().topic();
            Boolean key = keys.deserialize(topic, written.key());
            byte[] value = written.value() == null ? null : values.deserialize(topic, written.value());
            addRecord(new ConsumerRecord<>(
                    topic,
                    written.partition().partition(),
                    written.offset(),
                    written.at().toEpochMilli(),
                    TimestampType.CREATE_TIME,
                    written.key().length,
                    0,
                    key,
                    value,
                    new RecordHeaders(),
                    Optional.empty()));
        }
    }
}
