package io.sessionevents.tracking;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sessionevents.kafka.RecordSize;
import io.sessionevents.session.RecordLimit;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter as it fits into its topic: whole where it does, and else with the heads of value and key, their sizes and
 * digests, and without the headers that are large. Pure. What is cut off is where the original lies, which its headers tell.
 */
@SuppressWarnings("ArrayRecordComponent") // written, never compared
record FittingLetter(byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
    /** Of a value that does not fit: enough to see what it is. */
    static final int VALUE_HEAD = 64 * 1024;

    /** Of a key in a letter that does not fit whole. */
    static final int KEY_HEAD = 1024;

    /** Larger headers are left out of a letter that does not fit whole. */
    private static final int LARGE_HEADER = 1024;

    /** The headers that say what was cut off. */
    private static final int ROOM_FOR_CUTS = 512;

    /**
     * Makes it fit.
     *
     * @param original headers of the original record
     * @param ours headers that describe the letter; always kept
     */
    static FittingLetter of(
            byte @Nullable [] key, byte @Nullable [] value, Headers original, Headers ours, RecordLimit limit) {
        var whole = new FittingLetter(key, value, together(DeadLetterHeaders.original(original), ours));
        return limit.takes(RecordSize.of(key, value, whole.headers)) ? whole : cut(key, value, original, ours, limit);
    }

    private static FittingLetter cut(
            byte @Nullable [] key, byte @Nullable [] value, Headers original, Headers ours, RecordLimit limit) {
        Headers all = new RecordHeaders(ours);
        long room = limit.bytes() - RecordLimit.OVERHEAD - ROOM_FOR_CUTS - RecordSize.of(null, null, ours);
        byte[] keyHead = head(key, Math.min(KEY_HEAD, room / 4));
        Headers kept = keptHeaders(original, room / 4, all);
        long left = room - RecordSize.of(keyHead, null, kept);
        byte[] valueHead = head(value, Math.min(VALUE_HEAD, left));
        describe(all, keyHead, key, DeadLetterHeaders.KEY_BYTES, DeadLetterHeaders.KEY_SHA256);
        describe(all, valueHead, value, DeadLetterHeaders.VALUE_BYTES, DeadLetterHeaders.VALUE_SHA256);
        return new FittingLetter(keyHead, valueHead, together(kept, all));
    }

    private static Headers keptHeaders(Headers original, long room, Headers ours) {
        Headers kept = new RecordHeaders();
        long used = 0;
        int leftOut = 0;
        for (Header header : DeadLetterHeaders.original(original)) {
            long bytes = RecordSize.of(header);
            if (bytes > LARGE_HEADER || used + bytes > room) {
                leftOut++;
            } else {
                kept.add(header);
                used += bytes;
            }
        }
        if (leftOut > 0) {
            ours.add(
                    DeadLetterHeaders.HEADERS_LEFT_OUT,
                    Integer.toString(leftOut).getBytes(UTF_8));
        }
        return kept;
    }

    private static void describe(
            Headers headers, byte @Nullable [] head, byte @Nullable [] whole, String sizeHeader, String digestHeader) {
        if (whole != null && RecordSize.length(head) < whole.length) {
            headers.add(sizeHeader, Integer.toString(whole.length).getBytes(UTF_8));
            headers.add(digestHeader, sha256(whole).getBytes(UTF_8));
        }
    }

    private static byte @Nullable [] head(byte @Nullable [] bytes, long most) {
        return bytes == null || bytes.length <= most ? bytes : Arrays.copyOf(bytes, (int) Math.max(0, most));
    }

    private static Headers together(Headers some, Headers others) {
        Headers all = new RecordHeaders(some);
        others.forEach(all::add);
        return all;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
