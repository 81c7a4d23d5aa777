package io.sessionevents.tracking;

import io.sessionevents.session.CallBudget;
import io.sessionevents.session.Lookup;
import io.sessionevents.session.LookupSchedule.NextLook;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.SessionLookup;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Launches the lookups of all tasks of this process: earliest due first, one virtual thread each, never more than the
 * budget and the concurrency allow. One thread of its own waits for a session to be due, for a place in flight and for a
 * permit, and picks only then. Safe for use by all StreamThreads.
 *
 * <p>The share of the budget follows the open lanes: with {@code n} of {@code P} partitions, {@code rate · n / P}.
 */
public final class LookupDispatcher implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LookupDispatcher.class);

    private static final Lookup INTERRUPTED = new Lookup.Unavailable(Lookup.Trouble.TRANSIENT, "interrupted");

    /**
     * Limits of the lookups.
     *
     * @param ratePerSecond budget of the whole fleet
     * @param partitions partitions of the repartition topic, the number of lanes that share the budget
     * @param maxConcurrent lookups in flight in this process
     */
    public record Limits(double ratePerSecond, int partitions, int maxConcurrent) {}

    private final SessionLookup lookup;
    private final CallBudget budget;
    private final Limits limits;
    private final LongSupplier nanoClock;
    private final InstantSource clock;
    private final Thread thread;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final LookupQueue<LookupLane> queue = new LookupQueue<>();
    private final Set<LookupLane> lanes = new HashSet<>();
    private final Map<Thread, LookupLane> inFlight = new HashMap<>();
    private final AtomicLong answered = new AtomicLong();
    private boolean closed;

    /** Makes a dispatcher that launches nothing before {@link #start}. */
    public LookupDispatcher(
            SessionLookup lookup, CallBudget budget, Limits limits, LongSupplier nanoClock, InstantSource clock) {
        this.lookup = lookup;
        this.budget = budget;
        this.limits = limits;
        this.nanoClock = nanoClock;
        this.clock = clock;
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

    /** Opens the lane of one task. */
    LookupLane open() {
        LookupLane lane = new LookupLane(this);
        locked(() -> {
            lanes.add(lane);
            share();
        });
        return lane;
    }

    void close(LookupLane lane) {
        locked(() -> {
            lanes.remove(lane);
            queue.removeLane(lane);
            inFlight.forEach((lookupThread, owner) -> {
                if (owner.equals(lane)) {
                    lookupThread.interrupt();
                }
            });
            share();
        });
    }

    void lookAt(LookupLane lane, SessionKey key, NextLook look) {
        locked(() -> queue.add(lane, key, look, budget.callsPerSecond(), nanoClock.getAsLong()));
    }

    void lookNow(LookupLane lane, SessionKey key, double weight) {
        locked(() -> queue.hurry(lane, key, weight, budget.callsPerSecond(), nanoClock.getAsLong()));
    }

    void forget(SessionKey key) {
        locked(() -> queue.remove(key));
    }

    /** Lookups answered so far, whatever the outcome. */
    public long answered() {
        return answered.get();
    }

    /** Sessions that are looked at now and then. */
    public int following() {
        lock.lock();
        try {
            return queue.size();
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
        budget.allow(limits.ratePerSecond() * Math.min(lanes.size(), limits.partitions()) / limits.partitions());
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
        if (inFlight.size() >= placesInFlight()) {
            return Long.MAX_VALUE;
        }
        long wait = queue.nanosUntilNext(nanoClock.getAsLong());
        if (wait == 0) {
            wait = budget.tryAcquire();
        }
        if (wait > 0) {
            return wait;
        }
        LookupQueue.Entry<LookupLane> next = queue.take(nanoClock.getAsLong());
        if (next != null) {
            Thread lookupThread = Thread.ofVirtual().name("lookup").unstarted(() -> look(next.lane, next.key));
            inFlight.put(lookupThread, next.lane);
            lookupThread.start();
        }
        return 0;
    }

    /** The first lookup goes alone: a cold client takes a second for it, and the others would follow it in one burst. */
    private int placesInFlight() {
        return answered.get() == 0 ? 1 : limits.maxConcurrent();
    }

    private void look(LookupLane lane, SessionKey key) {
        try {
            Lookup outcome = lookup.lookup(key);
            if (!lane.deliver(new LookupResult(key, outcome, clock.instant()))) {
                log.atDebug().addKeyValue("session", key).log("Result dropped, its task has moved");
            }
        } catch (InterruptedException e) {
            // The lane is closed and takes nothing then; were it open, the session must not be lost.
            boolean _ = lane.deliver(new LookupResult(key, INTERRUPTED, clock.instant()));
        } catch (RuntimeException e) {
            log.atError()
                    .addKeyValue("session", key)
                    .setCause(e)
                    .log("Lookup failed unexpectedly, looking again later");
            boolean _ = lane.deliver(new LookupResult(key, unexpected(e), clock.instant()));
        } finally {
            locked(() -> {
                answered.incrementAndGet();
                inFlight.remove(Thread.currentThread());
            });
        }
    }

    private static Lookup unexpected(RuntimeException e) {
        return new Lookup.Unavailable(Lookup.Trouble.MALFORMED, e.getClass().getName());
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
