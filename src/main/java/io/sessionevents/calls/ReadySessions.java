package io.sessionevents.calls;

import java.util.Comparator;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The sessions that may be looked at now, the one due first before the others. Those that were woken go ahead of all, for of them it is
 * known that they have changed; but each {@link #OTHERS_TURN}th look is for one of the others, so that none starves where more changes
 * than can be looked at. Not safe for use by several threads.
 *
 * @param <L> the mailbox a session belongs to
 */
final class ReadySessions<L> {
    static final int OTHERS_TURN = 8;

    private final Comparator<QueuedSession<L>> byDue =
            Comparator.<QueuedSession<L>>comparingDouble(e -> e.due).thenComparingLong(e -> e.arrival);

    private final TreeSet<QueuedSession<L>> others = new TreeSet<>(byDue);
    private final TreeSet<QueuedSession<L>> woken = new TreeSet<>(byDue);
    private int taken;

    void add(QueuedSession<L> entry) {
        (entry.woken ? woken : others).add(entry);
    }

    void remove(QueuedSession<L> entry) {
        (entry.woken ? woken : others).remove(entry);
    }

    void removeIf(Predicate<QueuedSession<L>> which) {
        others.removeIf(which);
        woken.removeIf(which);
    }

    boolean isEmpty() {
        return others.isEmpty() && woken.isEmpty();
    }

    /** Takes the next one out; null if there is none. */
    @Nullable
    QueuedSession<L> poll() {
        if (isEmpty()) {
            return null;
        }
        boolean turnOfOthers = ++taken % OTHERS_TURN == 0;
        boolean fromOthers = woken.isEmpty() || (turnOfOthers && !others.isEmpty());
        return (fromOthers ? others : woken).pollFirst();
    }
}
