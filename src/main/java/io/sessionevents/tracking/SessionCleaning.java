package io.sessionevents.tracking;

import io.sessionevents.session.SessionKey;
import io.sessionevents.session.TrackedSession;
import java.time.Duration;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;

/**
 * Deletes the sessions of one task that are remembered no longer: some thousand are looked through at a time, and what was deleted is
 * committed before the next, because the whole store takes seconds and would hold one transaction open. Owned by the
 * StreamThread, as long as the task is open.
 */
final class SessionCleaning {
    /** Sessions looked through at a time, about ten milliseconds. */
    static final int MOST = 1_000;

    static final Duration PAUSE = Duration.ofSeconds(1);

    private final ProcessorContext<?, ?> context;
    private final Tracking tracking;
    private final KeptSessions sessions;
    private final PacedCommits commits;
    private @Nullable Cancellable pausing;
    private @Nullable SessionKey next;
    private int looked;
    private int deleted;

    SessionCleaning(ProcessorContext<?, ?> context, Tracking tracking, KeptSessions sessions, PacedCommits commits) {
        this.context = context;
        this.tracking = tracking;
        this.sessions = sessions;
        this.commits = commits;
    }

    /** Looks through all sessions, unless it does already. */
    void begin() {
        if (pausing == null) {
            next = null;
            looked = 0;
            clean();
        }
    }

    private void clean() {
        int before = deleted;
        int until = looked + MOST;
        next = sessions.walk(next, () -> looked >= until, this::look);
        if (deleted > before) {
            commits.requestInPassing();
        }
        if (next == null) {
            close();
        } else if (pausing == null) {
            pausing = context.schedule(PAUSE, PunctuationType.WALL_CLOCK_TIME, now -> clean());
        }
    }

    private void look(TrackedSession kept) {
        looked++;
        if (kept.over(tracking.clock().instant(), tracking.retention())) {
            sessions.delete(kept.key());
            deleted++;
        }
    }

    void close() {
        if (pausing != null) {
            pausing.cancel();
            pausing = null;
        }
    }
}
