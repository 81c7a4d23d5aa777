package io.sessionevents.local;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Waiting for conditions. No wait is cut short because the machine is slow: it goes on as long as anything moves, and only a
 * standstill ends it, so that nothing hangs for ever.
 */
public final class Poll {
    /** How long nothing may move. */
    public static final Duration STANDSTILL = Duration.ofMinutes(5);

    private static final int POLL_MILLIS = 50;

    /** Looks at the progress cost more than they tell, if made at every poll. */
    private static final Duration PROGRESS = Duration.ofSeconds(1);

    private Poll() {}

    /**
     * A condition that takes a look outside of this process.
     *
     * @param <X> what the look may fail with
     */
    @FunctionalInterface
    public interface Condition<X extends Exception> {
        boolean met() throws X, InterruptedException;
    }

    /** Waits until the condition is met, for what happens in one step. */
    public static <X extends Exception> void await(String what, Condition<X> condition) throws X, InterruptedException {
        await(what, () -> "", condition);
    }

    /**
     * Waits until the condition is met.
     *
     * @param progress whatever is another while things move; compared with {@code equals}
     */
    public static <X extends Exception> void await(String what, Supplier<?> progress, Condition<X> condition)
            throws X, InterruptedException {
        if (!awaited(progress, condition)) {
            throw new IllegalStateException(
                    "%s: nothing moved for %d s, last at %s".formatted(what, STANDSTILL.toSeconds(), progress.get()));
        }
    }

    /** Waits for what happens in one step: whether it was met. */
    public static <X extends Exception> boolean awaited(Condition<X> condition) throws X, InterruptedException {
        return within(STANDSTILL, condition);
    }

    /** Waits: whether it was met before everything stood still. */
    public static <X extends Exception> boolean awaited(Supplier<?> progress, Condition<X> condition)
            throws X, InterruptedException {
        Object last = progress.get();
        long moved = System.nanoTime();
        long seen = moved;
        while (!condition.met()) {
            if (System.nanoTime() - seen > PROGRESS.toNanos()) {
                Object now = progress.get();
                seen = System.nanoTime();
                if (!Objects.equals(now, last)) {
                    last = now;
                    moved = seen;
                } else if (seen - moved > STANDSTILL.toNanos()) {
                    return false;
                }
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
        return true;
    }

    /** Waits, for what is to happen within a time that is promised: whether it did. */
    public static <X extends Exception> boolean within(Duration promised, Condition<X> condition)
            throws X, InterruptedException {
        long end = System.nanoTime() + promised.toNanos();
        while (!condition.met()) {
            if (System.nanoTime() > end) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
        return true;
    }

    /** Lets that time go by. */
    public static void pause(Duration time) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(time.toMillis());
    }

    /**
     * A time that is promised in seconds, on this machine as it is: longer by as many threads as each core has to run at
     * present, and never longer than a standstill.
     */
    public static Duration onThisMachine(Duration promised) {
        var system = ManagementFactory.getOperatingSystemMXBean();
        double crowd = Math.max(1, system.getSystemLoadAverage() / system.getAvailableProcessors());
        Duration allowed = Duration.ofMillis((long) (promised.toMillis() * crowd));
        return allowed.compareTo(STANDSTILL) < 0 ? allowed : STANDSTILL;
    }
}
