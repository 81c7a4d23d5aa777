package io.sessionevents.calls;

import io.sessionevents.session.AlertKind;
import io.sessionevents.session.LookupSchedule.NextLook;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.SessionState;
import io.sessionevents.session.TrackedSession;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
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
    private final Map<String, TrackedCounts> tracked = new ConcurrentHashMap<>();

    /** Sessions whose change is written and not yet committed, with what to look for then; owned by the StreamThread. */
    private final Map<SessionKey, Wanted> uncommitted = new LinkedHashMap<>();

    private long endedBefore;
    private volatile boolean open = true;

    /**
     * What to look for.
     *
     * @param turn ordinary, or why it was asked for ahead of the others
     */
    private record Wanted(NextLook look, Turn turn) {}

    TaskMailbox(LookupDispatcher dispatcher, int partition) {
        this.dispatcher = dispatcher;
        this.partition = partition;
    }

    /** Looks at the session when the schedule says so; nobody looks at one whose source is not configured. */
    public void lookAt(SessionKey key, NextLook look) {
        SourceDispatcher source = dispatcher.of(key);
        if (source != null) {
            source.lookAt(this, key, look);
        }
    }

    /**
     * The same as soon as what this StreamThread has written is committed: what a second look finds unchanged would be lost together with
     * the change.
     */
    public void lookOnceCommitted(SessionKey key, NextLook look) {
        if (dispatcher.commits().open(thread)) {
            endedBefore = dispatcher.commits().ended(thread);
            uncommitted.put(key, new Wanted(look, Turn.ORDINARY));
        } else {
            lookAt(key, look);
        }
    }

    /** Looks at the session ahead of the others; after the lookup under way, or the commit of its change, if there is one. */
    public void lookNow(SessionKey key, NextLook look) {
        lookNow(key, look, Duration.ZERO);
    }

    /**
     * The same for one that was asked for earlier.
     *
     * @param waited since then; not negative
     */
    public void lookNow(SessionKey key, NextLook look, Duration waited) {
        hurry(key, look, Turn.ASKED, waited);
    }

    /** The same, because the session is known to have changed. */
    public void wake(SessionKey key, NextLook look) {
        hurry(key, look, Turn.WOKEN, Duration.ZERO);
    }

    private void hurry(SessionKey key, NextLook look, Turn turn, Duration waited) {
        Wanted later = uncommitted.computeIfPresent(
                key,
                (session, wanted) -> new Wanted(wanted.look(), wanted.turn().or(turn)));
        SourceDispatcher source = dispatcher.of(key);
        if (later == null && source != null) {
            source.lookNow(this, key, look, turn, waited);
        }
    }

    /** Looks at an ended session after that time, behind all others; nobody looks at one whose source is not configured. */
    public void settle(SessionKey key, Duration after) {
        SourceDispatcher source = dispatcher.of(key);
        if (source != null) {
            source.settle(this, key, after);
        }
    }

    /** Whether something was written for which nobody seems to have asked for a commit. */
    public boolean commitForgotten() {
        return dispatcher.commits().lingering(thread);
    }

    private void releaseCommitted() {
        if (!uncommitted.isEmpty() && dispatcher.commits().ended(thread) > endedBefore) {
            Map<SessionKey, Wanted> committed = new LinkedHashMap<>(uncommitted);
            uncommitted.clear();
            committed.forEach((key, wanted) -> {
                lookAt(key, wanted.look());
                if (wanted.turn() != Turn.ORDINARY) {
                    hurry(key, wanted.look(), wanted.turn(), Duration.ZERO);
                }
            });
        }
    }

    /** Looks at the session no more. */
    public void forget(SessionKey key) {
        uncommitted.remove(key);
        SourceDispatcher source = dispatcher.of(key);
        if (source != null) {
            source.forget(this, key);
        }
    }

    /** What is kept of a session is another now: counts the tracked ones by source and state. */
    public void kept(@Nullable TrackedSession before, TrackedSession now) {
        TrackedCounts counts = tracked.computeIfAbsent(now.key().source(), source -> new TrackedCounts());
        if (before != null) {
            counts.add(before, -1);
        }
        counts.add(now, 1);
    }

    /** Names of the sources that it has, or had, sessions of; also of those that are not configured. */
    Set<String> sources() {
        return tracked.keySet();
    }

    /** Tracked sessions of that source. */
    int tracked(String source) {
        TrackedCounts counts = tracked.get(source);
        return counts == null ? 0 : counts.all();
    }

    /**
     * Those of them that were last reported in that state.
     *
     * @param state null for those never seen
     */
    int tracked(String source, @Nullable SessionState state) {
        TrackedCounts counts = tracked.get(source);
        return counts == null ? 0 : counts.of(state);
    }

    /** Those of them with a raised alert of that kind. */
    int raised(String source, AlertKind kind) {
        TrackedCounts counts = tracked.get(source);
        return counts == null ? 0 : counts.raised(kind);
    }

    /** The partition of the repartition topic whose sessions are looked at here. */
    public int partition() {
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
        SourceDispatcher source = result == null ? null : dispatcher.of(result.key());
        if (result != null && source != null) {
            source.landed(this, result.key());
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
