package io.sessionevents.tracking;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * Which of many log lines are written: of each kind a few in a while, the next of which says how many were not. Whoever publishes decides
 * how often something is wrong, and must not fill the disk. Not safe for use by several threads.
 *
 * @param <K> kind of line
 */
final class FewLines<K> {
    private final int most;
    private final long millis;
    private final LongSupplier clock;
    private final Map<K, Written> kinds = new HashMap<>();

    /** Of one kind. */
    private static final class Written {
        private long since;
        private int lines;
        private long leftOut;
    }

    /**
     * None written yet.
     *
     * @param most of each kind in that while
     * @param clock in milliseconds; it may be set
     */
    FewLines(int most, Duration in, LongSupplier clock) {
        this.most = most;
        this.millis = in.toMillis();
        this.clock = clock;
    }

    /** How many of that kind were left out since the last one that was written; empty: this one is left out too. */
    OptionalLong next(K kind) {
        long now = clock.getAsLong();
        Written written = kinds.computeIfAbsent(kind, _ -> new Written());
        if (now - written.since >= millis || now < written.since) {
            written.since = now;
            written.lines = 0;
        }
        if (written.lines >= most) {
            written.leftOut++;
            return OptionalLong.empty();
        }
        written.lines++;
        long leftOut = written.leftOut;
        written.leftOut = 0;
        return OptionalLong.of(leftOut);
    }
}
