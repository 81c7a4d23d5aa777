package io.sessionevents.cli;

import io.sessionevents.settings.Configuration;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads the dead-letter topic once, from its beginning to its present end: dead letters, and which of them were replayed. What is in
 * a transaction that is open is told by whether it is committed in the end.
 */
final class DeadLetterTopic {
    private static final Duration POLL = Duration.ofMillis(200);

    /** Of no progress. Longer than a transaction of the service or of a replay stays open; theirs end after 30 and 60 s. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Configuration configuration;
    private final CommandContext context;
    private final Progress progress;

    DeadLetterTopic(Configuration configuration, CommandContext context, PrintWriter err) {
        this.configuration = configuration;
        this.context = context;
        this.progress =
                new Progress(context, err, "Reading " + configuration.topics().deadLetter());
    }

    /**
     * Hands the dead letters on, the oldest of each partition first.
     *
     * @param letters says of each whether to go on
     */
    void read(Predicate<ReadDeadLetter> letters) {
        reading(consumer -> readToEnd(consumer, consumer, letters, new HashSet<>()));
    }

    /**
     * The dead letters that were not replayed yet. Waits for transactions that are open: marks of a replay may be behind somebody
     * else's.
     */
    List<ReadDeadLetter> unreplayed() {
        List<ReadDeadLetter> letters = new ArrayList<>();
        Set<ReadDeadLetter.Place> replayed = new HashSet<>();
        reading(consumer -> {
            try (KafkaConsumer<byte[], byte[]> uncommitted = consumer("read_uncommitted")) {
                readToEnd(consumer, uncommitted, letters::add, replayed);
            }
        });
        letters.removeIf(letter -> replayed.contains(letter.place()));
        return letters;
    }

    private void reading(Consumer<KafkaConsumer<byte[], byte[]>> reader) {
        String topic = configuration.topics().deadLetter();
        try (KafkaConsumer<byte[], byte[]> consumer = consumer("read_committed")) {
            context.interrupts().onInterrupt(consumer::wakeup);
            reader.accept(consumer);
            progress.clear();
        } catch (WakeupException e) {
            throw new CommandFailedException("Interrupted before the end of " + topic, e);
        } catch (KafkaException e) {
            throw KafkaFailure.of(configuration, "Reading " + topic, e);
        }
    }

    private KafkaConsumer<byte[], byte[]> consumer(String isolation) {
        return new KafkaConsumer<>(
                ReadingSettings.of(configuration, isolation), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private void readToEnd(
            KafkaConsumer<byte[], byte[]> consumer,
            KafkaConsumer<byte[], byte[]> measure,
            Predicate<ReadDeadLetter> letters,
            Set<ReadDeadLetter.Place> replayed) {
        List<TopicPartition> partitions = partitions(consumer);
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = measure.endOffsets(partitions);
        long all = left(consumer, ends);
        long least = Long.MAX_VALUE;
        long idlePolls = 0;
        for (long left = left(consumer, ends); left > 0; left = left(consumer, ends)) {
            progress.at(all - left, all);
            idlePolls = left < least ? 0 : idlePolls + 1;
            least = left;
            if (idlePolls > PATIENCE.dividedBy(POLL)) {
                throw stuck(left);
            }
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                ReadDeadLetter letter = new ReadDeadLetter(record);
                if (letter.replayed().isPresent()) {
                    replayed.add(letter.replayed().get());
                    continue;
                }
                progress.clear();
                if (!letters.test(letter)) {
                    return;
                }
            }
        }
    }

    private static long left(KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream()
                .mapToLong(end -> Math.max(0, end.getValue() - consumer.position(end.getKey())))
                .sum();
    }

    private CommandFailedException stuck(long left) {
        return new CommandFailedException("The last " + left + " offsets of "
                + configuration.topics().deadLetter() + " could not be read for " + PATIENCE.toMinutes()
                + " minutes: a transaction stays open, or a broker does not answer. Try again, or find the transaction with"
                + " kafka-transactions.sh find-hanging.");
    }

    private List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer) {
        String topic = configuration.topics().deadLetter();
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        if (partitions.isEmpty()) {
            throw KafkaFailure.noTopic(configuration, topic);
        }
        return partitions;
    }
}
