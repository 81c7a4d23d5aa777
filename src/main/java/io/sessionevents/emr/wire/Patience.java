package io.sessionevents.emr.wire;

import java.time.Duration;

/**
 * How long is waited. A whole call is ended by whoever made it: {@link Call#abort()}.
 *
 * @param connect for a connection, whatever the number of addresses
 * @param read for the next bytes of an answer, and for a connection that another call has
 */
public record Patience(Duration connect, Duration read) {

    /** @throws IllegalArgumentException if there is none; 0 would mean for ever to a socket */
    public Patience {
        if (connect.toMillis() < 1 || read.toMillis() < 1) {
            throw new IllegalArgumentException("patience: " + connect + " and " + read + ", expected 1 ms or more");
        }
    }

    static int millis(Duration time) {
        return (int) Math.min(Integer.MAX_VALUE, time.toMillis());
    }
}
