package io.sessionevents.local.scenario.workload;

import io.sessionevents.avro.ConfluentSchemaRegistry;
import io.sessionevents.avro.RegistryAvroSerde;
import io.sessionevents.local.simulator.SessionKey;
import io.sessionevents.local.testbed.LocalEnvironment;
import java.io.IOException;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;

/** A team that publishes ids in Avro under a schema of its own, with a field that the service does not know. */
public final class ForeignPublisher implements AutoCloseable {
    private static final Schema SCHEMA = SchemaBuilder.record("SessionIdEvent")
            .namespace("io.sessionevents.v1")
            .fields()
            .requiredString("applicationId")
            .requiredString("sessionId")
            .optionalString("ticket")
            .endRecord();

    private final ConfluentSchemaRegistry registry;
    private final Serializer<GenericRecord> values;
    private final KafkaProducer<byte[], byte[]> producer;

    private ForeignPublisher(LocalEnvironment environment) {
        registry = environment.registryClient();
        values = new RegistryAvroSerde<GenericRecord>(registry, false).serializer();
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", environment.kafka().bootstrapServers(), "linger.ms", 0),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** One whose schema the registry knows, so that it can publish while the registry is down. */
    public static ForeignPublisher registered(LocalEnvironment environment) {
        var publisher = new ForeignPublisher(environment);
        publisher.bytes(new SessionKey("app", "session"));
        return publisher;
    }

    /** Publishes one id. */
    public void publish(SessionKey key) {
        var _ = producer.send(new ProducerRecord<>(LocalEnvironment.INPUT, bytes(key)));
        producer.flush();
    }

    private byte[] bytes(SessionKey key) {
        GenericRecord record = new GenericData.Record(SCHEMA);
        record.put("applicationId", key.applicationId());
        record.put("sessionId", key.sessionId());
        return values.serialize(LocalEnvironment.INPUT, record);
    }

    @Override
    public void close() throws IOException {
        producer.close();
        registry.close();
    }
}
