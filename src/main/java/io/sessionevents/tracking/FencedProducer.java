package io.sessionevents.tracking;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * A producer whose every transaction is fenced by the consumer group.
 *
 * <p>Under {@code exactly_once_v2} a process whose tasks have moved is fenced by the offsets in its transaction: the group's
 * coordinator refuses those of a former generation, and the transaction is aborted. Kafka Streams sends no offsets for tasks
 * that have consumed nothing since they were assigned, and ours are such: after a rebalance, their events come from
 * punctuations. Their transactions would be committed whoever owns the tasks by now. So where Kafka Streams has no offsets to
 * send, this sends one that is committed already: it changes nothing, and the coordinator checks the generation.
 *
 * <p>Owned by one StreamThread, like its consumer.
 */
final class FencedProducer extends KafkaProducer<byte[], byte[]> {
    /** A third of the transaction's time-out; Kafka Streams tries again after it. */
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Supplier<Consumer<byte[], byte[]>> consumer;

    /** What is sent for want of others; of use as long as the generation lasts and nothing else was sent. */
    private @Nullable Known known;

    private record Known(int generation, Map<TopicPartition, OffsetAndMetadata> offsets) {}

    /**
     * Makes one.
     *
     * @param consumer the main consumer of the same StreamThread
     */
    FencedProducer(Map<String, Object> config, Supplier<Consumer<byte[], byte[]>> consumer) {
        super(config, new ByteArraySerializer(), new ByteArraySerializer());
        this.consumer = consumer;
    }

    @Override
    public void sendOffsetsToTransaction(
            Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata groupMetadata) {
        if (!offsets.isEmpty()) {
            known = null;
            super.sendOffsetsToTransaction(offsets, groupMetadata);
            return;
        }
        if (known == null || known.generation() != groupMetadata.generationId()) {
            known = new Known(groupMetadata.generationId(), committed(consumer.get()));
        }
        super.sendOffsetsToTransaction(known.offsets(), groupMetadata);
    }

    /** One committed offset of this StreamThread's partitions; where none is, the beginning, from which it would read. */
    private static Map<TopicPartition, OffsetAndMetadata> committed(Consumer<byte[], byte[]> consumer) {
        Set<TopicPartition> assigned = consumer.assignment();
        var offsets = new HashMap<TopicPartition, OffsetAndMetadata>();
        consumer.committed(assigned, TIMEOUT).entrySet().stream()
                .filter(entry -> Objects.nonNull(entry.getValue()))
                .findFirst()
                .ifPresentOrElse(
                        entry -> offsets.put(entry.getKey(), entry.getValue()),
                        () -> assigned.stream().findFirst().ifPresent(partition -> {
                            long beginning = consumer.beginningOffsets(Set.of(partition), TIMEOUT)
                                    .getOrDefault(partition, 0L);
                            offsets.put(partition, new OffsetAndMetadata(beginning));
                        }));
        return offsets;
    }
}
