package io.sessionevents.tracking;

import io.sessionevents.session.RecordLimit;
import io.sessionevents.session.StateChange;
import org.apache.kafka.common.header.Headers;

/** Port that writes a change as an event. */
@FunctionalInterface
public interface ChangeEncoder {

    /** The value and the headers of a record of the output topic. */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Encoded(byte[] value, Headers headers) {}

    /** This change cannot be written; the message is for people and holds nothing of the session's contents. */
    final class UnwritableException extends RuntimeException {
        private static final long serialVersionUID = 1;

        public UnwritableException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /**
     * The event of a change, no larger than the limit takes. Whatever else it throws concerns this change too, but its message
     * may hold parts of the session and is shown to nobody.
     *
     * @throws UnwritableException if it cannot be written
     * @throws RequestDecoder.RetryLaterException if something that every change needs is out of reach for now
     */
    Encoded encode(StateChange change, RecordLimit limit);
}
