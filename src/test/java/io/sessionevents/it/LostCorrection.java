package io.sessionevents.it;

import io.sessionevents.local.testbed.LocalEnvironment;
import io.sessionevents.v1.SessionUsage;
import io.sessionevents.v1.UsageStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** A service that loses one correction, the first one. Used by one StreamThread. */
public final class LostCorrection implements ProducerInterceptor<byte[], byte[]> {
    static final String BIN = "bin";

    /** Zero byte and schema id. */
    private static final int FRAME_BYTES = 5;

    private boolean lost;

    @Override
    public ProducerRecord<byte[], byte[]> onSend(ProducerRecord<byte[], byte[]> record) {
        if (lost || !record.topic().equals(LocalEnvironment.USAGE) || !corrects(record.value())) {
            return record;
        }
        lost = true;
        return new ProducerRecord<>(BIN, 0, record.key(), record.value());
    }

    private static boolean corrects(byte[] value) {
        var reader = new SpecificDatumReader<>(SessionUsage.class);
        var binary = DecoderFactory.get().binaryDecoder(value, FRAME_BYTES, value.length - FRAME_BYTES, null);
        try {
            return reader.read(null, binary).getStatus() == UsageStatus.CORRECTED;
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
