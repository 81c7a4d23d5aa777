package io.sessionevents.kafka;

import io.sessionevents.config.Values;
import io.sessionevents.masking.Secrets;
import java.util.Map;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;

/** Whether settings that are fine one by one go together, seen as each client of Kafka Streams sees them; connects to nothing. */
final class KafkaTogether {
    private static final String ANY = "any";

    private final Values findings;

    KafkaTogether(Values findings) {
        this.findings = findings;
    }

    /**
     * Looks at them.
     *
     * @param given by the operator, without the prefix {@code kafka.}
     */
    void review(Map<String, String> given) {
        Map<String, Object> settings = KafkaDefaults.under(given);
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, ANY);
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "localhost:1");
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        settings.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_GLOBAL_ENABLED_CONFIG, true);
        if (!commitsWithinATransaction(settings)) {
            return;
        }
        try {
            clients(new StreamsConfig(settings));
        } catch (KafkaException | IllegalArgumentException e) {
            findings.problem(
                    "Kafka does not take the settings under kafka.*: " + safe(String.valueOf(e.getMessage()), given));
        }
    }

    /** Kafka Streams checks it too, and names neither key as it is set here. */
    private boolean commitsWithinATransaction(Map<String, Object> settings) {
        String commits = text(settings, StreamsConfig.COMMIT_INTERVAL_MS_CONFIG);
        String transactions = text(settings, StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG));
        boolean within =
                !number(commits) || !number(transactions) || Long.parseLong(commits) <= Long.parseLong(transactions);
        if (!within) {
            findings.problem(
                    "kafka.commit.interval.ms is " + commits + " and kafka.producer.transaction.timeout.ms is "
                            + transactions
                            + ": every transaction would time out before it is committed. Set the time-out to at least the interval, or only one of them.");
        }
        return within;
    }

    private void clients(StreamsConfig streams) {
        Map<String, Object> consumer = streams.getMainConsumerConfigs(ANY, ANY, 0);
        consumer.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        consumer.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        Map<String, Object> producer = streams.getProducerConfigs(ANY);
        producer.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        producer.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        producer.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, ANY);
        timeouts(new ConsumerConfig(consumer), new ProducerConfig(producer));
        var _ = new AdminClientConfig(streams.getAdminConfigs(ANY));
    }

    private void timeouts(ConsumerConfig consumer, ProducerConfig producer) {
        int heartbeat = consumer.getInt(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG);
        int session = consumer.getInt(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG);
        if (heartbeat >= session) {
            findings.problem(
                    "kafka.heartbeat.interval.ms is " + heartbeat + " and kafka.session.timeout.ms is " + session
                            + ": the group would take every instance for dead. Set the interval to at most a third of the time-out.");
        }
        int poll = consumer.getInt(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG);
        long block = producer.getLong(ProducerConfig.MAX_BLOCK_MS_CONFIG);
        if (block >= poll) {
            findings.warning("kafka.max.block.ms is " + block + " and kafka.max.poll.interval.ms is " + poll
                    + ": a commit that waits for brokers costs the instance its tasks. Set it lower, or leave it out.");
        }
    }

    /** Kafka quotes values; those that are secrets are left out. */
    private static String safe(String message, Map<String, String> given) {
        String safe = message;
        for (var setting : given.entrySet()) {
            if (Secrets.secret(setting.getKey()) && !setting.getValue().isBlank()) {
                safe = safe.replace(setting.getValue(), Secrets.MASK);
            }
        }
        return Secrets.text(safe);
    }

    private static String text(Map<String, Object> settings, String key) {
        return String.valueOf(settings.get(key)).strip();
    }

    private static boolean number(String text) {
        return text.matches("\\d{1,18}");
    }
}
