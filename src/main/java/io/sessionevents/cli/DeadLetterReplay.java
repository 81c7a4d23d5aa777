package io.sessionevents.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sessionevents.settings.Configuration;
import io.sessionevents.tracking.DeadLetterHeaders;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Publishes originals of dead letters to the input topic, each once: with every record goes a mark into the dead-letter topic
 * that names the letter, in the same transaction, and who replays next reads the marks. Taking the transactional id ends another
 * replay that is under way, so the marks must be read after that. Not for use by several threads.
 */
final class DeadLetterReplay implements AutoCloseable {
    private static final String TIMEOUT_MILLIS = "10000";
    private static final int LARGEST_RECORD_BYTES = 64 * 1024 * 1024;
    private static final int MOST_IN_ONE_TRANSACTION = 500;
    private static final String ID = "-dlq-replay";

    private final Configuration configuration;
    private final KafkaProducer<byte[], byte[]> producer;
    private int written;

    /**
     * Takes the transactional id.
     *
     * @throws CommandFailedException if the brokers do not answer or refuse it
     */
    DeadLetterReplay(Configuration configuration) {
        this.configuration = configuration;
        Map<String, Object> settings = configuration.kafka().client("producer.");
        settings.put("transactional.id", configuration.kafka().streamsApplicationId() + ID);
        settings.put("acks", "all");
        settings.put("max.block.ms", TIMEOUT_MILLIS);
        settings.put("max.request.size", LARGEST_RECORD_BYTES);
        settings.put("buffer.memory", LARGEST_RECORD_BYTES);
        // A record that passed the limit of its topic compressed passes it so only.
        settings.putIfAbsent("compression.type", "zstd");
        try {
            producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        } catch (KafkaException e) {
            throw failed(e);
        }
        try {
            producer.initTransactions();
        } catch (KafkaException e) {
            producer.close();
            throw failed(e);
        }
    }

    /** Publishes the original of one letter; it is there for others after {@link #finish}, or before. */
    void publish(ReadDeadLetter letter, ProducerRecord<byte[], byte[]> original) {
        try {
            if (written % MOST_IN_ONE_TRANSACTION == 0) {
                producer.beginTransaction();
            }
            // What fails to be written fails the commit.
            var _ = producer.send(original);
            var _ = producer.send(mark(letter));
            if (++written % MOST_IN_ONE_TRANSACTION == 0) {
                producer.commitTransaction();
            }
        } catch (KafkaException e) {
            throw failed(e);
        }
    }

    /** Commits what is not committed yet. */
    void finish() {
        try {
            if (written % MOST_IN_ONE_TRANSACTION != 0) {
                producer.commitTransaction();
            }
        } catch (KafkaException e) {
            throw failed(e);
        }
    }

    private ProducerRecord<byte[], byte[]> mark(ReadDeadLetter letter) {
        byte[] place = letter.place().toString().getBytes(UTF_8);
        var mark = new ProducerRecord<byte[], byte[]>(
                configuration.topics().deadLetter(), letter.record().partition(), place, new byte[0]);
        mark.headers().add(DeadLetterHeaders.REPLAYED, place);
        return mark;
    }

    private CommandFailedException failed(Throwable cause) {
        String topic = configuration.topics().input();
        return cause instanceof ProducerFencedException
                ? new CommandFailedException("Another replay has begun meanwhile and goes on with what is left.", cause)
                : KafkaFailure.of(
                        configuration,
                        "Publishing to " + topic + ", with marks in "
                                + configuration.topics().deadLetter() + " and the transactional id "
                                + configuration.kafka().streamsApplicationId() + ID + ",",
                        cause);
    }

    @Override
    public void close() {
        producer.close();
    }
}
