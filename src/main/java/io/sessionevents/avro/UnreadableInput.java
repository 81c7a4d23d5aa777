package io.sessionevents.avro;

import io.sessionevents.session.DeadLetterReason;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Something is wrong with an input record; the message never quotes it at length. */
final class UnreadableInput extends Exception {
    private static final long serialVersionUID = 1;

    private final DeadLetterReason reason;

    UnreadableInput(DeadLetterReason reason, @Nullable String message) {
        super(message);
        this.reason = reason;
    }

    DeadLetterReason reason() {
        return reason;
    }

    /** The message; never null. */
    String text() {
        return Objects.requireNonNullElse(getMessage(), reason.code());
    }
}
