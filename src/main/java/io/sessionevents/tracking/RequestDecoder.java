package io.sessionevents.tracking;

import io.sessionevents.session.Request;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Port that reads one record of the input topic. */
@FunctionalInterface
public interface RequestDecoder {

    /**
     * Reads a record; what cannot be understood is a {@link Request.Unreadable}.
     *
     * @throws NotNowException if something needed for reading is out of reach for now; the record is then read again
     */
    Request decode(String topic, byte @Nullable [] key, byte @Nullable [] value, Headers headers);

    /** Something needed for reading is out of reach for now, the schema registry for example. */
    final class NotNowException extends RuntimeException {
        private static final long serialVersionUID = 1;

        public NotNowException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
