package io.sessionevents.session;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record of the input topic as it came, before anyone has understood it.
 *
 * @param partition from which it was read
 * @param offset in that partition
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record InputRecord(
        byte @Nullable [] key, byte @Nullable [] value, List<Header> headers, int partition, long offset) {

    public InputRecord {
        headers = List.copyOf(headers);
    }

    /** Bytes of key, value and headers together. */
    public long bytes() {
        return length(key)
                + length(value)
                + headers.stream()
                        .mapToLong(header -> header.name().length() + length(header.value()))
                        .sum();
    }

    private static long length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    /** One header; a name may appear more than once. */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    public record Header(String name, byte @Nullable [] value) {}
}
