package io.sessionevents.tracking;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sessionevents.session.DeadLetterReason;
import io.sessionevents.session.InputRecord;
import io.sessionevents.session.Request;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Headers of a dead letter: as Kafka's own dead-letter queue (KIP-1034) names them, the reason, and what was cut off. Those of
 * the original record that begin like ours are not kept, so that nobody can forge them.
 */
public final class DeadLetterHeaders {
    private static final String OURS = "session-events.";
    private static final String ERRORS = "__streams.errors.";
    private static final String CUT = OURS + "cut.";
    private static final int LONGEST_MESSAGE = 1000;

    /** Holds a code of {@link DeadLetterReason}. */
    public static final String REASON = OURS + "reason";

    /** Holds a sentence for people. */
    public static final String MESSAGE = ERRORS + "message";

    /** Where the original record was read. */
    public static final String TOPIC = ERRORS + "topic";

    /** Where the original record was read. */
    public static final String PARTITION = ERRORS + "partition";

    /** Where the original record was read. */
    public static final String OFFSET = ERRORS + "offset";

    /** Bytes of the original value; there only if its head was kept and the rest was not. */
    public static final String VALUE_BYTES = CUT + "value.bytes";

    /** SHA-256 of the whole original value, in hexadecimal. */
    public static final String VALUE_SHA256 = CUT + "value.sha256";

    /** Bytes of the original key; there only if its head was kept and the rest was not. */
    public static final String KEY_BYTES = CUT + "key.bytes";

    /** SHA-256 of the whole original key, in hexadecimal. */
    public static final String KEY_SHA256 = CUT + "key.sha256";

    /** How many headers of the original record were left out. */
    public static final String HEADERS_LEFT_OUT = CUT + "headers";

    /** On a record of the dead-letter topic that is no dead letter: which one was replayed, {@code PARTITION:OFFSET}. */
    public static final String REPLAYED = OURS + "replayed";

    private DeadLetterHeaders() {}

    /** Those that say why a session was given up. */
    static Headers ofLookup(DeadLetterReason reason, String message) {
        return describe(reason, message);
    }

    /** Those that say what is wrong with an input record and where it was read. */
    static Headers ofInput(String topic, InputRecord input, Request.Unreadable unreadable) {
        return describe(unreadable.reason(), unreadable.message())
                .add(TOPIC, topic.getBytes(UTF_8))
                .add(PARTITION, Integer.toString(input.partition()).getBytes(UTF_8))
                .add(OFFSET, Long.toString(input.offset()).getBytes(UTF_8));
    }

    private static Headers describe(DeadLetterReason reason, String message) {
        return new RecordHeaders()
                .add(REASON, reason.code().getBytes(UTF_8))
                .add(ERRORS + "exception", reason.name().getBytes(UTF_8))
                .add(MESSAGE, brief(message).getBytes(UTF_8))
                .add(ERRORS + "stacktrace", new byte[0]);
    }

    private static String brief(String message) {
        return message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE) + "…";
    }

    /** The headers of the original record, out of those of its dead letter. */
    public static Headers original(Headers deadLetter) {
        Headers headers = new RecordHeaders();
        for (Header header : deadLetter) {
            if (!ours(header)) {
                headers.add(header);
            }
        }
        return headers;
    }

    static boolean ours(Header header) {
        return header.key().startsWith(OURS) || header.key().startsWith(ERRORS);
    }
}
