package io.sessionevents.calls;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When no lookup is made although the budget allows it, because its answer may be lost, or because another process may still
 * make calls in this one's place. One log line per change, written by whoever asks first. Safe for use by many threads.
 */
public final class LookupHold {
    private static final Logger log = LoggerFactory.getLogger(LookupHold.class);

    private final CommitWatch commits;
    private final LongSupplier nanoClock;
    private long predecessorNanos;
    private long predecessorUntil;
    private boolean tasksSeen;
    private Reason reported = Reason.NONE;

    /** Why lookups are held. */
    public enum Reason {
        NONE("lookups are made"),
        /** The answers would be lost with this process. */
        NOTHING_COMMITTED(
                "nothing can be committed, because the group or the brokers are waited for: no lookup is made"),
        /** A process of the same name on another machine may be frozen, and makes calls when it wakes. */
        PREDECESSOR("a process of the same name on another machine may still be alive: no lookup is made yet");

        private final String text;

        Reason(String text) {
            this.text = text;
        }

        /** For people. */
        public String text() {
            return text;
        }
    }

    LookupHold(CommitWatch commits, LongSupplier nanoClock) {
        this.commits = commits;
        this.nanoClock = nanoClock;
    }

    /**
     * Holds lookups for that long from when this process has its first task: by then the group has given the name to it, so
     * that a predecessor gets no answer to its heartbeats any more.
     *
     * @param time for which a predecessor may believe to be a member, the session time-out
     */
    public synchronized void forPredecessor(Duration time) {
        predecessorNanos = time.toNanos();
    }

    /** This process has a task. */
    synchronized void tasksSeen() {
        if (!tasksSeen) {
            tasksSeen = true;
            predecessorUntil = nanoClock.getAsLong() + predecessorNanos;
        }
    }

    /** Why lookups are held now. */
    public synchronized Reason reason() {
        Reason now = current();
        if (now != reported) {
            (now == Reason.NONE ? log.atInfo() : log.atWarn()).log("Hold of lookups: {}", now.text());
            reported = now;
        }
        return now;
    }

    private Reason current() {
        if (tasksSeen && predecessorNanos > 0 && nanoClock.getAsLong() - predecessorUntil < 0) {
            return Reason.PREDECESSOR;
        }
        return commits.overdue() ? Reason.NOTHING_COMMITTED : Reason.NONE;
    }
}
