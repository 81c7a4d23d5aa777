package io.sessionevents.tracking;

import io.sessionevents.calls.CommitWatch;
import java.time.Duration;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;

/**
 * Commits soon, but not after every single record or result: a StreamThread takes one record of each task between two commits at
 * first, and more only while it does not commit, so a flood would come in as slowly as transactions are. The first request
 * after a pause commits at once. Requests that follow a commit closely gather until {@link #GAP} has passed since it <b>ended</b>, however
 * long it took. One commit is for all tasks of the StreamThread, so they share the gap. Owned by the StreamThread that made it.
 *
 * <p>Lives as long as its processor is open: a task that is revived keeps the punctuations of its former life unless they
 * are cancelled, so {@link #close} cancels them.
 */
final class PacedCommits {
    static final Duration GAP = Duration.ofMillis(20);

    /** How often it is looked whether the gap has passed. */
    private static final Duration TICK = Duration.ofMillis(10);

    private final ProcessorContext<?, ?> context;
    private final CommitWatch watch;
    private final String streamThread = Thread.currentThread().getName();
    private @Nullable Cancellable ticking;
    private long commitsBefore;
    private boolean closed;

    PacedCommits(ProcessorContext<?, ?> context, CommitWatch watch) {
        this.context = context;
        this.watch = watch;
    }

    /** What was forwarded and stored so far becomes visible soon; nothing happens after {@link #close}. */
    void request() {
        if (closed) {
            return;
        }
        if (watch.sinceCommit(streamThread).compareTo(GAP) >= 0) {
            context.commit();
        } else if (ticking == null) {
            ticking = context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, timestamp -> tick());
        }
        commitsBefore = watch.commits(streamThread);
    }

    /** Ends the pacing; what is wanted commits with the task. May be called more than once. */
    void close() {
        closed = true;
        rest();
    }

    private void tick() {
        boolean committed = watch.commits(streamThread) > commitsBefore;
        if (committed) {
            rest();
        } else if (watch.sinceCommit(streamThread).compareTo(GAP) >= 0) {
            context.commit();
            rest();
        }
    }

    private void rest() {
        if (ticking != null) {
            ticking.cancel();
            ticking = null;
        }
    }
}
