package io.sessionevents.it;

import io.sessionevents.local.testbed.LocalEnvironment;
import io.sessionevents.v1.AlertStatus;
import io.sessionevents.v1.SessionAlert;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** A service that never tells of one alert that it is over, the first one. Used by one StreamThread. */
public final class LostClearance implements ProducerInterceptor<byte[], byte[]> {
    static final String BIN = "bin";

    /** Zero byte and schema id. */
    private static final int FRAME_BYTES = 5;

    private boolean lost;

    @Override
    public ProducerRecord<byte[], byte[]> onSend(ProducerRecord<byte[], byte[]> record) {
        if (lost || !record.topic().equals(LocalEnvironment.ALERTS) || !clears(record.value())) {
            return record;
        }
        lost = true;
        return new ProducerRecord<>(BIN, 0, record.key(), record.value());
    }

    private static boolean clears(byte[] value) {
        var reader = new SpecificDatumReader<>(SessionAlert.class);
        var binary = DecoderFactory.get().binaryDecoder(value, FRAME_BYTES, value.length - FRAME_BYTES, null);
        try {
            return reader.read(null, binary).getStatus() == AlertStatus.CLEARED;
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
