package io.sessionevents.session;

import java.nio.charset.StandardCharsets;
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

    /** What one header takes beside its name and value, at most: the two lengths. */
    private static final int HEADER_OVERHEAD = 10;

    public InputRecord {
        headers = List.copyOf(headers);
    }

    /** Bytes of key, value and headers together, at most; headers without name and value count too. */
    public long bytes() {
        return length(key)
                + length(value)
                + headers.stream().mapToLong(Header::bytes).sum();
    }

    private static long length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    /** One header; a name may appear more than once. */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    public record Header(String name, byte @Nullable [] value) {
        private long bytes() {
            return name.getBytes(StandardCharsets.UTF_8).length + length(value) + HEADER_OVERHEAD;
        }
    }
}
