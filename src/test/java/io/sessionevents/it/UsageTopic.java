package io.sessionevents.it;

import static io.sessionevents.local.testbed.LocalEnvironment.USAGE;

import io.sessionevents.avro.ChangeWriter.Written;
import io.sessionevents.avro.ConfluentSchemaRegistry;
import io.sessionevents.avro.RegistryAvroSerde;
import io.sessionevents.avro.UsageWriter;
import io.sessionevents.local.testbed.LocalEnvironment;
import io.sessionevents.session.UsageRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The topic of the usage records, with records as the service writes them. */
final class UsageTopic implements AutoCloseable {
    private static final int PARTITIONS = 12;

    private final ConfluentSchemaRegistry registry;
    private final UsageWriter writer;
    private final KafkaProducer<String, byte[]> producer;
    private final Admin admin;

    UsageTopic(LocalEnvironment environment) {
        Map<String, Object> kafka =
                Map.of("bootstrap.servers", environment.kafka().bootstrapServers());
        registry = environment.registryClient();
        writer = writer(registry);
        producer = new KafkaProducer<>(kafka, new StringSerializer(), new ByteArraySerializer());
        admin = Admin.create(kafka);
    }

    /** Writes as the service does. */
    static UsageWriter writer(ConfluentSchemaRegistry registry) {
        var serde = new RegistryAvroSerde<IndexedRecord>(registry, true);
        return new UsageWriter(USAGE, serde.serializer(), true, RegistryAvroSerde.CONTENT_TYPE);
    }

    /** Produces these in their order, and waits until they are there. */
    void produce(List<UsageRecord> records) throws InterruptedException, ExecutionException {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (UsageRecord usage : records) {
            Written written = writer.write(usage, bytes -> true);
            sent.add(producer.send(new ProducerRecord<>(
                    USAGE, null, null, usage.key().toString(), written.value(), written.headers())));
        }
        for (Future<RecordMetadata> each : sent) {
            each.get();
        }
    }

    /** How many records the group has not committed yet. */
    long left(String group) throws InterruptedException, ExecutionException {
        Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get();
        long left = 0;
        for (int number = 0; number < PARTITIONS; number++) {
            var partition = new TopicPartition(USAGE, number);
            long end = admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                    .partitionResult(partition)
                    .get()
                    .offset();
            OffsetAndMetadata offset = committed.get(partition);
            left += end - (offset == null ? 0 : offset.offset());
        }
        return left;
    }

    @Override
    public void close() {
        admin.close();
        producer.close();
        registry.close();
    }
}
