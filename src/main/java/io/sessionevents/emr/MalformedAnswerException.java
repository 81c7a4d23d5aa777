package io.sessionevents.emr;

import java.io.Serial;

/** AWS answered with something that is not the session asked for. */
final class MalformedAnswerException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    MalformedAnswerException(String message) {
        super(message);
    }
}
