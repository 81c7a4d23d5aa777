package io.sessionevents.local.faults;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** Waiting for conditions. */
final class Patience {
    private static final int POLL_MILLIS = 50;

    private Patience() {}

    /** A condition that takes a look outside of this process. */
    @FunctionalInterface
    interface Condition {
        boolean met() throws Exception;
    }

    /** Waits until the condition is met. */
    static void await(String what, Duration patience, Condition condition) throws Exception {
        if (!awaited(patience, condition)) {
            throw new IllegalStateException(what + ": not within " + patience.toSeconds() + " s");
        }
    }

    /** Waits: whether it was met in time. */
    static boolean awaited(Duration patience, Condition condition) throws Exception {
        Instant end = Instant.now().plus(patience);
        while (!condition.met()) {
            if (Instant.now().isAfter(end)) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
        return true;
    }

    /** Lets that time go by. */
    static void pause(Duration time) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(time.toMillis());
    }
}
