package io.sessionevents.calls;

import io.sessionevents.session.LookupSchedule.NextLook;
import io.sessionevents.session.SessionKey;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Orders the lookups of all tracked sessions of this process: of those that may be looked at, the one due first. A
 * session may be looked at before it is due; so the budget is spent whole as long as any session is past its minimum
 * interval. Times are nanoseconds of a monotonic clock. Not safe for use by several threads.
 *
 * <p>What is due first is told in rounds: one round is the time in which the budget pays for a look at every session of
 * weight 1, and a session of weight w is due 1/w rounds after its last look. Rounds pass slowly while the budget is small,
 * so a session that was looked at in such a time waits no longer than the others when the budget is large again.
 *
 * <pre>
 *                 add                       eligible               take
 *   (unknown) ──────────► waiting ───────────────────► ready ───────────────► in flight
 *                            ▲                                                    │ landed
 *                            └───────────────────── add ──────────────────────────┘
 * </pre>
 *
 * <p>A session in flight that is removed stays known until it has landed, so that it never has two lookups under way.
 *
 * @param <L> the mailbox a session belongs to
 */
final class LookupQueue<L> {
    private static final double NANOS_PER_SECOND = 1e9;

    /** Nanoseconds by which a new session or a request goes ahead of the others. */
    private static final long HEAD_START = 10_000_000_000L;

    /** The longest unseen first. */
    private final LinkedHashMap<SessionKey, QueuedSession<L>> entries = new LinkedHashMap<>();

    private final TreeSet<QueuedSession<L>> waiting = new TreeSet<>(
            Comparator.<QueuedSession<L>>comparingLong(e -> e.eligibleAt).thenComparingLong(e -> e.arrival));
    private final ReadySessions<L> ready = new ReadySessions<>();
    private double totalWeight;
    private double rounds;
    private double roundsPerSecond;
    private long roundsCountedAt;
    private long arrivals;

    /** Sessions that are removed and still in flight. */
    private int removed;

    /**
     * Puts a session into the queue, or back into it after its lookup has landed. One that is in flight stays where it
     * is: its result will come and lead here again.
     *
     * @param rate lookups per second that this process may make
     */
    QueuedSession<L> add(L mailbox, SessionKey key, NextLook look, double rate, long now) {
        QueuedSession<L> entry = entry(mailbox, key, now);
        weigh(entry, look.weight());
        countRounds(rate, now);
        if (entry.inFlight) {
            return entry;
        }
        unqueue(entry);
        double interval = 1 / look.weight();
        double wanted = look.deadline() == null
                ? interval
                : Math.min(interval, inRounds(look.deadline().toNanos()));
        entry.eligibleAt = now + look.notBefore().toNanos();
        entry.due = rounds + wanted;
        if (entry.wantedAgain) {
            entry.wantedAgain = false;
            entry.woken = entry.wokenAgain;
            entry.wokenAgain = false;
            entry.due = rounds - inRounds(HEAD_START);
            entry.eligibleAt = Math.min(entry.eligibleAt, entry.lookedAt + entry.wantedAfter);
        }
        enqueue(entry);
        return entry;
    }

    /**
     * Asks for a lookup ahead of the others: the session counts as due for {@link #HEAD_START}, so that it goes first
     * without starving one that is overdue for longer. No back-off holds it, only the shortest time between two looks. If
     * its lookup is under way, it is looked at once more after it.
     *
     * @param look that an ordinary look would be followed by
     * @param wake whether the session is known to have changed: then it goes ahead of all, see {@link ReadySessions}
     */
    void hurry(L mailbox, SessionKey key, NextLook look, boolean wake, double rate, long now) {
        QueuedSession<L> entry = entries.get(key);
        if (entry == null || !entry.mailbox.equals(mailbox) || entry.removed) {
            entry = add(mailbox, key, new NextLook(look.weight(), Duration.ZERO, Duration.ZERO), rate, now);
        }
        if (entry.inFlight) {
            entry.wantedAgain = true;
            entry.wokenAgain |= wake;
            entry.wantedAfter = look.notBefore().toNanos();
            return;
        }
        unqueue(entry);
        countRounds(rate, now);
        entry.due = Math.min(entry.due, rounds - inRounds(HEAD_START));
        entry.eligibleAt =
                Math.min(entry.eligibleAt, entry.lookedAt + look.notBefore().toNanos());
        entry.woken |= wake;
        enqueue(entry);
    }

    /** Takes the session due first among those that may be looked at now; null if there is none. */
    @Nullable
    QueuedSession<L> take(long now) {
        admit(now);
        QueuedSession<L> entry = ready.poll();
        if (entry != null) {
            entry.queued = false;
            entry.woken = false;
            entry.inFlight = true;
            entry.lookedAt = now;
            entries.putLast(entry.key, entry);
        }
        return entry;
    }

    /** The result of the session's lookup was taken in, whatever it is; nothing happens if the mailbox has no such session. */
    void landed(L mailbox, SessionKey key) {
        QueuedSession<L> entry = entries.get(key);
        if (entry != null && entry.mailbox.equals(mailbox)) {
            entry.inFlight = false;
            if (entry.removed) {
                entries.remove(key);
                removed--;
            }
        }
    }

    /** Nanoseconds until a session may be looked at; {@link Long#MAX_VALUE} if none is queued. */
    long nanosUntilNext(long now) {
        admit(now);
        if (!ready.isEmpty()) {
            return 0;
        }
        QueuedSession<L> next = waiting.isEmpty() ? null : waiting.first();
        return next == null ? Long.MAX_VALUE : next.eligibleAt - now;
    }

    /** Stops looking at a session, if it is tracked. */
    void remove(SessionKey key) {
        QueuedSession<L> entry = entries.get(key);
        if (entry == null || entry.removed) {
            return;
        }
        unqueue(entry);
        weigh(entry, 0);
        entry.removed = true;
        entry.woken = false;
        entry.wantedAgain = false;
        entry.wokenAgain = false;
        if (entry.inFlight) {
            removed++;
        } else {
            entries.remove(key);
        }
    }

    /** Stops looking at all sessions of a mailbox. */
    void removeMailbox(L mailbox) {
        Predicate<QueuedSession<L>> ofMailbox = entry -> entry.mailbox.equals(mailbox);
        waiting.removeIf(ofMailbox);
        ready.removeIf(ofMailbox);
        entries.values().removeIf(ofMailbox);
        removed = (int) entries.values().stream().filter(entry -> entry.removed).count();
        totalWeight =
                entries.values().stream().mapToDouble(entry -> entry.weight).sum();
    }

    /** Sessions that are looked at now and then. */
    int size() {
        return entries.size() - removed;
    }

    /** Nanoseconds since the look that is the longest ago; a session never looked at counts from when it came. 0 if empty. */
    long oldestLookNanos(long now) {
        return entries.values().stream()
                .filter(entry -> !entry.removed)
                .findFirst()
                .map(entry -> now - entry.lookedAt)
                .orElse(0L);
    }

    /** Seconds between two looks at a session of that weight when the budget alone decides; 0 without a budget. */
    double intervalSeconds(double weight, double rate) {
        return rate == 0 ? 0 : totalWeight / rate / weight;
    }

    /** The session's entry; a new one if there is none, or if it belongs to another mailbox. */
    private QueuedSession<L> entry(L mailbox, SessionKey key, long now) {
        QueuedSession<L> known = entries.get(key);
        if (known != null && known.mailbox.equals(mailbox)) {
            if (known.removed) {
                known.removed = false;
                removed--;
            }
            return known;
        }
        if (known != null) {
            remove(key);
        }
        QueuedSession<L> entry = new QueuedSession<>(mailbox, key);
        entry.lookedAt = now;
        entries.put(key, entry);
        return entry;
    }

    private void weigh(QueuedSession<L> entry, double weight) {
        totalWeight += weight - entry.weight;
        entry.weight = weight;
    }

    private void countRounds(double rate, long now) {
        rounds += inRounds(now - roundsCountedAt);
        roundsCountedAt = now;
        roundsPerSecond = totalWeight == 0 ? 0 : rate / totalWeight;
    }

    private double inRounds(long nanos) {
        return nanos / NANOS_PER_SECOND * roundsPerSecond;
    }

    private void admit(long now) {
        while (!waiting.isEmpty() && waiting.first().eligibleAt <= now) {
            ready.add(waiting.removeFirst());
        }
    }

    private void enqueue(QueuedSession<L> entry) {
        entry.arrival = arrivals++;
        entry.queued = true;
        waiting.add(entry);
    }

    private void unqueue(QueuedSession<L> entry) {
        if (entry.queued && !waiting.remove(entry)) {
            ready.remove(entry);
        }
        entry.queued = false;
    }
}
