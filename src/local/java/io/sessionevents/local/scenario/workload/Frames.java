package io.sessionevents.local.scenario.workload;

import io.sessionevents.local.simulator.SessionKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** Confluent's framing, written without the service's code. */
final class Frames {
    private static final int HEADER_BYTES = 5;

    private Frames() {}

    /** A session ID event of {@link HostileSchemas#READABLE} under any id. */
    static byte[] of(int id, SessionKey session) {
        GenericRecord event = new GenericData.Record(HostileSchemas.READABLE);
        event.put("applicationId", session.applicationId());
        event.put("sessionId", session.sessionId());
        var bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        try {
            new GenericDatumWriter<GenericRecord>(HostileSchemas.READABLE).write(event, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory does not fail", e);
        }
        return ByteBuffer.allocate(HEADER_BYTES + bytes.size())
                .put((byte) 0)
                .putInt(id)
                .put(bytes.toByteArray())
                .array();
    }
}
