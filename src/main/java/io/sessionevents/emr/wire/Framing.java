package io.sessionevents.emr.wire;

import java.net.ProtocolException;
import java.util.List;

/** How a body ends. */
sealed interface Framing {
    /** There is none. */
    record None() implements Framing {}

    /** After so many bytes. */
    record Length(long bytes) implements Framing {}

    /** With an empty chunk. */
    record Chunked() implements Framing {}

    /** With the connection. */
    record UntilClose() implements Framing {}

    /** More of them than a file can have bytes. */
    int MOST_DIGITS = 18;

    /**
     * What the head says. One that can be read in two ways is refused: whoever reads it the other way takes what follows for another
     * answer.
     *
     * @param toHead whether the request was HEAD
     */
    static Framing of(Head head, boolean toHead) throws ProtocolException {
        List<String> lengths = head.values("Content-Length");
        List<String> encodings = head.values("Transfer-Encoding");
        if (!lengths.isEmpty() && !encodings.isEmpty()) {
            throw new ProtocolException("the answer has both Content-Length and Transfer-Encoding");
        }
        if (toHead || head.status() == 204 || head.status() == 304) {
            return new None();
        }
        if (!encodings.isEmpty()) {
            if (encodings.size() > 1 || !encodings.getFirst().equalsIgnoreCase("chunked")) {
                throw new ProtocolException("the answer has a Transfer-Encoding other than chunked");
            }
            return new Chunked();
        }
        return lengths.isEmpty() ? new UntilClose() : length(lengths);
    }

    private static Framing length(List<String> lengths) throws ProtocolException {
        String length = lengths.getFirst();
        if (lengths.size() > 1
                || length.isEmpty()
                || length.length() > MOST_DIGITS
                || !Head.digits(length, 0, length.length())) {
            throw new ProtocolException("the answer has a Content-Length that is not one number");
        }
        return new Length(Long.parseLong(length));
    }
}
