package io.sessionevents.local.faults;

import io.sessionevents.v1.SessionStateChanged;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * What makes a service a mutant: one of its change events, the fiftieth, is dropped, repeated, swapped with the next of its
 * session, or followed by one that is invented. An interceptor of Kafka's producer, in a jar that is put beside the others.
 */
public final class Mutant implements ProducerInterceptor<byte[], byte[]> {
    static final String KIND = "session-events.mutant";
    static final String OUTPUT = "session-state-changed";

    /** Where a record goes that nobody is to see. */
    static final String BIN = "session-ids-dlq";

    /** A session with so many events changes all the time, so that more will follow. */
    private static final long SEQUENCE = 5;

    private static final int FRAME_BYTES = 5;

    private Kind kind = Kind.NONE;
    private @Nullable KafkaProducer<byte[], byte[]> own;
    private boolean done;
    private @Nullable ProducerRecord<byte[], byte[]> held;
    private int later;

    /** What it does. */
    enum Kind {
        NONE,
        DROP,
        REPEAT,
        SWAP,
        INVENT
    }

    @Override
    public void configure(Map<String, ?> configs) {
        kind = Kind.valueOf(String.valueOf(configs.get(KIND)));
        own = new KafkaProducer<>(
                Map.of("bootstrap.servers", String.valueOf(configs.get("bootstrap.servers"))),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    @Override
    public ProducerRecord<byte[], byte[]> onSend(ProducerRecord<byte[], byte[]> record) {
        if (!record.topic().equals(OUTPUT)) {
            return record;
        }
        ProducerRecord<byte[], byte[]> first = held;
        if (first != null && Arrays.equals(first.key(), record.key())) {
            later++;
            if (later == 2) {
                // The one after it has long been written, for it was followed by another.
                held = null;
                send(first);
            }
        }
        if (done || !isOneOfMany(event(record.value()))) {
            return record;
        }
        done = true;
        return mutated(record);
    }

    private static boolean isOneOfMany(GenericRecord event) {
        return (Long) event.get("sequence") >= SEQUENCE && !(Boolean) event.get("terminal");
    }

    private static GenericRecord event(byte[] framed) {
        try {
            return new GenericDatumReader<GenericRecord>(SessionStateChanged.getClassSchema())
                    .read(
                            null,
                            DecoderFactory.get().binaryDecoder(framed, FRAME_BYTES, framed.length - FRAME_BYTES, null));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ProducerRecord<byte[], byte[]> mutated(ProducerRecord<byte[], byte[]> record) {
        return switch (kind) {
            case NONE -> record;
            case DROP -> binned(record);
            case REPEAT -> {
                send(record);
                yield record;
            }
            case SWAP -> {
                held = record;
                yield binned(record);
            }
            case INVENT -> {
                send(new ProducerRecord<>(OUTPUT, record.key(), invented(record.value())));
                yield record;
            }
        };
    }

    private static ProducerRecord<byte[], byte[]> binned(ProducerRecord<byte[], byte[]> record) {
        return new ProducerRecord<>(BIN, record.key(), record.value());
    }

    @Override
    public void onAcknowledgement(RecordMetadata metadata, @Nullable Exception exception) {}

    private void send(ProducerRecord<byte[], byte[]> record) {
        if (own != null) {
            var _ = own.send(new ProducerRecord<>(OUTPUT, record.key(), record.value()));
        }
    }

    /** The next event of the session, in a state that it never was in. */
    private static byte[] invented(byte[] framed) {
        var schema = SessionStateChanged.getClassSchema();
        try {
            GenericRecord event = event(framed);
            event.put("eventId", UUID.randomUUID().toString());
            event.put("sequence", (Long) event.get("sequence") + 1);
            event.put("rawState", "STARTED");
            event.put(
                    "state", new GenericData.EnumSymbol(schema.getField("state").schema(), "STARTED"));
            var out = new ByteArrayOutputStream();
            out.write(ByteBuffer.wrap(framed, 0, FRAME_BYTES).array(), 0, FRAME_BYTES);
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
            new GenericDatumWriter<GenericRecord>(schema).write(event, encoder);
            encoder.flush();
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (own != null) {
            own.close();
        }
    }
}
