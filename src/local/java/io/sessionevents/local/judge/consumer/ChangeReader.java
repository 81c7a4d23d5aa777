package io.sessionevents.local.judge.consumer;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * A consumer as a downstream team would write it, without a line of the service: plain, generic Avro with the schema of
 * the registry. Not safe for use by several threads.
 */
public final class ChangeReader implements AutoCloseable {
    private static final int ATTEMPTS = 1_000;
    private static final Duration POLL = Duration.ofMillis(50);

    private final KafkaConsumer<String, byte[]> consumer;
    private final FramedAvro values;

    /** What the consumer may see. */
    public enum Isolation {
        READ_COMMITTED,
        READ_UNCOMMITTED;

        private String setting() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** Reads that topic from its beginning. */
    public ChangeReader(String bootstrapServers, String topic, String registryUrl, Isolation isolation) {
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "isolation.level", isolation.setting()),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        values = new FramedAvro(registryUrl);
        List<TopicPartition> partitions = partitionsOf(topic);
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Asks again if the topic is so new that not every broker knows it. */
    private List<TopicPartition> partitionsOf(String topic) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            List<PartitionInfo> known = consumer.partitionsFor(topic);
            if (!known.isEmpty()) {
                return known.stream()
                        .map(partition -> new TopicPartition(topic, partition.partition()))
                        .toList();
            }
        }
        throw new IllegalStateException("no topic " + topic);
    }

    /** Hands on what has come since the last call; waits a moment if nothing has. */
    public void poll(Consumer<GenericRecord> events) {
        pollTimed((event, time) -> events.accept(event));
    }

    /** The same with the time of each record in milliseconds: its producer's, or where the topic says so its broker's. */
    public void pollTimed(ObjLongConsumer<GenericRecord> events) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
            events.accept(ofItsSession(record.key(), values.decode(record.value())), record.timestamp());
        }
    }

    /** Whoever compacts, joins or partitions goes by the key, so that it must name the session of the event. */
    private static GenericRecord ofItsSession(String key, GenericRecord event) {
        String session = ObservedChange.key(event).toString();
        if (!session.equals(key)) {
            throw new IllegalStateException("an event of " + session + " has the key " + key);
        }
        return event;
    }

    /** Hands on everything up to the present end of the topic. */
    public void pollToEnd(Consumer<GenericRecord> events) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            poll(events);
        }
    }

    @Override
    public void close() {
        consumer.close();
        values.close();
    }
}
