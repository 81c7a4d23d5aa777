package io.sessionevents.emr.wire;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads one body whole. Used by the thread of the call. */
final class BodyReader {
    /** What is larger is cut off there, and says so. */
    static final int LARGEST_BYTES = 8 << 20;

    private static final int LONGEST_CHUNK_LINE = 1 << 10;
    private static final int MOST_SIZE_DIGITS = 8;
    private static final int FIRST_BLOCK = 8 << 10;

    private final Incoming in;
    private byte[] bytes = {};
    private int size;
    private @Nullable IOException broken;

    BodyReader(Incoming in) {
        this.in = in;
    }

    /** Reads as far as it goes. What ends it early is told to whoever reads the body: the head has been answered. */
    BodyReader read(Framing framing) {
        try {
            switch (framing) {
                case Framing.None() -> {}
                case Framing.Length(long length) -> take(length);
                case Framing.Chunked() -> takeChunks();
                case Framing.UntilClose() -> takeRest();
            }
        } catch (IOException e) {
            broken = e;
        }
        return this;
    }

    /** Whether it was read to its end. */
    boolean whole() {
        return broken == null;
    }

    /** What was read, and then perhaps what ended it. */
    InputStream body() {
        var read = new ByteArrayInputStream(bytes, 0, size);
        return broken == null ? read : new BrokenBody(read, broken);
    }

    private void takeChunks() throws IOException {
        for (long chunk = chunkSize(); chunk > 0; chunk = chunkSize()) {
            take(chunk);
            if (!in.line(LONGEST_CHUNK_LINE).isEmpty()) {
                throw new ProtocolException("a chunk of the answer is not as long as it says");
            }
        }
        int left = Head.LARGEST_BYTES;
        for (String trailer = in.line(left); !trailer.isEmpty(); trailer = in.line(left)) {
            left -= trailer.length() + 1;
        }
    }

    private long chunkSize() throws IOException {
        String line = in.line(LONGEST_CHUNK_LINE);
        int end = line.indexOf(';');
        String hex = (end < 0 ? line : line.substring(0, end)).strip();
        if (hex.isEmpty()
                || hex.length() > MOST_SIZE_DIGITS
                || !hex.chars().allMatch(c -> c < 0x80 && Character.digit(c, 16) >= 0)) {
            throw new ProtocolException("a chunk of the answer has a size that is none");
        }
        return Long.parseLong(hex, 16);
    }

    private void takeRest() throws IOException {
        while (in.more()) {
            int _ = takeSome(FIRST_BLOCK);
        }
    }

    private void take(long length) throws IOException {
        for (long left = length; left > 0; ) {
            int count = takeSome(left);
            if (count < 0) {
                throw new EOFException("the connection ended within the body of the answer");
            }
            left -= count;
        }
    }

    private int takeSome(long most) throws IOException {
        if (size > LARGEST_BYTES) {
            throw new IOException("an answer of more than " + LARGEST_BYTES + " bytes");
        }
        if (size == bytes.length) {
            long wanted = Math.max(size + Math.min(most, FIRST_BLOCK), 2L * size);
            // One more than allowed, so that whoever counts sees that it is too large.
            bytes = Arrays.copyOf(bytes, (int) Math.min(wanted, LARGEST_BYTES + 1L));
        }
        int count = in.read(bytes, size, (int) Math.min(most, bytes.length - size));
        size += Math.max(count, 0);
        return count;
    }

    /** Ends with an exception. */
    private static final class BrokenBody extends InputStream {
        private final InputStream read;
        private final IOException end;

        BrokenBody(InputStream read, IOException end) {
            this.read = read;
            this.end = end;
        }

        @Override
        public int read() throws IOException {
            int next = read.read();
            if (next < 0) {
                throw end;
            }
            return next;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = read.read(bytes, offset, length);
            if (count < 0) {
                throw end;
            }
            return count;
        }
    }
}
