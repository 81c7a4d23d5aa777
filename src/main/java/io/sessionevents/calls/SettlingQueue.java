package io.sessionevents.calls;

import io.sessionevents.session.SessionKey;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The ended sessions whose usage is looked at, the one due first before the others; see {@link LookupBacklog} for when one has
 * its turn. A session that is taken is forgotten here: its result leads to the next look, if there is one. Times are nanoseconds
 * of a monotonic clock. Not safe for use by several threads.
 *
 * @param <L> the mailbox a session belongs to
 */
final class SettlingQueue<L> {
    private final Map<SessionKey, QueuedSession<L>> entries = new HashMap<>();
    private final TreeSet<QueuedSession<L>> waiting = new TreeSet<>(
            Comparator.<QueuedSession<L>>comparingLong(e -> e.eligibleAt).thenComparingLong(e -> e.arrival));
    private long arrivals;

    /** Puts a session in, to be looked at from that moment on; the moment that was planned before counts no more. */
    void add(L mailbox, SessionKey key, long due) {
        remove(key);
        QueuedSession<L> entry = new QueuedSession<>(mailbox, key);
        entry.eligibleAt = due;
        entry.arrival = arrivals++;
        entries.put(key, entry);
        waiting.add(entry);
    }

    /** Takes the session due first out; null if none is due. */
    @Nullable
    QueuedSession<L> take(long now) {
        if (nanosUntilNext(now) > 0) {
            return null;
        }
        QueuedSession<L> entry = waiting.removeFirst();
        entries.remove(entry.key);
        return entry;
    }

    /** Nanoseconds until one is due, 0 or less if one is; {@link Long#MAX_VALUE} if there is none. */
    long nanosUntilNext(long now) {
        return waiting.isEmpty() ? Long.MAX_VALUE : waiting.first().eligibleAt - now;
    }

    void remove(SessionKey key) {
        QueuedSession<L> entry = entries.remove(key);
        if (entry != null) {
            waiting.remove(entry);
        }
    }

    /** Looks at no session of a mailbox any more. */
    void removeMailbox(L mailbox) {
        waiting.removeIf(entry -> entry.mailbox.equals(mailbox));
        entries.values().removeIf(entry -> entry.mailbox.equals(mailbox));
    }

    /** Sessions that are to be looked at. */
    int size() {
        return entries.size();
    }

    /** Nanoseconds for which the one due first has been due; 0 if none is. */
    long overdueNanos(long now) {
        return waiting.isEmpty() ? 0 : Math.max(0, now - waiting.first().eligibleAt);
    }
}
