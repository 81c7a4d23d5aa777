package io.sessionevents.tracking;

import io.sessionevents.session.RecordLimit;
import org.apache.kafka.common.header.Headers;

/**
 * Port that writes what is told.
 *
 * @param <E> what the record tells of
 */
@FunctionalInterface
public interface EventEncoder<E> {

    /** The value and the headers of a record. */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Encoded(byte[] value, Headers headers) {}

    /** This cannot be written; the message is for people and holds nothing of the session's contents. */
    final class UnwritableException extends RuntimeException {
        private static final long serialVersionUID = 1;

        public UnwritableException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /**
     * The record, no larger than the limit takes. Whatever else it throws concerns this one too, but its message may hold parts
     * of the session and is shown to nobody.
     *
     * @throws UnwritableException if it cannot be written
     * @throws RequestDecoder.RetryLaterException if something that every record needs is out of reach for now
     */
    Encoded encode(E event, RecordLimit limit);
}
