package io.sessionevents.tracking;

import io.sessionevents.session.LookupSchedule.NextLook;
import io.sessionevents.session.SessionKey;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * What one task sees of the {@link LookupDispatcher}: it says here when to look at its sessions and takes the results
 * from here. Used by the task's StreamThread; only {@link #deliver} is called by lookup threads. A closed lane drops what
 * is still delivered: the task's new owner looks again.
 */
final class LookupLane implements AutoCloseable {
    private final LookupDispatcher dispatcher;
    private final Queue<LookupResult> results = new ConcurrentLinkedQueue<>();
    private final String thread = Thread.currentThread().getName();
    private volatile boolean open = true;

    LookupLane(LookupDispatcher dispatcher) {
        this.dispatcher = dispatcher;
    }

    /** Looks at the session when the schedule says so. */
    void lookAt(SessionKey key, NextLook look) {
        dispatcher.lookAt(this, key, look);
    }

    /** Looks at the session ahead of the others; after the lookup under way, if there is one. */
    void lookNow(SessionKey key, NextLook look) {
        dispatcher.lookNow(this, key, look);
    }

    /** Looks at the session no more. */
    void forget(SessionKey key) {
        dispatcher.forget(key);
    }

    /** The StreamThread that this lane belongs to: the one that opened it. */
    String thread() {
        return thread;
    }

    /** The next result, or null. Never blocks. */
    @Nullable
    LookupResult poll() {
        return results.poll();
    }

    /** Whether the result was taken in; a closed lane takes none. */
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
