package io.sessionevents.streams;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;
import org.apache.kafka.clients.producer.Producer;

/** The version of Kafka's clients on the class path, from the file that they carry for it. */
public final class KafkaVersion {
    private KafkaVersion() {}

    public static String number() {
        try (InputStream stream = Producer.class.getResourceAsStream("/kafka/kafka-version.properties")) {
            var properties = new Properties();
            properties.load(Objects.requireNonNull(stream, "kafka-version.properties"));
            return properties.getProperty("version", "unknown").strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
