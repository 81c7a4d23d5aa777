package io.sessionevents.emr.wire;

import java.time.Duration;

/**
 * How long is waited.
 *
 * @param connect for a connection, whatever the number of addresses
 * @param read for the next bytes while a connection is made, and for one that another call has
 * @param aborted whether whoever calls aborts a call that takes too long ({@link Call#abort()}). Then reading an answer has no time-out
 *     of its own: on a virtual thread that is a timer started and stopped for each call, a noticeable part of its CPU. Else {@code read}
 *     holds there too.
 */
public record Patience(Duration connect, Duration read, boolean aborted) {

    /** @throws IllegalArgumentException if there is none; 0 would mean for ever to a socket */
    public Patience {
        if (connect.toMillis() < 1 || read.toMillis() < 1) {
            throw new IllegalArgumentException("patience: " + connect + " and " + read + ", expected 1 ms or more");
        }
    }

    /** For calls that nobody aborts. */
    public static Patience alone(Duration connect, Duration read) {
        return new Patience(connect, read, false);
    }

    /** For calls that are aborted after that time. */
    public static Patience untilAborted(Duration connect, Duration attempt) {
        return new Patience(connect, attempt, true);
    }

    static int millis(Duration time) {
        return (int) Math.min(Integer.MAX_VALUE, time.toMillis());
    }
}
