package io.sessionevents.avro;

import io.sessionevents.session.DeadLetterReason;
import org.apache.kafka.common.errors.SerializationException;

/** Bytes that are no record; the message never quotes them. */
public final class MalformedRecordException extends SerializationException {
    private static final long serialVersionUID = 1;

    private final DeadLetterReason reason;

    MalformedRecordException(DeadLetterReason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** Why a dead letter with these bytes lies in the dead-letter topic. */
    public DeadLetterReason reason() {
        return reason;
    }
}
