package io.sessionevents.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sessionevents.settings.Configuration;
import io.sessionevents.tracking.DeadLetterHeaders;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * The original records of dead letters: out of the letter, or, where it was cut, from the place in the input topic that it
 * names, if they are still there. Not for use by several threads.
 */
final class OriginalRecords implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(200);

    private final String inputTopic;
    private final Map<String, Object> settings;
    private @Nullable KafkaConsumer<byte[], byte[]> consumer;

    OriginalRecords(Configuration configuration) {
        inputTopic = configuration.topics().input();
        settings = configuration.kafka().client("consumer.");
        settings.put("enable.auto.commit", "false");
        settings.put("auto.offset.reset", "none");
        settings.put("max.poll.records", "1");
        settings.put("default.api.timeout.ms", Long.toString(PATIENCE.toMillis()));
    }

    /** The record to publish again; empty if it is gone. */
    Optional<ProducerRecord<byte[], byte[]>> of(ReadDeadLetter letter) {
        if (!letter.cut()) {
            var record = letter.record();
            return Optional.of(new ProducerRecord<>(
                    inputTopic, null, record.key(), record.value(), DeadLetterHeaders.original(record.headers())));
        }
        return letter.origin()
                .flatMap(origin -> read(origin.topic(), origin.partition(), origin.offset()))
                .filter(found -> same(letter, found))
                .map(found -> new ProducerRecord<>(inputTopic, null, found.key(), found.value(), found.headers()));
    }

    private Optional<ConsumerRecord<byte[], byte[]>> read(String topic, int partition, long offset) {
        var place = new TopicPartition(topic, partition);
        var reader = consumer();
        try {
            reader.assign(List.of(place));
            if (reader.partitionsFor(topic).stream().noneMatch(info -> info.partition() == partition)
                    || reader.beginningOffsets(List.of(place)).getOrDefault(place, 0L) > offset
                    || reader.endOffsets(List.of(place)).getOrDefault(place, 0L) <= offset) {
                return Optional.empty();
            }
            reader.seek(place, offset);
            for (long polls = PATIENCE.dividedBy(POLL); polls > 0; polls--) {
                for (ConsumerRecord<byte[], byte[]> record : reader.poll(POLL)) {
                    return Optional.of(record).filter(found -> found.offset() == offset);
                }
            }
            return Optional.empty();
        } catch (KafkaException e) {
            throw new CommandFailedException(
                    "Reading " + place + " at offset " + offset + " failed: " + e.getMessage(), e);
        }
    }

    /** A topic that was made anew has other records at the same places. */
    private static boolean same(ReadDeadLetter letter, ConsumerRecord<byte[], byte[]> found) {
        return same(letter, found.value(), letter.record().value(), DeadLetterHeaders.VALUE_SHA256)
                && same(letter, found.key(), letter.record().key(), DeadLetterHeaders.KEY_SHA256);
    }

    private static boolean same(
            ReadDeadLetter letter, byte @Nullable [] found, byte @Nullable [] kept, String digestHeader) {
        Header digest = letter.record().headers().lastHeader(digestHeader);
        return digest == null
                ? java.util.Arrays.equals(found, kept)
                : found != null && sha256(found).equals(new String(digest.value(), UTF_8));
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        if (consumer == null) {
            consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        }
        return consumer;
    }

    @Override
    public void close() {
        if (consumer != null) {
            consumer.close();
        }
    }
}
