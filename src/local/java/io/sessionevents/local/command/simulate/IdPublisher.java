package io.sessionevents.local.command.simulate;

import io.sessionevents.local.simulator.SessionKey;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import picocli.CommandLine;

/** Publishes ids as text and prints them; waits for a broker that is away, in the background. */
final class IdPublisher implements Consumer<SessionKey>, AutoCloseable {
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(3);

    private final KafkaProducer<String, String> producer;
    private final String topic;
    private final PrintWriter out;
    private final PrintWriter err;

    IdPublisher(String bootstrapServers, String topic, CommandLine commandLine) {
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "linger.ms", 0),
                new StringSerializer(),
                new StringSerializer());
        this.topic = topic;
        this.out = commandLine.getOut();
        this.err = commandLine.getErr();
    }

    @Override
    public void accept(SessionKey key) {
        var _ = producer.send(new ProducerRecord<>(topic, key.toString()), (sent, failure) -> {
            if (failure == null) {
                out.println(key);
            } else {
                err.println("session-events: " + key + " was not published: " + failure.getMessage());
            }
        });
    }

    @Override
    public void close() {
        producer.close(CLOSE_TIMEOUT);
    }
}
