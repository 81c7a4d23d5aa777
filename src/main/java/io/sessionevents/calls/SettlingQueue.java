package io.sessionevents.calls;

import io.sessionevents.session.SessionKey;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The ended sessions whose usage is looked at, the one due first before the others; see {@link LookupBacklog} for when one has
 * its turn. A session that is taken is forgotten here: its result leads to the next look, if there is one. They are kept by task, so
 * that one that moves takes its own away at once. Times are nanoseconds of a monotonic clock. Not safe for use by several threads.
 *
 * @param <L> the mailbox a session belongs to
 */
final class SettlingQueue<L> {
    private final Map<L, Waiting<L>> tasks = new LinkedHashMap<>();
    private long arrivals;

    /** Those of one task. */
    private static final class Waiting<L> {
        private static <L> Comparator<QueuedSession<L>> order() {
            return Comparator.<QueuedSession<L>>comparingLong(e -> e.eligibleAt).thenComparingLong(e -> e.arrival);
        }

        private final Map<SessionKey, QueuedSession<L>> entries = new HashMap<>();
        private final TreeSet<QueuedSession<L>> byTime = new TreeSet<>(order());

        private void add(QueuedSession<L> entry) {
            remove(entry.key);
            entries.put(entry.key, entry);
            byTime.add(entry);
        }

        private void remove(SessionKey key) {
            QueuedSession<L> entry = entries.remove(key);
            if (entry != null) {
                byTime.remove(entry);
            }
        }

        private @Nullable QueuedSession<L> first() {
            return byTime.isEmpty() ? null : byTime.first();
        }
    }

    /** Puts a session in, to be looked at from that moment on; the moment that was planned before counts no more. */
    void add(L mailbox, SessionKey key, long due) {
        QueuedSession<L> entry = new QueuedSession<>(mailbox, key);
        entry.eligibleAt = due;
        entry.arrival = arrivals++;
        tasks.computeIfAbsent(mailbox, name -> new Waiting<>()).add(entry);
    }

    /** Takes the session due first out; null if none is due. */
    @Nullable
    QueuedSession<L> take(long now) {
        QueuedSession<L> entry = first();
        if (entry == null || entry.eligibleAt > now) {
            return null;
        }
        remove(entry.mailbox, entry.key);
        return entry;
    }

    /** Nanoseconds until one is due, 0 or less if one is; {@link Long#MAX_VALUE} if there is none. */
    long nanosUntilNext(long now) {
        QueuedSession<L> entry = first();
        return entry == null ? Long.MAX_VALUE : entry.eligibleAt - now;
    }

    private @Nullable QueuedSession<L> first() {
        return tasks.values().stream()
                .map(Waiting::first)
                .filter(Objects::nonNull)
                .min(Waiting.order())
                .orElse(null);
    }

    void remove(L mailbox, SessionKey key) {
        Waiting<L> task = tasks.get(mailbox);
        if (task != null) {
            task.remove(key);
        }
    }

    /** Looks at no session of a mailbox any more; takes as long for a million as for one. */
    void removeMailbox(L mailbox) {
        tasks.remove(mailbox);
    }

    /** Sessions that are to be looked at. */
    int size() {
        return tasks.values().stream().mapToInt(task -> task.entries.size()).sum();
    }

    /** Nanoseconds for which the one due first has been due; 0 if none is. */
    long overdueNanos(long now) {
        QueuedSession<L> entry = first();
        return entry == null ? 0 : Math.max(0, now - entry.eligibleAt);
    }
}
