package io.sessionevents.tracking;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
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
    private final String streamThread;
    private final CommitWatch watch;

    /** What is sent for want of others: committed in that generation, by this producer last, or by whoever did before. */
    private @Nullable Known known;

    /** What goes with the transaction under way. */
    private @Nullable Known sent;

    private record Known(int generation, Map<TopicPartition, OffsetAndMetadata> offsets) {}

    /**
     * Makes one.
     *
     * @param streamThread name of the StreamThread
     * @param consumer the main consumer of the same StreamThread
     * @param watch told of what is written, committed and undone
     */
    FencedProducer(
            Map<String, Object> config,
            String streamThread,
            Supplier<Consumer<byte[], byte[]>> consumer,
            CommitWatch watch) {
        super(config, new ByteArraySerializer(), new ByteArraySerializer());
        this.streamThread = streamThread;
        this.consumer = consumer;
        this.watch = watch;
    }

    @Override
    public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> written, @Nullable Callback callback) {
        watch.written(streamThread);
        return super.send(written, callback);
    }

    @Override
    public void sendOffsetsToTransaction(
            Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata groupMetadata) {
        int generation = groupMetadata.generationId();
        Known next = offsets.isEmpty() ? known(generation) : new Known(generation, one(offsets));
        super.sendOffsetsToTransaction(offsets.isEmpty() ? next.offsets() : offsets, groupMetadata);
        sent = next;
    }

    /**
     * Remembers what it has committed. Asking the brokers for it at the next transaction would not do: for a moment after a
     * commit they may still answer with what was committed before, and sending that would take the group back to it.
     */
    @Override
    public void commitTransaction() {
        Known committed = sent == null ? known : sent;
        forget();
        super.commitTransaction();
        watch.committed(streamThread);
        known = committed;
    }

    @Override
    public void abortTransaction() {
        forget();
        super.abortTransaction();
        watch.aborted(streamThread);
    }

    @Override
    public void close(Duration timeout) {
        super.close(timeout);
        watch.aborted(streamThread);
    }

    private void forget() {
        known = null;
        sent = null;
    }

    private Known known(int generation) {
        return known != null && known.generation() == generation
                ? known
                : new Known(generation, committed(consumer.get()));
    }

    private static Map<TopicPartition, OffsetAndMetadata> one(Map<TopicPartition, OffsetAndMetadata> offsets) {
        var first = offsets.entrySet().iterator().next();
        return Map.of(first.getKey(), first.getValue());
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
