package io.sessionevents.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.util.Locale;

/** The text of a file in UTF-8; tells what is not, with its line. */
final class FileText {
    private FileText() {}

    /** Takes in a problem and the line that has it, from 1. */
    interface Problems {
        void add(int line, String what);
    }

    /**
     * Decodes it.
     *
     * @return the empty text if that cannot be done
     */
    static String of(byte[] bytes, Problems problems) {
        if (startsWith(bytes, 0xEF, 0xBB, 0xBF)) {
            problems.add(
                    1,
                    "begins with a byte-order mark, which would become a part of the first key. Save it as UTF-8 without one.");
            return decoded(ByteBuffer.wrap(bytes, 3, bytes.length - 3), problems);
        }
        if (startsWith(bytes, 0xFE, 0xFF) || startsWith(bytes, 0xFF, 0xFE)) {
            problems.add(1, "begins with the byte-order mark of UTF-16. Save it as UTF-8.");
            return "";
        }
        return decoded(ByteBuffer.wrap(bytes), problems);
    }

    private static String decoded(ByteBuffer bytes, Problems problems) {
        CharsetDecoder decoder = UTF_8.newDecoder();
        CharBuffer text = CharBuffer.allocate(bytes.remaining());
        CoderResult end = decoder.decode(bytes, text, true);
        String decoded = text.flip().toString();
        if (end.isError()) {
            int odd = bytes.get() & 0xFF;
            problems.add(
                    lineOf(decoded, decoded.length()),
                    String.format(
                            Locale.ROOT,
                            "has the byte 0x%02X, which is not UTF-8; in Latin-1 it is \"%c\". Save the file as UTF-8, or write"
                                    + " \\u%04x there.",
                            odd,
                            odd,
                            odd));
            return "";
        }
        int zero = decoded.indexOf('\0');
        if (zero >= 0) {
            problems.add(
                    lineOf(decoded, zero), "has a zero byte: this is UTF-16, or no text at all. Save it as UTF-8.");
            return "";
        }
        return decoded;
    }

    private static int lineOf(String text, int end) {
        return text.substring(0, end).split("\r\n|\r|\n", -1).length;
    }

    private static boolean startsWith(byte[] bytes, int... beginning) {
        if (bytes.length < beginning.length) {
            return false;
        }
        for (int i = 0; i < beginning.length; i++) {
            if ((bytes[i] & 0xFF) != beginning[i]) {
                return false;
            }
        }
        return true;
    }
}
