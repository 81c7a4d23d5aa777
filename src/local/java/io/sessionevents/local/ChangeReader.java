package io.sessionevents.local;

import io.sessionevents.avro.RegistryAvroSerde;
import io.sessionevents.avro.SchemaRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * A consumer as a downstream team would write it: plain, {@code read_committed}, generic Avro with the schema of the
 * registry. Not safe for use by several threads.
 */
public final class ChangeReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(50);

    private final KafkaConsumer<String, byte[]> consumer;
    private final Deserializer<GenericRecord> values;

    /** Reads the topic from its beginning. */
    public ChangeReader(String bootstrapServers, String topic, SchemaRegistry registry) {
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        values = new RegistryAvroSerde<GenericRecord>(registry, false).deserializer();
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Hands on what has come since the last call; waits a moment if nothing has. */
    public void poll(Consumer<GenericRecord> events) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
            events.accept(values.deserialize(record.topic(), record.headers(), record.value()));
        }
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
    }
}
