package io.sessionevents.history;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sessionevents.history.KeptRecords.Kept;
import io.sessionevents.session.HistoryEntry.Position;
import io.sessionevents.session.SessionKey;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the topics hold of one session: of each the one partition that Kafka's default partitioner, and so the service, writes
 * the key to, all at once, up to what was committed when it began. It belongs to no consumer group and commits nothing. Not for use by
 * several threads.
 */
public final class HistoryReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration CLOSING = Duration.ofSeconds(1);

    private static final Map<String, Object> SETTINGS = Map.of(
            "isolation.level", "read_committed",
            "enable.auto.commit", "false",
            "auto.offset.reset", "none",
            "allow.auto.create.topics", "false",
            "enable.metrics.push", "false",
            "max.poll.records", "2000",
            "max.partition.fetch.bytes", Integer.toString(4 * 1024 * 1024),
            "fetch.max.bytes", Integer.toString(8 * 1024 * 1024));

    private final Consumer<Boolean, byte @Nullable []> consumer;
    private final KeyFilter filter;
    private final HistoryTopics topics;
    private final LongSupplier nanoClock;

    /**
     * What was found.
     *
     * @param records the oldest first
     * @param older how many older records of the session were left out
     * @param unread how many of the youngest records in the partitions were not read
     * @param read records of any session
     */
    public record Found<E>(List<E> records, long older, long unread, long read) {}

    /** Told how far reading is. */
    @FunctionalInterface
    public interface Progress {
        /** @param done of all offsets */
        void at(long done, long all);
    }

    /** What is made of a record. */
    @FunctionalInterface
    public interface Decoder<E> {
        E decode(Position position, byte[] value);
    }

    HistoryReader(
            Consumer<Boolean, byte @Nullable []> consumer,
            KeyFilter filter,
            HistoryTopics topics,
            LongSupplier nanoClock) {
        this.consumer = consumer;
        this.filter = filter;
        this.topics = topics;
        this.nanoClock = nanoClock;
    }

    /**
     * One of those topics; connects to nothing yet.
     *
     * @param client settings of a plain consumer
     * @param patience how long a question to the brokers may take
     * @param nanoClock as {@link System#nanoTime}
     */
    public static HistoryReader open(
            Map<String, Object> client, Duration patience, HistoryTopics topics, LongSupplier nanoClock) {
        Map<String, Object> settings = new HashMap<>(client);
        settings.putAll(SETTINGS);
        // Each has a name of its own: several of them read at a time.
        settings.remove("client.id");
        settings.put("default.api.timeout.ms", Long.toString(patience.toMillis()));
        settings.merge("request.timeout.ms", Long.toString(patience.toMillis()), HistoryReader::shorter);
        var filter = new KeyFilter();
        return new HistoryReader(
                new KafkaConsumer<>(settings, filter.keys(), filter.values()), filter, topics, nanoClock);
    }

    private static Object shorter(Object given, Object most) {
        return Long.parseLong(given.toString()) < Long.parseLong(most.toString()) ? given : most;
    }

    /** Ends reading from another thread, with Kafka's {@code WakeupException}. */
    public void interrupt() {
        consumer.wakeup();
    }

    /**
     * Reads what there is of that session.
     *
     * @param since what was written before is not read; null reads from the beginning
     * @param decoder asked of the records of the session alone, once all are read
     * @throws MissingTopicException if a topic does not exist
     * @throws org.apache.kafka.clients.consumer.OffsetOutOfRangeException if a topic was shortened or made anew meanwhile
     */
    public <E> Found<E> read(
            SessionKey key, @Nullable Instant since, Bounds bounds, Progress progress, Decoder<E> decoder) {
        long deadline = nanoClock.getAsLong() + bounds.time().toNanos();
        byte[] wanted = key.toString().getBytes(UTF_8);
        filter.want(wanted);
        List<String> readable = topics.all();
        while (true) {
            try {
                List<TopicPartition> partitions = readable.stream()
                        .flatMap(topic -> partition(topic, wanted).stream())
                        .toList();
                return read(partitions, since, bounds, deadline, progress, decoder);
            } catch (TopicAuthorizationException e) {
                readable = without(e.unauthorizedTopics(), readable).orElseThrow(() -> e);
            }
        }
    }

    private <E> Found<E> read(
            List<TopicPartition> partitions,
            @Nullable Instant since,
            Bounds bounds,
            long deadline,
            Progress progress,
            Decoder<E> decoder) {
        consumer.assign(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        Map<TopicPartition, Long> begins = begins(ends, since);
        begins.forEach(consumer::seek);

        var kept = new KeptRecords(bounds);
        long all = left(ends, partition -> begins.getOrDefault(partition, 0L));
        long left = all;
        long read = 0;
        while (left > 0 && nanoClock.getAsLong() - deadline < 0) {
            progress.at(all - left, all);
            for (ConsumerRecord<Boolean, byte @Nullable []> record : consumer.poll(POLL)) {
                if (record.offset() < end(ends, record)) {
                    read++;
                    keep(record, kept);
                }
            }
            left = left(ends, consumer::position);
        }
        return new Found<>(
                kept.take().stream()
                        .map(record -> decoder.decode(record.position(), record.value()))
                        .toList(),
                kept.older(),
                left,
                read);
    }

    @Override
    public void close() {
        consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(CLOSING));
    }

    private static void keep(ConsumerRecord<Boolean, byte @Nullable []> record, KeptRecords kept) {
        if (!Boolean.TRUE.equals(record.key())) {
            return;
        }
        byte[] value = record.value();
        if (value == null) {
            kept.erase(record.topic());
            return;
        }
        var position = new Position(
                record.topic(), record.partition(), record.offset(), Instant.ofEpochMilli(record.timestamp()));
        kept.add(new Kept(position, value));
    }

    private Optional<TopicPartition> partition(String topic, byte[] key) {
        int partitions = consumer.partitionsFor(topic).size();
        if (partitions > 0) {
            return Optional.of(new TopicPartition(topic, BuiltInPartitioner.partitionForKey(key, partitions)));
        }
        if (topics.optional().contains(topic)) {
            return Optional.empty();
        }
        throw new MissingTopicException(topic);
    }

    /** Those that are left; empty if one is needed that was refused, or if none of them was. */
    private Optional<List<String>> without(Set<String> refused, List<String> readable) {
        List<String> left =
                readable.stream().filter(topic -> !refused.contains(topic)).toList();
        return left.containsAll(topics.required()) && left.size() < readable.size()
                ? Optional.of(left)
                : Optional.empty();
    }

    private Map<TopicPartition, Long> begins(Map<TopicPartition, Long> ends, @Nullable Instant since) {
        if (since == null) {
            return consumer.beginningOffsets(ends.keySet());
        }
        Map<TopicPartition, Long> times = ends.keySet().stream()
                .collect(Collectors.toMap(Function.identity(), partition -> Math.max(0, since.toEpochMilli())));
        Map<TopicPartition, Long> begins = new HashMap<>(ends);
        consumer.offsetsForTimes(times).forEach((partition, found) -> {
            if (found != null) {
                begins.computeIfPresent(partition, (same, end) -> Math.min(end, found.offset()));
            }
        });
        return begins;
    }

    private static long left(Map<TopicPartition, Long> ends, Function<TopicPartition, Long> position) {
        return ends.entrySet().stream()
                .mapToLong(end -> Math.max(0, end.getValue() - position.apply(end.getKey())))
                .sum();
    }

    private static long end(Map<TopicPartition, Long> ends, ConsumerRecord<?, ?> record) {
        return ends.getOrDefault(new TopicPartition(record.topic(), record.partition()), 0L);
    }
}
