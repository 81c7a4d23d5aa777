package io.sessionevents.calls;

import static java.util.Objects.requireNonNull;

import io.sessionevents.calls.CallBudget.Permit;
import io.sessionevents.session.Lookup;
import io.sessionevents.session.LookupSchedule.NextLook;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.Source;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Launches the lookups of one source for all tasks of this process: earliest due first, one virtual thread each, never more than
 * the budget and the concurrency allow. One thread of its own waits for a session to be due, for a place in flight and for a
 * permit, and picks only then. Safe for use by all StreamThreads.
 *
 * <p>While the circuit to AWS is open, one lookup a second asks whether it has closed, and costs no call as long as it has not.
 */
final class SourceDispatcher implements AutoCloseable {
    /** An open circuit is asked once in this time whether it lets a call through. */
    private static final long OPEN_CIRCUIT_PAUSE = 1_000_000_000L;

    /** How soon lookups go on when nothing holds them any more. */
    private static final long HOLD_PAUSE = 20_000_000L;

    private final SessionLookup lookup;
    private final CallBudget budget;
    private final LongSupplier nanoClock;
    private final LookupFlight flight;
    private final LookupHold hold;
    private final Thread thread;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final LookupBacklog backlog;
    private long heldUntil;

    /** Whether the dispatcher thread waits for a session or a place, and not for a permit. */
    private boolean wanting = true;

    private boolean closed;

    /** Makes a dispatcher that launches nothing before {@link #start}. */
    SourceDispatcher(LookupSource source, LookupHold hold, LongSupplier nanoClock, InstantSource clock) {
        this.lookup = source.lookup();
        this.budget = source.budget();
        this.backlog = new LookupBacklog(source.name(), budget, source.limits());
        this.nanoClock = nanoClock;
        this.flight = new LookupFlight(lookup, nanoClock, clock, source.listener());
        this.hold = hold;
        this.heldUntil = nanoClock.getAsLong();
        String name = source.name().equals(Source.DEFAULT) ? "" : "-" + source.name();
        this.thread =
                Thread.ofPlatform().name("lookup-dispatcher" + name).daemon().unstarted(this::dispatch);
    }

    /**
     * Starts launching lookups.
     *
     * @param onFailure told if launching ends for a reason that should not be; the service is of no use then
     */
    void start(Consumer<Throwable> onFailure) {
        thread.setUncaughtExceptionHandler((thread, failure) -> onFailure.accept(failure));
        thread.start();
    }

    /** Brings the share of that mailbox's partition. */
    void open(TaskMailbox mailbox) {
        locked(() -> backlog.open(mailbox));
    }

    void close(TaskMailbox mailbox) {
        locked(() -> backlog.close(mailbox));
    }

    void lookAt(TaskMailbox mailbox, SessionKey key, NextLook look) {
        fed(() -> backlog.lookAt(mailbox, key, look, nanoClock.getAsLong()));
    }

    /** @param waited for how long that has been asked for */
    void lookNow(TaskMailbox mailbox, SessionKey key, NextLook look, Turn turn, Duration waited) {
        fed(() -> {
            long now = nanoClock.getAsLong();
            backlog.lookNow(mailbox, key, look, turn, now - waited.toNanos(), now);
        });
    }

    void settle(TaskMailbox mailbox, SessionKey key, Duration after) {
        fed(() -> backlog.settle(mailbox, key, nanoClock.getAsLong() + after.toNanos()));
    }

    void landed(TaskMailbox mailbox, SessionKey key) {
        fed(() -> backlog.landed(mailbox, key));
    }

    void forget(TaskMailbox mailbox, SessionKey key) {
        fed(() -> backlog.forget(mailbox, key));
    }

    /** False only if the dispatcher thread died unexpectedly; it is not restarted. */
    boolean alive() {
        return thread.getState() != Thread.State.TERMINATED || reading(() -> closed);
    }

    /** How the lookups stand now. */
    SourceStatistics statistics() {
        boolean circuitOpen = !lookup.calling();
        return reading(() -> backlog.statistics(nanoClock.getAsLong(), circuitOpen));
    }

    /** See {@link CallBudget#leaseUntil}. */
    void leaseUntil(long nanos) {
        budget.leaseUntil(nanos);
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
            backlog.interrupt();
        });
        lookup.close();
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
        long now = nanoClock.getAsLong();
        long wait = Math.max(backlog.nanosUntilNext(now), heldUntil - now);
        wanting = wait > 0;
        if (wait <= 0) {
            wait = hold.reason() == LookupHold.Reason.NONE ? budget.nanosUntilNext() : HOLD_PAUSE;
        }
        if (wait > 0) {
            return wait;
        }
        Permit permit = budget.tryAcquire();
        if (permit != null) {
            launch(requireNonNull(backlog.take(now)), permit);
        }
        return 0;
    }

    private void launch(QueuedSession<TaskMailbox> next, Permit permit) {
        Thread lookupThread = Thread.ofVirtual().name("lookup").unstarted(() -> look(next, permit));
        backlog.begun(lookupThread, next.mailbox);
        lookupThread.start();
    }

    private void look(QueuedSession<TaskMailbox> session, Permit permit) {
        try {
            if (flight.look(session, permit) instanceof Lookup.Unavailable none
                    && none.why() == Lookup.Trouble.CIRCUIT_OPEN) {
                locked(() -> heldUntil = nanoClock.getAsLong() + OPEN_CIRCUIT_PAUSE);
            }
        } finally {
            // Whatever a listener throws: a place in flight that is never free again is lost for the whole process.
            locked(() -> backlog.ended(Thread.currentThread()));
        }
    }

    /** Wakes the dispatcher thread whatever it waits for. */
    private void locked(Runnable change) {
        fed(() -> {
            change.run();
            wanting = true;
        });
    }

    /** Wakes it if it waits for a session or a place: while it waits for a permit, it has one to look at. */
    private void fed(Runnable change) {
        lock.lock();
        try {
            change.run();
            if (wanting) {
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }
}
