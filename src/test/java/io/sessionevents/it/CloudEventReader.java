package io.sessionevents.it;

import io.cloudevents.CloudEvent;
import io.cloudevents.kafka.CloudEventDeserializer;
import io.sessionevents.local.simulator.SessionKey;
import io.sessionevents.local.testbed.LocalEnvironment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads change events with the SDK of CloudEvents alone: headers are understood, the value is bytes. */
final class CloudEventReader {
    private static final Duration POLL = Duration.ofMillis(50);

    private CloudEventReader() {}

    /** The first event of that session in that topic; waits for it. */
    static ConsumerRecord<String, CloudEvent> await(LocalEnvironment environment, String topic, SessionKey key) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", environment.kafka().bootstrapServers(), "isolation.level", "read_committed");
        List<ConsumerRecord<String, CloudEvent>> records = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new CloudEventDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            return org.awaitility.Awaitility.await()
                    .until(
                            () -> {
                                consumer.poll(POLL).forEach(records::add);
                                return records.stream()
                                        .filter(record -> record.key().equals(key.toString()))
                                        .findFirst();
                            },
                            Optional::isPresent)
                    .orElseThrow();
        }
    }
}
