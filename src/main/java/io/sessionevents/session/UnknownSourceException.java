package io.sessionevents.session;

/** A session belongs to no source that is configured here; the message says what to do. */
public final class UnknownSourceException extends Exception {
    private static final long serialVersionUID = 1;

    UnknownSourceException(String message) {
        super(message);
    }
}
