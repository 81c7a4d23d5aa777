package io.sessionevents.tracking;

import io.sessionevents.session.Request;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Port that reads one record of the input topic; called by StreamThreads, so it never waits. */
@FunctionalInterface
public interface RequestDecoder {

    /**
     * Reads a record; what cannot be understood is a {@link Request.Unreadable}.
     *
     * @throws RetryLaterException if something needed for reading is not there yet; the record is then read again
     */
    Request decode(String topic, byte @Nullable [] key, byte @Nullable [] value, Headers headers);

    /** Something needed for reading is not there yet: a schema. */
    final class RetryLaterException extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final Why why;

        /** What the registry said. */
        public enum Why {
            /** That it does not know the schema, which it may yet learn. */
            UNKNOWN_SCHEMA,
            /** Nothing that can be believed. */
            OUT_OF_REACH,
            /** Nothing yet: this process asks it for the first time. */
            PENDING
        }

        /** The record is read again later. */
        public RetryLaterException(String message, Throwable cause, Why why) {
            super(message, cause);
            this.why = why;
        }

        /** Something is out of reach. */
        public RetryLaterException(String message, Throwable cause) {
            this(message, cause, Why.OUT_OF_REACH);
        }

        Why why() {
            return why;
        }
    }
}
