package io.sessionevents.calls;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of one task that may be looked at now. Not safe for use by several threads.
 *
 * @param <L> the mailbox a session belongs to
 */
final class ReadySessions<L> {
    private final Map<Turn, NavigableSet<QueuedSession<L>>> byTurn = new EnumMap<>(Turn.class);

    ReadySessions() {
        for (Turn turn : Turn.values()) {
            byTurn.put(turn, new TreeSet<>(order(turn)));
        }
    }

    /** Who comes first among those of a turn, over all tasks: the one due first, or asked for first. */
    static <L> Comparator<QueuedSession<L>> order(Turn turn) {
        return turn == Turn.ASKED
                ? Comparator.<QueuedSession<L>>comparingLong(e -> e.asked).thenComparingLong(e -> e.arrival)
                : Comparator.<QueuedSession<L>>comparingDouble(e -> e.due).thenComparingLong(e -> e.arrival);
    }

    void add(QueuedSession<L> entry) {
        of(entry.turn).add(entry);
    }

    void remove(QueuedSession<L> entry) {
        of(entry.turn).remove(entry);
    }

    boolean isEmpty() {
        return byTurn.values().stream().allMatch(NavigableSet::isEmpty);
    }

    /** The first of that turn; null if there is none. */
    @Nullable
    QueuedSession<L> first(Turn turn) {
        return of(turn).isEmpty() ? null : of(turn).first();
    }

    /** The last of that turn; null if there is none. */
    @Nullable
    QueuedSession<L> last(Turn turn) {
        return of(turn).isEmpty() ? null : of(turn).last();
    }

    private NavigableSet<QueuedSession<L>> of(Turn turn) {
        return requireNonNull(byTurn.get(turn));
    }
}
