package io.sessionevents.emr.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.util.Arrays;

/** The bytes that a connection brings, some of them read ahead. Owned by the call that has the connection. */
final class Incoming {
    private static final int BLOCK = 8 << 10;

    private final InputStream in;
    private byte[] ahead = new byte[BLOCK];
    private int from;
    private int to;

    Incoming(InputStream in) {
        this.in = in;
    }

    /** Whether all that was read was used too. */
    boolean used() {
        return from == to;
    }

    /** Waits for a byte; false at the end. */
    boolean more() throws IOException {
        return from < to || fill();
    }

    /** As many as are there, at least one; -1 at the end. */
    int read(byte[] bytes, int offset, int length) throws IOException {
        if (from == to) {
            // Past the block: what is large is copied once.
            return in.read(bytes, offset, length);
        }
        int count = Math.min(length, to - from);
        System.arraycopy(ahead, from, bytes, offset, count);
        from += count;
        return count;
    }

    /**
     * The next line, without its end, which may be a line feed alone.
     *
     * @param most bytes that it may have, its end included
     */
    String line(int most) throws IOException {
        int length = 0;
        while (true) {
            for (; from + length < to; length++) {
                if (length >= most) {
                    throw new ProtocolException("the head of the answer is too large");
                }
                if (ahead[from + length] == '\n') {
                    return taken(length);
                }
            }
            if (!fill()) {
                throw new EOFException("the connection ended within a line of the answer");
            }
        }
    }

    private String taken(int length) {
        int end = length > 0 && ahead[from + length - 1] == '\r' ? length - 1 : length;
        var line = new String(ahead, from, end, ISO_8859_1);
        from += length + 1;
        return line;
    }

    private boolean fill() throws IOException {
        if (from == to) {
            from = 0;
            to = 0;
        } else if (to == ahead.length) {
            ahead = Arrays.copyOfRange(ahead, from, from + Math.max(BLOCK, 2 * (to - from)));
            to -= from;
            from = 0;
        }
        int count = in.read(ahead, to, ahead.length - to);
        to += Math.max(count, 0);
        return count > 0;
    }
}
