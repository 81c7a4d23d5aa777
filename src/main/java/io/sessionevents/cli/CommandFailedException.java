package io.sessionevents.cli;

import org.jspecify.annotations.Nullable;

/** A command failed for a reason that its message tells completely. */
public final class CommandFailedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public CommandFailedException(String message) {
        this(message, null);
    }

    public CommandFailedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
