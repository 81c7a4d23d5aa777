package io.sessionevents.cli;

import io.sessionevents.config.Configuration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the dead-letter topic once, from its beginning to its present end: dead letters, and which of them were replayed. */
final class DeadLetterTopic {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final String TIMEOUT_MILLIS = "10000";

    private final Configuration configuration;
    private final Interrupts interrupts;

    DeadLetterTopic(Configuration configuration, Interrupts interrupts) {
        this.configuration = configuration;
        this.interrupts = interrupts;
    }

    /** Hands every dead letter on, the oldest of each partition first. */
    void read(Consumer<DeadLetter> letters) {
        reading(consumer -> readToEnd(consumer, letters, new HashSet<>()));
    }

    /** The dead letters that were not replayed yet. */
    List<DeadLetter> unreplayed() {
        List<DeadLetter> letters = new ArrayList<>();
        Set<DeadLetter.Place> replayed = new HashSet<>();
        reading(consumer -> readToEnd(consumer, letters::add, replayed));
        letters.removeIf(letter -> replayed.contains(letter.place()));
        return letters;
    }

    private void reading(Consumer<KafkaConsumer<byte[], byte[]>> reader) {
        Map<String, Object> settings = KafkaSettings.of(configuration, "consumer.");
        settings.put("isolation.level", "read_committed");
        settings.put("enable.auto.commit", "false");
        settings.put("default.api.timeout.ms", TIMEOUT_MILLIS);
        String topic = configuration.topics().deadLetter();
        var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        interrupts.onInterrupt(consumer::wakeup);
        try (consumer) {
            reader.accept(consumer);
        } catch (WakeupException e) {
            throw new CommandFailedException("Interrupted before the end of " + topic, e);
        } catch (KafkaException e) {
            throw new CommandFailedException(
                    "Reading " + topic + " at " + configuration.bootstrapServers() + " failed: " + e.getMessage()
                            + ". Check bootstrap.servers, and that the topic exists.",
                    e);
        }
    }

    private void readToEnd(
            KafkaConsumer<byte[], byte[]> consumer, Consumer<DeadLetter> letters, Set<DeadLetter.Place> replayed) {
        List<TopicPartition> partitions = partitions(consumer);
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                DeadLetter letter = new DeadLetter(record);
                letter.replayed().ifPresentOrElse(replayed::add, () -> letters.accept(letter));
            }
        }
    }

    private List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer) {
        String topic = configuration.topics().deadLetter();
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        if (partitions.isEmpty()) {
            throw new CommandFailedException(
                    "Topic " + topic + " does not exist at " + configuration.bootstrapServers());
        }
        return partitions;
    }
}
