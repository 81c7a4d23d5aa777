package io.sessionevents.cli;

import io.sessionevents.config.Configuration;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Reads the dead-letter topic once, from its beginning to its present end, and publishes to the input topic. */
final class DeadLetterTopic {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final String TIMEOUT_MILLIS = "10000";
    private static final int LARGEST_RECORD_BYTES = 32 * 1024 * 1024;

    private final Configuration configuration;
    private final Interrupts interrupts;

    DeadLetterTopic(Configuration configuration, Interrupts interrupts) {
        this.configuration = configuration;
        this.interrupts = interrupts;
    }

    /** Hands on what is wanted. */
    void read(Predicate<DeadLetter> wanted, Consumer<DeadLetter> letters) {
        Map<String, Object> settings = KafkaSettings.of(configuration, "consumer.");
        settings.put("isolation.level", "read_committed");
        settings.put("enable.auto.commit", "false");
        settings.put("default.api.timeout.ms", TIMEOUT_MILLIS);
        String topic = configuration.topics().deadLetter();
        var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        interrupts.onInterrupt(consumer::wakeup);
        try (consumer) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            if (partitions.isEmpty()) {
                throw new CommandFailedException(
                        "Topic " + topic + " does not exist at " + configuration.bootstrapServers());
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            readToEnd(consumer, partitions, wanted, letters);
        } catch (WakeupException e) {
            throw new CommandFailedException("Interrupted before the end of " + topic, e);
        } catch (KafkaException e) {
            throw failed("Reading " + topic, e);
        }
    }

    private static void readToEnd(
            KafkaConsumer<byte[], byte[]> consumer,
            List<TopicPartition> partitions,
            Predicate<DeadLetter> wanted,
            Consumer<DeadLetter> letters) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                DeadLetter letter = new DeadLetter(record);
                if (wanted.test(letter)) {
                    letters.accept(letter);
                }
            }
        }
    }

    /** Publishes records to the input topic and waits until all of them are written. */
    void publish(List<ProducerRecord<byte[], byte[]>> records) throws InterruptedException {
        Map<String, Object> settings = KafkaSettings.of(configuration, "producer.");
        settings.put("acks", "all");
        settings.put("max.block.ms", TIMEOUT_MILLIS);
        settings.put("max.request.size", LARGEST_RECORD_BYTES);
        String topic = configuration.topics().input();
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            var sent = records.stream().map(producer::send).toList();
            for (var one : sent) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw failed("Publishing to " + topic, e.getCause() == null ? e : e.getCause());
        } catch (KafkaException e) {
            throw failed("Publishing to " + topic, e);
        }
    }

    private CommandFailedException failed(String what, Throwable cause) {
        return new CommandFailedException(
                what + " at " + configuration.bootstrapServers() + " failed: " + cause.getMessage()
                        + ". Check bootstrap.servers, and that the topic exists.",
                cause);
    }
}
