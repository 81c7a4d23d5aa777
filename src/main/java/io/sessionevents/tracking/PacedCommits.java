package io.sessionevents.tracking;

import io.sessionevents.calls.CommitWatch;
import java.time.Duration;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;

/**
 * Commits soon, but not after every single record or result. The first request after a pause commits at once, and so do those that
 * come one by one. Where a commit was asked for more than once, the next requests gather until {@link #GAP} has passed since it
 * <b>ended</b>, however long it took; one commit is for all tasks of the StreamThread, so they share the gap. In a flood of records
 * the gap is {@link #GAP_IN_FLOOD}: between two commits a StreamThread takes one record of each task at first, and more only in
 * passes in which it neither commits nor punctuates. What nobody waits for is committed with what others wait for, or
 * {@link #IN_PASSING} later. Owned by the StreamThread that made it.
 *
 * <p>Lives as long as its processor is open: a task that is revived keeps the punctuations of its former life unless they
 * are cancelled, so {@link #close} cancels them.
 */
final class PacedCommits {
    static final Duration GAP = Duration.ofMillis(10);
    static final Duration GAP_IN_FLOOD = Duration.ofMillis(100);
    static final Duration IN_PASSING = Duration.ofMillis(100);

    private final ProcessorContext<?, ?> context;
    private final CommitWatch watch;
    private final String streamThread = Thread.currentThread().getName();
    private @Nullable Cancellable waiting;
    private boolean inPassing;
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
        commitsBefore = watch.commits(streamThread);
        watch.requested(streamThread);
        if (rested() || oneByOne()) {
            context.commit();
        } else if (waiting == null || inPassing) {
            rest();
            await(gap());
        }
    }

    /** What was stored so far need not be visible to anybody soon; nothing happens after {@link #close}. */
    void requestInPassing() {
        if (closed) {
            return;
        }
        commitsBefore = watch.commits(streamThread);
        if (waiting == null) {
            await(IN_PASSING);
            inPassing = true;
        }
    }

    private boolean rested() {
        return watch.sinceCommit(streamThread).compareTo(gap()) >= 0;
    }

    /** So that waiting would gather nothing. */
    private boolean oneByOne() {
        return !watch.flooded(streamThread) && watch.gathered(streamThread) <= 1;
    }

    private Duration gap() {
        return watch.flooded(streamThread) ? GAP_IN_FLOOD : GAP;
    }

    /** Ends the pacing; what is wanted commits with the task. May be called more than once. */
    void close() {
        closed = true;
        rest();
    }

    private void await(Duration pause) {
        waiting = context.schedule(pause, PunctuationType.WALL_CLOCK_TIME, timestamp -> look());
    }

    private void look() {
        rest();
        if (watch.commits(streamThread) > commitsBefore) {
            return;
        }
        if (rested()) {
            context.commit();
        } else {
            await(gap());
        }
    }

    private void rest() {
        inPassing = false;
        if (waiting != null) {
            waiting.cancel();
            waiting = null;
        }
    }
}
