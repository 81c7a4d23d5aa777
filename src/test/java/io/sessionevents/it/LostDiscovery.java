package io.sessionevents.it;

import io.sessionevents.v1.SessionRequest;
import io.sessionevents.v1.SessionRequestKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** A service that loses what its sweeps find of one session, the first one that they find. Used by one StreamThread. */
public final class LostDiscovery implements ProducerInterceptor<byte[], byte[]> {
    static final String BIN = "bin";

    private byte @Nullable [] victim;

    @Override
    public ProducerRecord<byte[], byte[]> onSend(ProducerRecord<byte[], byte[]> record) {
        if (!record.topic().endsWith("session-requests-repartition") || record.value() == null) {
            return record;
        }
        if (victim == null && discovers(record.value())) {
            victim = record.key().clone();
        }
        return Arrays.equals(victim, record.key())
                ? new ProducerRecord<>(BIN, 0, record.key(), record.value())
                : record;
    }

    private static boolean discovers(byte[] value) {
        try {
            return SessionRequest.getDecoder().decode(value).getKind() == SessionRequestKind.DISCOVER;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void onAcknowledgement(@Nullable RecordMetadata metadata, @Nullable Exception failure) {}

    @Override
    public void close() {}

    @Override
    public void configure(Map<String, ?> configs) {}
}
