package io.sessionevents.calls;

import io.sessionevents.session.AlertKind;
import io.sessionevents.session.LookupSchedule.NextLook;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.SessionState;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is to be looked up of one source and what is under way, of all tasks of this process. The share of the budget follows the
 * open mailboxes: each partition brings its places in the period of the fleet. Not safe for use by several threads; {@link
 * SourceDispatcher} guards it.
 *
 * <p>Ended sessions whose usage is looked at come behind all others: one is looked at when no other session may be, and else after
 * {@link #SETTLING_TURN} looks at others, so that usage settles also where the budget is spent whole.
 */
final class LookupBacklog {
    /** Takes less than a thirtieth of the looks while others wait, so that changes are seen hardly later; it is ten times what a usual day needs. */
    static final int SETTLING_TURN = 30;

    private final String source;
    private final CallBudget budget;
    private final LookupLimits limits;
    private final LookupQueue<TaskMailbox> queue = new LookupQueue<>();
    private final SettlingQueue<TaskMailbox> settling = new SettlingQueue<>();
    private final Map<Integer, TaskMailbox> mailboxes = new HashMap<>();
    private final Map<Thread, TaskMailbox> inFlight = new HashMap<>();
    private long answered;

    /** Looks at others since the last one at an ended session. */
    private int sinceSettling;

    LookupBacklog(String source, CallBudget budget, LookupLimits limits) {
        this.source = source;
        this.budget = budget;
        this.limits = limits;
    }

    /** Takes a mailbox in; the one before it for the same partition is closed by then. */
    void open(TaskMailbox mailbox) {
        mailboxes.put(mailbox.partition(), mailbox);
        share();
    }

    /** Ends its lookups; does nothing for a mailbox that is closed already. */
    void close(TaskMailbox mailbox) {
        if (mailboxes.remove(mailbox.partition(), mailbox)) {
            queue.removeMailbox(mailbox);
            settling.removeMailbox(mailbox);
            inFlight.forEach((thread, owner) -> {
                if (owner.equals(mailbox)) {
                    thread.interrupt();
                }
            });
            share();
        }
    }

    private void share() {
        budget.own(limits.budget(), limits.partitions(), Set.copyOf(mailboxes.keySet()));
    }

    /** A closed mailbox has no say any more. */
    void lookAt(TaskMailbox mailbox, SessionKey key, NextLook look, long now) {
        if (isOpen(mailbox)) {
            queue.add(mailbox, key, look, budget.rate(), now);
        }
    }

    /**
     * Ahead of the others; a closed mailbox has no say any more.
     *
     * @param turn why
     * @param since when that was asked for
     */
    void lookNow(TaskMailbox mailbox, SessionKey key, NextLook look, Turn turn, long since, long now) {
        if (isOpen(mailbox)) {
            queue.hurry(mailbox, key, look, turn, since, budget.rate(), now);
        }
    }

    /** At an ended session, from that moment on; a closed mailbox has no say any more. */
    void settle(TaskMailbox mailbox, SessionKey key, long due) {
        if (isOpen(mailbox)) {
            settling.add(mailbox, key, due);
        }
    }

    private boolean isOpen(TaskMailbox mailbox) {
        return mailbox.equals(mailboxes.get(mailbox.partition()));
    }

    /** The result of that lookup was taken in. */
    void landed(TaskMailbox mailbox, SessionKey key) {
        queue.landed(mailbox, key);
    }

    void forget(TaskMailbox mailbox, SessionKey key) {
        queue.remove(mailbox, key);
        settling.remove(mailbox, key);
    }

    /** Nanoseconds until a session may be looked up; {@link Long#MAX_VALUE} if none is queued, or no place in flight is free. */
    long nanosUntilNext(long now) {
        return inFlight.size() >= limits.maxConcurrent()
                ? Long.MAX_VALUE
                : Math.min(queue.nanosUntilNext(now), Math.max(0, settling.nanosUntilNext(now)));
    }

    /** The session whose turn it is; null if there is none. */
    @Nullable
    QueuedSession<TaskMailbox> take(long now) {
        boolean turnOfSettling = sinceSettling >= SETTLING_TURN || queue.nanosUntilNext(now) > 0;
        QueuedSession<TaskMailbox> ended = turnOfSettling ? settling.take(now) : null;
        sinceSettling = ended == null ? Math.min(SETTLING_TURN, sinceSettling + 1) : 0;
        return ended == null ? queue.take(now) : ended;
    }

    /** A lookup is made on that thread. */
    void begun(Thread thread, TaskMailbox mailbox) {
        inFlight.put(thread, mailbox);
    }

    /** The lookup on that thread was answered. */
    void ended(Thread thread) {
        inFlight.remove(thread);
        answered++;
    }

    /** Ends all lookups. */
    void interrupt() {
        inFlight.keySet().forEach(Thread::interrupt);
    }

    SourceStatistics statistics(long now, boolean circuitOpen) {
        double rate = budget.rate();
        return new SourceStatistics(
                limits.budget(),
                budget.share(),
                rate,
                queue.size(),
                tracked(null),
                Arrays.stream(SessionState.values()).collect(Collectors.toMap(Function.identity(), this::tracked)),
                Arrays.stream(AlertKind.values()).collect(Collectors.toMap(Function.identity(), this::raised)),
                intervals(rate),
                Duration.ofNanos(queue.oldestLookNanos(now)),
                settling.size(),
                Duration.ofNanos(settling.overdueNanos(now)),
                inFlight.size(),
                limits.maxConcurrent(),
                circuitOpen,
                budget.leased(),
                answered);
    }

    private int tracked(@Nullable SessionState state) {
        return mailboxes.values().stream()
                .mapToInt(mailbox -> mailbox.tracked(source, state))
                .sum();
    }

    private int raised(AlertKind kind) {
        return mailboxes.values().stream()
                .mapToInt(mailbox -> mailbox.raised(source, kind))
                .sum();
    }

    private Map<String, Duration> intervals(double rate) {
        Map<String, Duration> intervals = new TreeMap<>();
        SourceStatistics.CLASSES.forEach((name, state) -> {
            double seconds = queue.intervalSeconds(limits.weights().of(state), rate);
            Duration byBudget = Duration.ofMillis((long) (1000 * seconds));
            intervals.put(name, byBudget.compareTo(limits.intervalMin()) > 0 ? byBudget : limits.intervalMin());
        });
        return intervals;
    }
}
