package io.sessionevents.emr;

/** AWS answered with success, but not with the session that was asked for. */
final class MalformedAnswer extends RuntimeException {
    private static final long serialVersionUID = 1;

    MalformedAnswer(String message) {
        super(message);
    }
}
