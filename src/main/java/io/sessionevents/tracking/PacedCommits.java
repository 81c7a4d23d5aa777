package io.sessionevents.tracking;

import java.time.Duration;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;

/**
 * Commits soon, but not after every single record: a StreamThread that commits each time takes one record of each task
 * per transaction, and a flood of input then comes in as slowly as transactions are. The first request after a pause
 * commits at once. Requests that follow it closely are a flood: they gather for {@link #GAP} and commit together. How long
 * the commits take does not matter: requests that come right after one are close, be it ten milliseconds or a second
 * later. Owned by the StreamThread.
 *
 * <p>Lives as long as its processor is open: a task that is revived keeps the punctuations of its former life unless they
 * are cancelled, so {@link #close} cancels them.
 */
final class PacedCommits {
    static final Duration GAP = Duration.ofMillis(20);

    private final ProcessorContext<?, ?> context;
    private @Nullable Cancellable ticking;
    private boolean wanted;
    private boolean gathered;
    private boolean closed;

    PacedCommits(ProcessorContext<?, ?> context) {
        this.context = context;
    }

    /** What was forwarded and stored so far becomes visible soon; nothing happens after {@link #close}. */
    void request() {
        if (closed) {
            return;
        }
        if (ticking == null) {
            context.commit();
            ticking = context.schedule(GAP, PunctuationType.WALL_CLOCK_TIME, timestamp -> tick());
        } else {
            wanted = true;
        }
    }

    /** Ends the pacing; what is wanted commits with the task. May be called more than once. */
    void close() {
        closed = true;
        rest();
    }

    /** The first tick after a request may come right behind a long commit, so records gather until the second. */
    private void tick() {
        if (!wanted) {
            rest();
        } else if (gathered) {
            wanted = false;
            gathered = false;
            context.commit();
        } else {
            gathered = true;
        }
    }

    private void rest() {
        if (ticking != null) {
            ticking.cancel();
            ticking = null;
        }
    }
}
