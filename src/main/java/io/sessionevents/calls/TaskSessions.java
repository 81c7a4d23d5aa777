package io.sessionevents.calls;

import io.sessionevents.session.SessionKey;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of one task in the {@link LookupQueue}, which is told there. They are kept by task so that a task that moves takes
 * all of them away at once, however many they are. Not safe for use by several threads.
 *
 * @param <L> the mailbox a session belongs to
 */
final class TaskSessions<L> {
    private final L mailbox;

    /** The longest unseen first. */
    private final LinkedHashMap<SessionKey, QueuedSession<L>> entries = new LinkedHashMap<>();

    private final TreeSet<QueuedSession<L>> waiting = new TreeSet<>(
            Comparator.<QueuedSession<L>>comparingLong(e -> e.eligibleAt).thenComparingLong(e -> e.arrival));
    private final ReadySessions<L> ready = new ReadySessions<>();

    /** Sessions that are removed and still in flight. */
    private int removed;

    private double weight;

    TaskSessions(L mailbox) {
        this.mailbox = mailbox;
    }

    /** Sessions that are looked at now and then. */
    int size() {
        return entries.size() - removed;
    }

    /** Sum of their weights; exactly 0 if there are none, however many there were. */
    double weight() {
        return size() == 0 ? 0 : weight;
    }

    ReadySessions<L> ready() {
        return ready;
    }

    /** The session's entry; a new one if there is none. */
    QueuedSession<L> entry(SessionKey key, long now) {
        QueuedSession<L> known = entries.get(key);
        if (known == null) {
            known = new QueuedSession<>(mailbox, key);
            known.lookedAt = now;
            entries.put(key, known);
        } else if (known.removed) {
            known.removed = false;
            removed--;
        }
        return known;
    }

    /** Null if it is not known, or removed. */
    @Nullable
    QueuedSession<L> find(SessionKey key) {
        QueuedSession<L> known = entries.get(key);
        return known == null || known.removed ? null : known;
    }

    void weigh(QueuedSession<L> entry, double next) {
        weight = (size() == 1 ? 0 : weight - entry.weight) + next;
        entry.weight = next;
    }

    void enqueue(QueuedSession<L> entry, long arrival) {
        entry.arrival = arrival;
        entry.queued = true;
        waiting.add(entry);
    }

    void unqueue(QueuedSession<L> entry) {
        if (entry.queued && !waiting.remove(entry)) {
            ready.remove(entry);
        }
        entry.queued = false;
    }

    /** From now on it is in flight. */
    void take(QueuedSession<L> entry, long now) {
        unqueue(entry);
        entry.turn = Turn.ORDINARY;
        entry.inFlight = true;
        entry.lookedAt = now;
        entries.putLast(entry.key, entry);
    }

    /** Makes those ready whose time has come. */
    void admit(long now) {
        while (!waiting.isEmpty() && waiting.first().eligibleAt <= now) {
            ready.add(waiting.removeFirst());
        }
    }

    /** Nanoseconds until one may be looked at; {@link Long#MAX_VALUE} if none is queued. */
    long nanosUntilNext(long now) {
        if (!ready.isEmpty()) {
            return 0;
        }
        return waiting.isEmpty() ? Long.MAX_VALUE : waiting.first().eligibleAt - now;
    }

    void landed(SessionKey key) {
        QueuedSession<L> entry = entries.get(key);
        if (entry != null) {
            entry.inFlight = false;
            if (entry.removed) {
                entries.remove(key);
                removed--;
            }
        }
    }

    void remove(SessionKey key) {
        QueuedSession<L> entry = find(key);
        if (entry == null) {
            return;
        }
        unqueue(entry);
        weigh(entry, 0);
        entry.removed = true;
        entry.turn = Turn.ORDINARY;
        entry.again = null;
        if (entry.inFlight) {
            removed++;
        } else {
            entries.remove(key);
        }
    }

    /** When the session was looked at that waits longest, or came if it never was; {@link Long#MAX_VALUE} if there is none. */
    long oldestLook() {
        // Those that are removed are in flight, so they are few.
        return entries.values().stream()
                .filter(entry -> !entry.removed)
                .findFirst()
                .map(entry -> entry.lookedAt)
                .orElse(Long.MAX_VALUE);
    }
}
