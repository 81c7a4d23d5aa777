package io.sessionevents.health;

import java.time.Duration;

/** The question can be answered later only: during a start, a rebalance or a restoration. */
public final class UnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Duration again;

    /**
     * Says why, and when to ask again.
     *
     * @param message for people; never contains secrets
     */
    public UnavailableException(String message, Duration again) {
        super(message);
        this.again = again;
    }

    /** After what time to ask again. */
    public Duration again() {
        return again;
    }
}
