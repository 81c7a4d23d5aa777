package io.sessionevents.calls;

import static java.util.Objects.requireNonNull;

import io.sessionevents.session.LookupSchedule.NextLook;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.SessionState;
import io.sessionevents.session.TrackedSession;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What one task sees of the {@link LookupDispatcher}: it says here when to look at its sessions and takes the results
 * from here. Used by the task's StreamThread; only {@link #deliver} is called by lookup threads, and {@link #tracked} by
 * whoever asks. A closed mailbox drops what is still delivered: the task's new owner looks again.
 */
public final class TaskMailbox implements AutoCloseable {
    private final LookupDispatcher dispatcher;
    private final int partition;
    private final Queue<LookupResult> results = new ConcurrentLinkedQueue<>();
    private final String thread = Thread.currentThread().getName();
    private final Map<SessionState, AtomicInteger> tracked = new EnumMap<>(SessionState.class);
    private final AtomicInteger neverSeen = new AtomicInteger();

    /** Sessions whose change is written and not yet committed, with what to look for then; owned by the StreamThread. */
    private final Map<SessionKey, Wanted> uncommitted = new LinkedHashMap<>();

    private long endedBefore;
    private volatile boolean open = true;

    /** @param hurried whether it was asked for ahead of the others */
    private record Wanted(NextLook look, boolean hurried) {}

    TaskMailbox(LookupDispatcher dispatcher, int partition) {
        this.dispatcher = dispatcher;
        this.partition = partition;
        for (SessionState state : SessionState.values()) {
            tracked.put(state, new AtomicInteger());
        }
    }

    /** Looks at the session when the schedule says so. */
    public void lookAt(SessionKey key, NextLook look) {
        dispatcher.lookAt(this, key, look);
    }

    /**
     * The same as soon as what this StreamThread has written is committed: what a second look finds unchanged would be lost together with
     * the change.
     */
    public void lookOnceCommitted(SessionKey key, NextLook look) {
        if (dispatcher.commits().open(thread)) {
            endedBefore = dispatcher.commits().ended(thread);
            uncommitted.put(key, new Wanted(look, false));
        } else {
            lookAt(key, look);
        }
    }

    /** Looks at the session ahead of the others; after the lookup under way, or the commit of its change, if there is one. */
    public void lookNow(SessionKey key, NextLook look) {
        if (uncommitted.computeIfPresent(key, (session, wanted) -> new Wanted(wanted.look(), true)) == null) {
            dispatcher.lookNow(this, key, look);
        }
    }

    /** Whether something was written for which nobody seems to have asked for a commit. */
    public boolean commitForgotten() {
        return dispatcher.commits().lingering(thread);
    }

    private void releaseCommitted() {
        if (!uncommitted.isEmpty() && dispatcher.commits().ended(thread) > endedBefore) {
            uncommitted.forEach((key, wanted) -> {
                lookAt(key, wanted.look());
                if (wanted.hurried()) {
                    dispatcher.lookNow(this, key, wanted.look());
                }
            });
            uncommitted.clear();
        }
    }

    /** Looks at the session no more. */
    public void forget(SessionKey key) {
        uncommitted.remove(key);
        dispatcher.forget(key);
    }

    /** What is kept of a session is another now: counts the tracked ones by state. */
    public void kept(@Nullable TrackedSession before, TrackedSession now) {
        if (before != null && before.tracked()) {
            counter(before).decrementAndGet();
        }
        if (now.tracked()) {
            counter(now).incrementAndGet();
        }
    }

    /**
     * Tracked sessions that were last reported in that state.
     *
     * @param state null for those never seen
     */
    int tracked(@Nullable SessionState state) {
        return counter(state).get();
    }

    private AtomicInteger counter(TrackedSession kept) {
        return counter(kept.seen() == null ? null : kept.seen().state());
    }

    private AtomicInteger counter(@Nullable SessionState state) {
        return state == null ? neverSeen : requireNonNull(tracked.get(state));
    }

    /** The partition of the repartition topic whose sessions are looked at here. */
    int partition() {
        return partition;
    }

    /** The StreamThread that this mailbox belongs to: the one that opened it. */
    String thread() {
        return thread;
    }

    /**
     * The next result, or null. Never blocks. Only now has the lookup landed for the queue: a look that was asked for while the
     * result waited here comes after it.
     */
    @Nullable
    public LookupResult poll() {
        releaseCommitted();
        LookupResult result = results.poll();
        if (result != null) {
            dispatcher.landed(this, result.key());
        }
        return result;
    }

    /** Whether the result was taken in; a closed mailbox takes none. */
    boolean deliver(LookupResult result) {
        return open && results.add(result);
    }

    @Override
    public void close() {
        open = false;
        results.clear();
        dispatcher.close(this);
    }
}
