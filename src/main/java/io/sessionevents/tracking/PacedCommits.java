package io.sessionevents.tracking;

import java.time.Duration;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;

/**
 * Commits soon, but not after every single record: a StreamThread that commits each time takes one record of each task
 * per transaction, and a flood of input then comes in at about a hundred records a second. The first request after a
 * pause commits at once, those that follow within {@link #GAP} commit together at its end. Owned by the StreamThread.
 */
final class PacedCommits {
    static final Duration GAP = Duration.ofMillis(20);

    private final ProcessorContext<?, ?> context;
    private @Nullable Cancellable later;
    private long committedAt;

    PacedCommits(ProcessorContext<?, ?> context) {
        this.context = context;
        this.committedAt = context.currentSystemTimeMs() - GAP.toMillis();
    }

    /** What was forwarded and stored so far becomes visible soon. */
    void request() {
        if (later != null) {
            return;
        }
        if (context.currentSystemTimeMs() - committedAt >= GAP.toMillis()) {
            commit();
        } else {
            later = context.schedule(GAP, PunctuationType.WALL_CLOCK_TIME, timestamp -> commitAndRest());
        }
    }

    private void commitAndRest() {
        commit();
        if (later != null) {
            later.cancel();
            later = null;
        }
    }

    private void commit() {
        committedAt = context.currentSystemTimeMs();
        context.commit();
    }
}
