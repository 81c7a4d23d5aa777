package io.sessionevents.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Upper bounds of the bytes that a record takes, before it is compressed. */
public final class RecordSize {
    /** Lengths, offset and time of a record, at most. */
    private static final int RECORD_OVERHEAD = 36;

    /** The two lengths of a header, at most. */
    private static final int HEADER_OVERHEAD = 10;

    private RecordSize() {}

    public static long of(byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
        long bytes = RECORD_OVERHEAD + length(key) + length(value);
        for (Header header : headers) {
            bytes += of(header);
        }
        return bytes;
    }

    public static long of(Header header) {
        return HEADER_OVERHEAD + header.key().getBytes(UTF_8).length + length(header.value());
    }

    public static long length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }
}
