package io.sessionevents.streams;

import io.sessionevents.calls.CommitWatch;
import io.sessionevents.kafka.Refusals;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * A producer whose every transaction is fenced by the consumer group, and that commits no offset of an input topic that is gone.
 *
 * <p>Under {@code exactly_once_v2} a process whose tasks have moved is fenced by the offsets in its transaction: the group's
 * coordinator refuses those of a former generation, and the transaction is aborted. Kafka Streams sends no offsets for tasks
 * that have consumed nothing since they were assigned, and ours are such: after a rebalance, their events come from
 * punctuations. Their transactions would be committed whoever owns the tasks by now. So where Kafka Streams has no offsets to
 * send, this sends one that is committed already: it changes nothing, and the coordinator checks the generation.
 *
 * <p>A record that a topic refuses because it is too large is told to {@link Refusals}, and its task is tried again: next time
 * it is cut.
 *
 * <p>Owned by one StreamThread, like its consumer.
 */
final class FencedProducer extends KafkaProducer<byte[], byte[]> {
    /** A third of the transaction's time-out; Kafka Streams tries again after it. */
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Supplier<Consumer<byte[], byte[]>> consumer;
    private final String streamThread;
    private final CommitWatch watch;
    private final TopicIdentity input;
    private final Refusals refusals;

    /** What is sent for want of others: committed in that generation, by this producer last, or by whoever did before. */
    private @Nullable Known known;

    /** What goes with the transaction under way. */
    private @Nullable Known sent;

    /** Which input topic the offsets of this generation are of, as far as the brokers have said. */
    private @Nullable Reading reading;

    private boolean inputSent;
    private boolean stuck;

    private record Reading(int generation, Uuid topic) {}

    private record Known(int generation, Map<TopicPartition, OffsetAndMetadata> offsets) {}

    /** Kafka Streams gives the task of such a record up and opens it again, instead of ending the StreamThread. */
    static final class RefusedRecordException extends RetriableException {
        private static final long serialVersionUID = 1;

        RefusedRecordException(RecordTooLargeException cause) {
            super(cause);
        }
    }

    /**
     * A producer for one StreamThread.
     *
     * @param streamThread name of the StreamThread
     * @param consumer the main consumer of the same StreamThread
     * @param watch told of what is written, committed and undone
     * @param input the topic that others may delete
     */
    FencedProducer(
            Map<String, Object> config,
            String streamThread,
            Supplier<Consumer<byte[], byte[]>> consumer,
            CommitWatch watch,
            TopicIdentity input,
            Refusals refusals) {
        super(config, new ByteArraySerializer(), new ByteArraySerializer());
        this.streamThread = streamThread;
        this.consumer = consumer;
        this.watch = watch;
        this.input = input;
        this.refusals = refusals;
    }

    @Override
    public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> written, Callback callback) {
        watch.written(streamThread);
        return super.send(written, (metadata, failure) -> {
            if (failure instanceof RecordTooLargeException tooLarge) {
                refusals.refused(written);
                callback.onCompletion(metadata, new RefusedRecordException(tooLarge));
            } else {
                callback.onCompletion(metadata, failure);
            }
        });
    }

    @Override
    public void sendOffsetsToTransaction(
            Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata groupMetadata) {
        int generation = groupMetadata.generationId();
        Known next = offsets.isEmpty() ? known(generation) : new Known(generation, one(offsets));
        Map<TopicPartition, OffsetAndMetadata> all = offsets.isEmpty() ? next.offsets() : offsets;
        if (all.keySet().stream().anyMatch(partition -> input.concerns(partition.topic()))) {
            sendInputOffsets(generation, all, groupMetadata);
        } else {
            unlessRefused(() -> super.sendOffsetsToTransaction(all, groupMetadata));
        }
        sent = next;
    }

    /**
     * A record that its topic refused fails the transaction, and its callback may come to Kafka Streams later than the commit.
     * A StreamThread would die of Kafka's exception; of this one it gives its tasks up and gets them anew.
     */
    private static void unlessRefused(Runnable action) {
        try {
            action.run();
        } catch (KafkaException e) {
            boolean refused = Stream.<Throwable>iterate(e, Objects::nonNull, Throwable::getCause)
                    .anyMatch(RecordTooLargeException.class::isInstance);
            throw refused ? new CommitFailedException("a record is too large for its topic") : e;
        }
    }

    /** A broker takes no offset of a topic that is gone, and Kafka's client would try for minutes. */
    private void sendInputOffsets(
            int generation, Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata groupMetadata) {
        if (reading == null
                || reading.generation() != generation
                || reading.topic().equals(TopicIdentity.UNSAID)) {
            reading = new Reading(generation, input.now(TopicIdentity.UNSAID));
        }
        inputSent = true;
        try {
            Uuid topic = reading.topic();
            unlessRefused(
                    () -> input.whileThereIs(topic, () -> super.sendOffsetsToTransaction(offsets, groupMetadata)));
        } catch (TopicIdentity.GoneException e) {
            stuck = true;
            throw e;
        }
    }

    /**
     * Remembers what it has committed. Asking the brokers for it at the next transaction would not do: for a moment after a
     * commit they may still answer with what was committed before, and sending that would take the group back to it.
     *
     * @throws TopicIdentity.GoneException if the input topic was made anew meanwhile: committed, the offsets of the old one would hide
     *     the first records of the new one
     */
    @Override
    public void commitTransaction() {
        if (inputSent && reading != null && input.gone(reading.topic())) {
            throw new TopicIdentity.GoneException("the input topic was deleted");
        }
        Known committed = sent == null ? known : sent;
        forget();
        unlessRefused(super::commitTransaction);
        watch.committed(streamThread);
        known = committed;
    }

    /** What a producer that is stuck has begun is aborted by the one that takes its place. */
    @Override
    public void abortTransaction() {
        forget();
        if (!stuck) {
            super.abortTransaction();
        }
        watch.aborted(streamThread);
    }

    @Override
    public void close() {
        if (stuck) {
            close(Duration.ZERO);
        } else {
            super.close();
        }
    }

    @Override
    public void close(Duration timeout) {
        try {
            super.close(timeout);
        } finally {
            watch.aborted(streamThread);
        }
    }

    private void forget() {
        known = null;
        sent = null;
        inputSent = false;
    }

    private Known known(int generation) {
        return known != null && known.generation() == generation
                ? known
                : new Known(generation, committed(consumer.get()));
    }

    /** Of a topic of ours if there is one. */
    private Map<TopicPartition, OffsetAndMetadata> one(Map<TopicPartition, OffsetAndMetadata> offsets) {
        var first = offsets.entrySet().stream()
                .min(Comparator.comparing(entry -> input.concerns(entry.getKey().topic())))
                .orElseThrow();
        return Map.of(first.getKey(), first.getValue());
    }

    /** One committed offset of this StreamThread's partitions; where none is, the beginning, from which it would read. */
    private Map<TopicPartition, OffsetAndMetadata> committed(Consumer<byte[], byte[]> consumer) {
        Set<TopicPartition> assigned = consumer.assignment();
        var offsets = new HashMap<TopicPartition, OffsetAndMetadata>();
        consumer.committed(assigned, TIMEOUT).entrySet().stream()
                .filter(entry -> Objects.nonNull(entry.getValue()))
                .min(Comparator.comparing(entry -> input.concerns(entry.getKey().topic())))
                .ifPresentOrElse(
                        entry -> offsets.put(entry.getKey(), entry.getValue()),
                        () -> assigned.stream()
                                .min(Comparator.comparing(partition -> input.concerns(partition.topic())))
                                .ifPresent(partition -> {
                                    long beginning = consumer.beginningOffsets(Set.of(partition), TIMEOUT)
                                            .getOrDefault(partition, 0L);
                                    offsets.put(partition, new OffsetAndMetadata(beginning));
                                }));
        return offsets;
    }
}
