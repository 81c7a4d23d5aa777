package io.sessionevents.tracking;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sessionevents.session.DeadLetterReason;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** Headers of a dead letter: as Kafka's own dead-letter queue (KIP-1034) names them, plus the reason. */
final class DeadLetterHeaders {
    /** Holds a code of {@link DeadLetterReason}. */
    static final String REASON = "session-events.reason";

    private static final String ERRORS = "__streams.errors.";

    private DeadLetterHeaders() {}

    /**
     * The headers of the original record and those that say what is wrong with it.
     *
     * @param origin where the record was read; empty if a lookup and not a record is the cause
     */
    static Headers of(Headers original, DeadLetterReason reason, String message, Optional<RecordMetadata> origin) {
        Headers headers = new RecordHeaders(original);
        set(headers, REASON, reason.code());
        set(headers, ERRORS + "exception", reason.name());
        set(headers, ERRORS + "message", message);
        set(headers, ERRORS + "stacktrace", "");
        origin.ifPresent(place -> {
            set(headers, ERRORS + "topic", place.topic());
            set(headers, ERRORS + "partition", Integer.toString(place.partition()));
            set(headers, ERRORS + "offset", Long.toString(place.offset()));
        });
        return headers;
    }

    private static void set(Headers headers, String name, String text) {
        headers.remove(name);
        headers.add(name, text.getBytes(UTF_8));
    }
}
