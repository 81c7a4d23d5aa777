package io.sessionevents.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sessionevents.local.scenario.workload.HostileRecord;
import io.sessionevents.local.testbed.LocalEnvironment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Publishes to the input topic, whatever it is. */
final class Publisher implements AutoCloseable {
    private static final int MOST_BYTES = 64 * 1024 * 1024;

    private final KafkaProducer<byte[], byte[]> producer;

    Publisher(LocalEnvironment environment) {
        this(environment, Map.of());
    }

    /** With other settings of Kafka's producer. */
    Publisher(LocalEnvironment environment, Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(Map.of(
                "bootstrap.servers",
                environment.kafka().bootstrapServers(),
                "max.request.size",
                MOST_BYTES,
                "buffer.memory",
                2 * MOST_BYTES,
                "linger.ms",
                0));
        settings.putAll(more);
        producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Whether it could be published. */
    boolean published(String key, Object text) {
        try {
            publish(key.getBytes(UTF_8), text.toString().getBytes(UTF_8));
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    void publish(Object text) {
        publish(null, text.toString().getBytes(UTF_8));
    }

    void publishWith(Headers headers, Object text) {
        send(new ProducerRecord<>(
                LocalEnvironment.INPUT, null, null, null, text.toString().getBytes(UTF_8), headers));
    }

    /** All at once, which is quicker. */
    void publishAll(List<?> texts) {
        texts.forEach(text -> {
            var _ = producer.send(
                    new ProducerRecord<>(LocalEnvironment.INPUT, text.toString().getBytes(UTF_8)));
        });
        producer.flush();
    }

    void publish(byte @Nullable [] key, byte @Nullable [] value) {
        publish(null, key, value);
    }

    /** With a time of the producer's own; null: now. */
    void publish(@Nullable Long timestamp, byte @Nullable [] key, byte @Nullable [] value) {
        send(new ProducerRecord<>(LocalEnvironment.INPUT, null, timestamp, key, value));
    }

    /** Without waiting for it to be written; {@link #close} does. */
    void publish(HostileRecord hostile) {
        var _ = producer.send(new ProducerRecord<>(
                LocalEnvironment.INPUT, null, hostile.timestamp(), hostile.key(), hostile.value(), hostile.headers()));
    }

    private void send(ProducerRecord<byte[], byte[]> record) {
        try {
            var _ = producer.send(record).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("not published", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
