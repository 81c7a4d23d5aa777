package io.sessionevents.http;

/** The request is wrong; the message says to the client what was expected. */
final class BadRequestException extends RuntimeException {
    private static final long serialVersionUID = 1;

    BadRequestException(String message) {
        super(message);
    }
}
