package io.sessionevents.tracking;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sessionevents.session.DeadLetterReason;
import io.sessionevents.session.InputRecord;
import io.sessionevents.session.Request;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Headers of a dead letter: as Kafka's own dead-letter queue (KIP-1034) names them, plus the reason. */
public final class DeadLetterHeaders {
    /** Holds a code of {@link DeadLetterReason}. */
    public static final String REASON = "session-events.reason";

    private static final String ERRORS = "__streams.errors.";

    /** Holds a sentence for people. */
    public static final String MESSAGE = ERRORS + "message";

    private DeadLetterHeaders() {}

    /** Those that say why a session was given up. */
    static Headers ofLookup(DeadLetterReason reason, String message) {
        return describe(new RecordHeaders(), reason, message);
    }

    /** The headers of the original record, and those that say what is wrong with it and where it was read. */
    static Headers ofInput(Headers original, String topic, InputRecord input, Request.Unreadable unreadable) {
        Headers headers = describe(new RecordHeaders(original), unreadable.reason(), unreadable.message());
        set(headers, ERRORS + "topic", topic);
        set(headers, ERRORS + "partition", Integer.toString(input.partition()));
        set(headers, ERRORS + "offset", Long.toString(input.offset()));
        return headers;
    }

    private static Headers describe(Headers headers, DeadLetterReason reason, String message) {
        set(headers, REASON, reason.code());
        set(headers, ERRORS + "exception", reason.name());
        set(headers, MESSAGE, message);
        set(headers, ERRORS + "stacktrace", "");
        return headers;
    }

    /** The headers of the original record, out of those of its dead letter. */
    public static Headers original(Headers deadLetter) {
        Headers headers = new RecordHeaders();
        for (Header header : deadLetter) {
            if (!header.key().equals(REASON) && !header.key().startsWith(ERRORS)) {
                headers.add(header);
            }
        }
        return headers;
    }

    private static void set(Headers headers, String name, String text) {
        headers.remove(name);
        headers.add(name, text.getBytes(UTF_8));
    }
}
