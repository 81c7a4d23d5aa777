package io.sessionevents.local.scenario;

import io.sessionevents.v1.SessionStateChanged;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/** A change event that can be changed, and the bytes it came in. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record MutantEvent(byte[] frame, GenericRecord event) {
    private static final Schema SCHEMA = SessionStateChanged.getClassSchema();
    private static final int FRAME_BYTES = 5;
    private static final long FIRST = 4;
    private static final Set<String> FLAPPING = Set.of("IDLE", "BUSY");

    static MutantEvent of(byte[] framed) {
        try {
            GenericRecord event = new GenericDatumReader<GenericRecord>(SCHEMA)
                    .read(
                            null,
                            DecoderFactory.get().binaryDecoder(framed, FRAME_BYTES, framed.length - FRAME_BYTES, null));
            return new MutantEvent(Arrays.copyOf(framed, FRAME_BYTES), event);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    byte[] bytes() {
        var out = new ByteArrayOutputStream();
        try {
            out.write(frame);
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
            new GenericDatumWriter<GenericRecord>(SCHEMA).write(event, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    MutantEvent copy() {
        return new MutantEvent(frame, GenericData.get().deepCopy(SCHEMA, event));
    }

    /** Whether it is an event of a session that changes all the time, so that more will follow. */
    boolean isOneOfMany() {
        return sequence() >= FIRST
                && FLAPPING.contains(event.get("rawState").toString())
                && FLAPPING.contains(String.valueOf(event.get("previousState")))
                && ((List<?>) event.get("missedStates")).isEmpty();
    }

    boolean terminal() {
        return (Boolean) event.get("terminal");
    }

    /** As the id of its session is published. */
    String session() {
        return event.get("applicationId") + "/" + event.get("sessionId");
    }

    long sequence() {
        return (Long) event.get("sequence");
    }

    MutantEvent withSequence(long sequence) {
        event.put("sequence", sequence);
        return this;
    }

    MutantEvent withNewId() {
        event.put("eventId", UUID.randomUUID().toString());
        return this;
    }

    /** What the other says of its session, from the state on. */
    MutantEvent withStateOf(MutantEvent other) {
        for (String field : List.of("state", "rawState", "occurredAt", "session")) {
            event.put(field, other.event.get(field));
        }
        return this;
    }

    MutantEvent withState(String state) {
        event.put("state", new GenericData.EnumSymbol(SCHEMA.getField("state").schema(), state));
        event.put("rawState", state);
        return this;
    }

    MutantEvent following(MutantEvent before) {
        event.put("previousState", before.event.get("state"));
        return this;
    }

    MutantEvent missing(String state) {
        Schema states = SCHEMA.getField("missedStates").schema();
        event.put("missedStates", List.of(new GenericData.EnumSymbol(states.getElementType(), state)));
        return this;
    }

    long observedAt() {
        return (Long) event.get("observedAt");
    }

    @Nullable
    Long previousObservedAt() {
        return (Long) event.get("previousObservedAt");
    }

    MutantEvent withWindow(long from, long to) {
        event.put("previousObservedAt", from);
        event.put("observedAt", to);
        return this;
    }

    /** As if the answer before had been taken for true when it was there, not when it was asked for. */
    MutantEvent withWindowBeginningLater(Duration call) {
        Long from = previousObservedAt();
        return from == null ? this : withWindow(Math.min(from + call.toMillis(), observedAt() - 1), observedAt());
    }
}
