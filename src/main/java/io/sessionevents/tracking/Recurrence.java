package io.sessionevents.tracking;

import io.sessionevents.calls.CommitWatch;
import java.time.Duration;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * What a processor does again and again; seldom in a flood of records, because a StreamThread takes more than one record of each
 * task only in passes without a punctuation. Owned by the StreamThread that made it, until it is closed.
 */
final class Recurrence implements AutoCloseable {
    static final Duration IN_FLOOD = PacedCommits.GAP_IN_FLOOD;

    private final ProcessorContext<?, ?> context;
    private final Duration interval;
    private final CommitWatch watch;
    private final Runnable action;
    private final String streamThread = Thread.currentThread().getName();
    private boolean seldom;
    private Cancellable punctuation;

    /** @param interval between two times where there is no flood */
    Recurrence(ProcessorContext<?, ?> context, Duration interval, CommitWatch watch, Runnable action) {
        this.context = context;
        this.interval = interval;
        this.watch = watch;
        this.action = action;
        this.punctuation = schedule();
    }

    private Cancellable schedule() {
        return context.schedule(seldom ? IN_FLOOD : interval, PunctuationType.WALL_CLOCK_TIME, now -> act());
    }

    private void act() {
        action.run();
        if (watch.flooded(streamThread) != seldom) {
            seldom = !seldom;
            punctuation.cancel();
            punctuation = schedule();
        }
    }

    @Override
    public void close() {
        punctuation.cancel();
    }
}
