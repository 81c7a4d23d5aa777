package io.sessionevents.avro;

import org.apache.kafka.common.errors.SerializationException;

/** An event does not fit into its topic, whatever is left out of it. */
public final class EventTooLargeException extends SerializationException {
    private static final long serialVersionUID = 1;

    EventTooLargeException(String message) {
        super(message);
    }
}
