package io.sessionevents.tracking;

import io.sessionevents.session.LookupSchedule.NextLook;
import io.sessionevents.session.SessionKey;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Orders the lookups of all followed sessions of this process: of those that may be looked at, the one due first. A
 * session may be looked at before it is due; so the budget is spent whole as long as any session is past its minimum
 * interval. Times are nanoseconds of a monotonic clock. Not safe for use by several threads.
 *
 * <pre>
 *                 add                       eligible               take
 *   (unknown) ──────────► waiting ───────────────────► ready ───────────────► in flight
 *                            ▲                                                    │
 *                            └──────────────────── again ─────────────────────────┘
 * </pre>
 *
 * @param <L> the lane a session belongs to
 */
final class LookupQueue<L> {
    private static final double NANOS_PER_SECOND = 1e9;

    /** Nanoseconds by which a new session or a request goes ahead of the others. */
    private static final long HEAD_START = 10_000_000_000L;

    private final Map<SessionKey, Entry<L>> entries = new HashMap<>();
    private final TreeSet<Entry<L>> waiting =
            new TreeSet<>(Comparator.<Entry<L>>comparingLong(e -> e.eligibleAt).thenComparingLong(e -> e.arrival));
    private final TreeSet<Entry<L>> ready =
            new TreeSet<>(Comparator.<Entry<L>>comparingLong(e -> e.due).thenComparingLong(e -> e.arrival));
    private double totalWeight;
    private long arrivals;

    /** One followed session. */
    static final class Entry<L> {
        final L lane;
        final SessionKey key;
        private double weight;
        private long eligibleAt;
        private long due;
        private long arrival;
        private boolean inFlight;
        private boolean wantedAgain;

        private Entry(L lane, SessionKey key) {
            this.lane = lane;
            this.key = key;
        }
    }

    /**
     * Puts a session into the queue, or back into it after its lookup.
     *
     * @param rate lookups per second that this process may make
     */
    Entry<L> add(L lane, SessionKey key, NextLook look, double rate, long now) {
        Entry<L> entry = entries.get(key);
        if (entry == null || !entry.lane.equals(lane)) {
            remove(key);
            entry = new Entry<>(lane, key);
            entries.put(key, entry);
        } else {
            unqueue(entry);
        }
        totalWeight += look.weight() - entry.weight;
        entry.weight = look.weight();
        entry.inFlight = false;
        long interval = nanos(roundSeconds(rate) / look.weight());
        long wanted = look.deadline() == null
                ? interval
                : Math.min(interval, look.deadline().toNanos());
        entry.eligibleAt = now + look.notBefore().toNanos();
        entry.due = Math.max(entry.eligibleAt, now + wanted);
        if (entry.wantedAgain) {
            entry.wantedAgain = false;
            entry.due = now - HEAD_START;
        }
        enqueue(entry);
        return entry;
    }

    /**
     * Asks for a lookup ahead of the others: it counts as due for {@link #HEAD_START}, so that it goes first without
     * starving a session that is overdue for longer. A session whose lookup is under way is looked at once more after it.
     */
    void hurry(L lane, SessionKey key, double weight, double rate, long now) {
        Entry<L> entry = entries.get(key);
        if (entry == null || !entry.lane.equals(lane)) {
            entry = add(lane, key, new NextLook(weight, Duration.ZERO, Duration.ZERO), rate, now);
        }
        if (entry.inFlight) {
            entry.wantedAgain = true;
            return;
        }
        unqueue(entry);
        entry.due = Math.min(entry.due, now - HEAD_START);
        enqueue(entry);
    }

    /** Takes the session due first among those that may be looked at now; null if there is none. */
    @Nullable
    Entry<L> take(long now) {
        admit(now);
        Entry<L> entry = ready.pollFirst();
        if (entry != null) {
            entry.inFlight = true;
        }
        return entry;
    }

    /** Nanoseconds until a session may be looked at; 0 if one may be now, {@link Long#MAX_VALUE} if none is queued. */
    long nanosUntilNext(long now) {
        admit(now);
        if (!ready.isEmpty()) {
            return 0;
        }
        Entry<L> next = waiting.isEmpty() ? null : waiting.first();
        return next == null ? Long.MAX_VALUE : next.eligibleAt - now;
    }

    /** Stops looking at a session; nothing happens if it is not followed. */
    void remove(SessionKey key) {
        Entry<L> entry = entries.remove(key);
        if (entry != null) {
            unqueue(entry);
            totalWeight -= entry.weight;
        }
    }

    /** Stops looking at all sessions of a lane. */
    void removeLane(L lane) {
        Predicate<Entry<L>> ofLane = entry -> entry.lane.equals(lane);
        waiting.removeIf(ofLane);
        ready.removeIf(ofLane);
        entries.values().removeIf(ofLane);
        totalWeight =
                entries.values().stream().mapToDouble(entry -> entry.weight).sum();
    }

    int size() {
        return entries.size();
    }

    /** Seconds that one round takes: every session of weight 1 looked at once. */
    private double roundSeconds(double rate) {
        return rate == 0 ? 0 : totalWeight / rate;
    }

    private void admit(long now) {
        while (!waiting.isEmpty() && waiting.first().eligibleAt <= now) {
            ready.add(waiting.removeFirst());
        }
    }

    private void enqueue(Entry<L> entry) {
        entry.arrival = arrivals++;
        waiting.add(entry);
    }

    private void unqueue(Entry<L> entry) {
        if (!waiting.remove(entry)) {
            ready.remove(entry);
        }
    }

    private static long nanos(double seconds) {
        return (long) (Math.min(seconds, 1e9) * NANOS_PER_SECOND);
    }
}
