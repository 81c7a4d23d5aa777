package io.sessionevents.calls;

import io.sessionevents.session.LookupSchedule.NextLook;
import io.sessionevents.session.SessionKey;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Orders the lookups of all tracked sessions of this process: of those that may be looked at, the one due first. A
 * session may be looked at before it is due; so the budget is spent whole as long as any session is past its minimum
 * interval. Those that were asked for or woken go ahead of the others, see {@link Turns}. Times are nanoseconds of a monotonic
 * clock. Not safe for use by several threads.
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

    /** Nanoseconds for which a session counts as due that something was heard of. */
    private static final long HEAD_START = 10_000_000_000L;

    private final Map<L, TaskSessions<L>> tasks = new LinkedHashMap<>();
    private final Turns turns = new Turns();
    private double rounds;
    private double roundsPerSecond;
    private long roundsCountedAt;
    private long arrivals;

    /**
     * Puts a session into the queue, or back into it after its lookup has landed. One that is in flight stays where it
     * is: its result will come and lead here again.
     *
     * @param rate lookups per second that this process may make
     */
    void add(L mailbox, SessionKey key, NextLook look, double rate, long now) {
        TaskSessions<L> task = task(mailbox);
        QueuedSession<L> entry = task.entry(key, now);
        task.weigh(entry, look.weight());
        countRounds(rate, now);
        if (entry.inFlight) {
            return;
        }
        task.unqueue(entry);
        double interval = 1 / look.weight();
        double wanted = look.deadline() == null
                ? interval
                : Math.min(interval, inRounds(look.deadline().toNanos()));
        entry.eligibleAt = now + look.notBefore().toNanos();
        entry.due = rounds + wanted;
        Turn again = entry.again;
        if (again != null) {
            entry.again = null;
            prefer(entry, again, now);
            entry.eligibleAt = Math.min(entry.eligibleAt, entry.lookedAt + entry.againAfter);
        }
        task.enqueue(entry, arrivals++);
    }

    /**
     * Asks for a lookup ahead of the others. No back-off holds it, only the shortest time between two looks. If its lookup is under
     * way, it is looked at once more after it.
     *
     * @param look that an ordinary look would be followed by
     * @param turn why it is to be looked at
     * @param since when that was asked for; it may be longer ago than the clock is old
     */
    void hurry(L mailbox, SessionKey key, NextLook look, Turn turn, long since, double rate, long now) {
        TaskSessions<L> task = task(mailbox);
        QueuedSession<L> entry = task.find(key);
        if (entry == null) {
            add(mailbox, key, new NextLook(look.weight(), Duration.ZERO, Duration.ZERO), rate, now);
            entry = task.entry(key, now);
        }
        if (entry.inFlight) {
            entry.again = entry.again == null ? turn : entry.again.or(turn);
            entry.againAfter = look.notBefore().toNanos();
            return;
        }
        task.unqueue(entry);
        countRounds(rate, now);
        prefer(entry, turn, since);
        entry.eligibleAt =
                Math.min(entry.eligibleAt, entry.lookedAt + look.notBefore().toNanos());
        task.enqueue(entry, arrivals++);
    }

    /** Who is asked for again keeps the place that it has. */
    private void prefer(QueuedSession<L> entry, Turn turn, long since) {
        if (turn == Turn.ASKED && entry.turn != Turn.ASKED) {
            entry.asked = since;
        }
        entry.turn = entry.turn.or(turn);
        entry.due = Math.min(entry.due, rounds - inRounds(HEAD_START));
    }

    /** Takes the session whose turn it is among those that may be looked at now; null if there is none. */
    @Nullable
    QueuedSession<L> take(long now) {
        if (nanosUntilNext(now) > 0) {
            return null;
        }
        QueuedSession<L> entry = turns.next().stream()
                .map(this::next)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        if (entry != null) {
            task(entry.mailbox).take(entry, now);
        }
        return entry;
    }

    private @Nullable QueuedSession<L> next(Turn turn) {
        Comparator<QueuedSession<L>> order = ReadySessions.order(turn);
        return turn == Turn.ASKED && turns.newest()
                ? best(ready -> ready.last(turn), order.reversed())
                : best(ready -> ready.first(turn), order);
    }

    private @Nullable QueuedSession<L> best(
            Function<ReadySessions<L>, @Nullable QueuedSession<L>> ofTask, Comparator<QueuedSession<L>> order) {
        QueuedSession<L> best = null;
        for (TaskSessions<L> task : tasks.values()) {
            QueuedSession<L> entry = ofTask.apply(task.ready());
            if (entry != null && (best == null || order.compare(entry, best) < 0)) {
                best = entry;
            }
        }
        return best;
    }

    /** The result of the session's lookup was taken in, whatever it is; nothing happens if the mailbox has no such session. */
    void landed(L mailbox, SessionKey key) {
        TaskSessions<L> task = tasks.get(mailbox);
        if (task != null) {
            task.landed(key);
        }
    }

    /** Nanoseconds until a session may be looked at; {@link Long#MAX_VALUE} if none is queued. */
    long nanosUntilNext(long now) {
        long next = Long.MAX_VALUE;
        for (TaskSessions<L> task : tasks.values()) {
            task.admit(now);
            next = Math.min(next, task.nanosUntilNext(now));
        }
        return next;
    }

    /** Stops looking at a session, if it is tracked. */
    void remove(L mailbox, SessionKey key) {
        TaskSessions<L> task = tasks.get(mailbox);
        if (task != null) {
            task.remove(key);
        }
    }

    /** Stops looking at all sessions of a mailbox; takes as long for a million as for one. */
    void removeMailbox(L mailbox) {
        tasks.remove(mailbox);
    }

    /** Sessions that are looked at now and then. */
    int size() {
        return tasks.values().stream().mapToInt(TaskSessions::size).sum();
    }

    /** Nanoseconds since the look that is the longest ago; a session never looked at counts from when it came. 0 if empty. */
    long oldestLookNanos(long now) {
        long oldest = tasks.values().stream()
                .mapToLong(TaskSessions::oldestLook)
                .min()
                .orElse(Long.MAX_VALUE);
        return oldest == Long.MAX_VALUE ? 0 : now - oldest;
    }

    /** Seconds between two looks at a session of that weight when the budget alone decides; 0 without a budget. */
    double intervalSeconds(double weight, double rate) {
        return rate == 0 ? 0 : totalWeight() / rate / weight;
    }

    private TaskSessions<L> task(L mailbox) {
        return tasks.computeIfAbsent(mailbox, TaskSessions::new);
    }

    private double totalWeight() {
        double total = 0;
        for (TaskSessions<L> task : tasks.values()) {
            total += task.weight();
        }
        return total;
    }

    private void countRounds(double rate, long now) {
        rounds += inRounds(now - roundsCountedAt);
        roundsCountedAt = now;
        double total = totalWeight();
        roundsPerSecond = total == 0 ? 0 : rate / total;
    }

    private double inRounds(long nanos) {
        return nanos / NANOS_PER_SECOND * roundsPerSecond;
    }
}
