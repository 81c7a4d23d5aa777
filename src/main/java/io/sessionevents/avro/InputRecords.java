package io.sessionevents.avro;

import io.sessionevents.session.InputRecord;
import io.sessionevents.v1.InputHeader;
import io.sessionevents.v1.WaitingInput;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Between records of the input topic and what is kept of them while they wait. */
final class InputRecords {
    private InputRecords() {}

    static WaitingInput toAvro(io.sessionevents.session.WaitingInput waiting) {
        InputRecord input = waiting.input();
        return WaitingInput.newBuilder()
                .setKey(buffer(input.key()))
                .setValue(buffer(input.value()))
                .setHeaders(input.headers().stream()
                        .map(header -> new InputHeader(header.name(), buffer(header.value())))
                        .toList())
                .setPartition(input.partition())
                .setOffset(input.offset())
                .setFirstTriedAt(waiting.since())
                .build();
    }

    static io.sessionevents.session.WaitingInput fromAvro(WaitingInput avro) {
        return new io.sessionevents.session.WaitingInput(
                input(avro), Objects.requireNonNullElse(avro.getFirstTriedAt(), Instant.EPOCH));
    }

    private static InputRecord input(WaitingInput avro) {
        return new InputRecord(
                bytes(avro.getKey()),
                bytes(avro.getValue()),
                avro.getHeaders().stream()
                        .map(header -> new InputRecord.Header(header.getName(), bytes(header.getValue())))
                        .toList(),
                avro.getPartition(),
                avro.getOffset());
    }

    private static @Nullable ByteBuffer buffer(byte @Nullable [] bytes) {
        return bytes == null ? null : ByteBuffer.wrap(bytes);
    }

    private static byte @Nullable [] bytes(@Nullable ByteBuffer buffer) {
        if (buffer == null) {
            return null;
        }
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
