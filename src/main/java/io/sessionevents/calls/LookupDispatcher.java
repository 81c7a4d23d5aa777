package io.sessionevents.calls;

import static java.util.Objects.requireNonNull;

import io.sessionevents.calls.CallBudget.Permit;
import io.sessionevents.session.Lookup;
import io.sessionevents.session.LookupSchedule.NextLook;
import io.sessionevents.session.Moment;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.SessionState;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Launches the lookups of all tasks of this process: earliest due first, one virtual thread each, never more than the
 * budget and the concurrency allow. One thread of its own waits for a session to be due, for a place in flight and for a
 * permit, and picks only then. Safe for use by all StreamThreads.
 *
 * <p>The share of the budget follows the open mailboxes: each partition brings its places in the period of the fleet. While the
 * circuit to AWS is open, one lookup a second asks whether it has closed, and costs no call as long as it has not.
 */
public final class LookupDispatcher implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LookupDispatcher.class);

    /** An open circuit is asked once in this time whether it lets a call through. */
    private static final long OPEN_CIRCUIT_PAUSE = 1_000_000_000L;

    /** How soon lookups go on when nothing holds them any more. */
    private static final long HOLD_PAUSE = 20_000_000L;

    private static final Lookup INTERRUPTED = new Lookup.Unavailable(Lookup.Trouble.TRANSIENT, "interrupted");

    /**
     * Limits of the lookups.
     *
     * @param budget budget of the whole fleet
     * @param partitions partitions of the repartition topic, among which the budget is split
     * @param maxConcurrent lookups in flight in this process
     */
    public record Limits(double budget, int partitions, int maxConcurrent) {}

    private final SessionLookup lookup;
    private final CallBudget budget;
    private final Limits limits;
    private final LongSupplier nanoClock;
    private final InstantSource clock;
    private final LookupListener listener;
    private final CommitWatch commits;
    private final LookupHold hold;
    private final Thread thread;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final LookupQueue<TaskMailbox> queue = new LookupQueue<>();
    private final Map<Integer, TaskMailbox> mailboxes = new HashMap<>();
    private final Map<Thread, TaskMailbox> inFlight = new HashMap<>();
    private final AtomicLong answered = new AtomicLong();
    private long heldUntil;
    private boolean closed;

    /** The same, heard of by nobody. */
    public LookupDispatcher(
            SessionLookup lookup, CallBudget budget, Limits limits, LongSupplier nanoClock, InstantSource clock) {
        this(lookup, budget, limits, nanoClock, clock, LookupListener.NONE);
    }

    /**
     * Makes a dispatcher that launches nothing before {@link #start}.
     *
     * @param listener hears of the lookups
     */
    public LookupDispatcher(
            SessionLookup lookup,
            CallBudget budget,
            Limits limits,
            LongSupplier nanoClock,
            InstantSource clock,
            LookupListener listener) {
        this.lookup = lookup;
        this.budget = budget;
        this.limits = limits;
        this.nanoClock = nanoClock;
        this.clock = clock;
        this.listener = listener;
        this.commits = new CommitWatch(nanoClock);
        this.hold = new LookupHold(commits, nanoClock);
        this.heldUntil = nanoClock.getAsLong();
        this.thread = Thread.ofPlatform().name("lookup-dispatcher").daemon().unstarted(this::dispatch);
    }

    /**
     * Starts launching lookups.
     *
     * @param onFailure told if launching ends for a reason that should not be; the service is of no use then
     */
    public void start(Consumer<Throwable> onFailure) {
        thread.setUncaughtExceptionHandler((thread, failure) -> onFailure.accept(failure));
        thread.start();
    }

    /** To be told of the transactions of the StreamThreads. */
    public CommitWatch commits() {
        return commits;
    }

    /** Whether lookups are held although the budget allows them. */
    public LookupHold hold() {
        return hold;
    }

    /**
     * Opens the mailbox of the task that has this partition. There is one such task in a process: a mailbox that was left open for the same
     * partition, because its thread died or its task could not be initialised, is closed.
     */
    public TaskMailbox open(int partition) {
        TaskMailbox mailbox = new TaskMailbox(this, partition);
        hold.tasksSeen();
        locked(() -> {
            TaskMailbox leftOpen = mailboxes.get(partition);
            if (leftOpen != null) {
                leftOpen.close();
            }
            mailboxes.put(partition, mailbox);
            share();
        });
        return mailbox;
    }

    /** Does nothing for a mailbox that is closed already. */
    void close(TaskMailbox mailbox) {
        locked(() -> {
            if (mailboxes.remove(mailbox.partition(), mailbox)) {
                queue.removeMailbox(mailbox);
                inFlight.forEach((lookupThread, owner) -> {
                    if (owner.equals(mailbox)) {
                        lookupThread.interrupt();
                    }
                });
                share();
            }
        });
    }

    void lookAt(TaskMailbox mailbox, SessionKey key, NextLook look) {
        inOpen(mailbox, () -> queue.add(mailbox, key, look, budget.rate(), nanoClock.getAsLong()));
    }

    void lookNow(TaskMailbox mailbox, SessionKey key, NextLook look) {
        inOpen(mailbox, () -> queue.hurry(mailbox, key, look, budget.rate(), nanoClock.getAsLong()));
    }

    /** A closed mailbox has no say any more. */
    private void inOpen(TaskMailbox mailbox, Runnable change) {
        locked(() -> {
            if (mailbox.equals(mailboxes.get(mailbox.partition()))) {
                change.run();
            }
        });
    }

    /** The result of that lookup was taken in. */
    void landed(TaskMailbox mailbox, SessionKey key) {
        locked(() -> queue.landed(mailbox, key));
    }

    void forget(SessionKey key) {
        locked(() -> queue.remove(key));
    }

    /** False only if the dispatcher thread died unexpectedly; it is not restarted. */
    public boolean alive() {
        return thread.getState() != Thread.State.TERMINATED || reading(() -> closed);
    }

    /** Lookups answered so far, whatever the outcome. */
    public long answered() {
        return answered.get();
    }

    /** Sessions that are looked at now and then. */
    public int tracked() {
        return reading(queue::size);
    }

    /**
     * Sessions that are looked at now and then, by the state they were last reported in.
     *
     * @param state null for those never seen
     */
    public int tracked(@Nullable SessionState state) {
        return reading(() -> mailboxes.values().stream()
                .mapToInt(mailbox -> mailbox.tracked(state))
                .sum());
    }

    /** Lookups under way. */
    public int inFlight() {
        return reading(inFlight::size);
    }

    /** Partitions of the repartition topic that this process has; its share of the budget follows them. */
    public int openMailboxes() {
        return reading(mailboxes::size);
    }

    /** Names of the StreamThreads that have tasks. */
    public Set<String> threads() {
        return reading(
                () -> mailboxes.values().stream().map(TaskMailbox::thread).collect(Collectors.toSet()));
    }

    /** Time since the look that is the longest ago, of all tracked sessions; zero if there are none. */
    public Duration oldestLook() {
        return reading(() -> Duration.ofNanos(queue.oldestLookNanos(nanoClock.getAsLong())));
    }

    /**
     * Time between two looks at a session, if the budget alone decides.
     *
     * @param weight see {@link io.sessionevents.session.LookupSchedule}
     */
    public Duration interval(double weight) {
        double seconds = reading(() -> queue.intervalSeconds(weight, budget.rate()));
        return Duration.ofMillis((long) (1000 * seconds));
    }

    private <T> T reading(Supplier<T> question) {
        lock.lock();
        try {
            return question.get();
        } finally {
            lock.unlock();
        }
    }

    /** Ends all lookups; results that are still to come are dropped. */
    @Override
    public void close() {
        locked(() -> {
            closed = true;
            inFlight.keySet().forEach(Thread::interrupt);
        });
    }

    private void share() {
        budget.own(limits.budget(), limits.partitions(), Set.copyOf(mailboxes.keySet()));
    }

    private void dispatch() {
        lock.lock();
        try {
            while (!closed) {
                long wait = launchNext();
                if (wait > 0) {
                    long _ = changed.awaitNanos(wait);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    /** Launches one lookup if there may be one: 0 if so, else the nanoseconds after which there may be one. */
    private long launchNext() {
        if (inFlight.size() >= limits.maxConcurrent()) {
            return Long.MAX_VALUE;
        }
        long now = nanoClock.getAsLong();
        long wait = Math.max(queue.nanosUntilNext(now), heldUntil - now);
        if (wait <= 0) {
            wait = hold.reason() == LookupHold.Reason.NONE ? budget.nanosUntilNext() : HOLD_PAUSE;
        }
        if (wait > 0) {
            return wait;
        }
        Permit permit = budget.tryAcquire();
        if (permit != null) {
            launch(requireNonNull(queue.take(now)), permit);
        }
        return 0;
    }

    private void launch(LookupQueue.Entry<TaskMailbox> next, Permit permit) {
        Thread lookupThread = Thread.ofVirtual().name("lookup").unstarted(() -> look(next, permit));
        inFlight.put(lookupThread, next.mailbox);
        lookupThread.start();
    }

    /** An outcome is delivered whatever it is: a session without one would never be looked at again. */
    private void look(LookupQueue.Entry<TaskMailbox> entry, Permit permit) {
        long begin = nanoClock.getAsLong();
        Lookup outcome = outcome(entry.key, permit);
        var answeredAt = new Moment(clock.instant(), nanoClock.getAsLong());
        if (!entry.mailbox.deliver(new LookupResult(entry.key, outcome, answeredAt))) {
            listener.resultDropped();
            log.atDebug().addKeyValue("session", entry.key).log("Result dropped, its task has moved");
        }
        locked(() -> {
            answered.incrementAndGet();
            inFlight.remove(Thread.currentThread());
            if (outcome instanceof Lookup.Unavailable none && none.why() == Lookup.Trouble.CIRCUIT_OPEN) {
                heldUntil = nanoClock.getAsLong() + OPEN_CIRCUIT_PAUSE;
            }
        });
        listener.lookedUp(outcome, Duration.ofNanos(answeredAt.nanos() - begin));
    }

    private Lookup outcome(SessionKey key, Permit permit) {
        try (permit) {
            return lookup.lookup(key, permit);
        } catch (InterruptedException e) {
            return INTERRUPTED;
        } catch (RuntimeException | Error e) {
            log.atError()
                    .addKeyValue("session", key)
                    .setCause(e)
                    .log("Lookup failed unexpectedly, looking again later");
            return new Lookup.Unavailable(Lookup.Trouble.MALFORMED, e.getClass().getName());
        }
    }

    private void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signal();
        } finally {
            lock.unlock();
        }
    }
}
