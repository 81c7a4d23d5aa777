package io.sessionevents.tracking;

import io.sessionevents.session.DeadLetterReason;
import io.sessionevents.session.StateChange;
import io.sessionevents.session.UsageRecord;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Hears what the topology does, for metrics. Called by StreamThreads, so it must be safe
 * for use by many threads, cheap, and never block. It hears of processing, not of commits: what a transaction that is aborted
 * had done is heard of again when it is done again.
 */
public interface TrackingListener {

    /** What became of one record of the input topic. */
    enum Input {
        TRACK,
        STOP,
        /** Track an application. */
        TRACK_APPLICATION,
        /** Track an application no more. */
        STOP_APPLICATION,
        /** Concerns no session. */
        IGNORED,
        /** A dead letter. */
        UNREADABLE,
        /** Cannot be read before the schema registry answers; is counted once more when it was read. */
        WAITING
    }

    /** What became of one sweep of an application. */
    enum Sweep {
        /** It was listed to the end. */
        COMPLETE,
        /** A page failed: it is listed again from its first one. */
        BROKEN,
        /** AWS refuses the listing. */
        REFUSED,
        /** AWS does not know the application. */
        NOT_FOUND
    }

    /** Hears nothing. */
    TrackingListener NONE = new TrackingListener() {
        @Override
        public void changed(StateChange change) {}

        @Override
        public void deadLettered(DeadLetterReason reason) {}

        @Override
        public void inputRead(Input input) {}

        @Override
        public void waiting(long more) {}
    };

    /** A change was reported. */
    void changed(StateChange change);

    /** Usage was told. */
    default void booked(UsageRecord usage) {}

    /** A dead letter was written. */
    void deadLettered(DeadLetterReason reason);

    /** A record of the input topic was handled. */
    void inputRead(Input input);

    /** So many more records wait for the schema registry; fewer if negative. */
    void waiting(long more);

    /**
     * From now on may be asked whether most sessions of a source seem to vanish or to be refused at once, so that none is given up.
     *
     * @param losses by name of a source what is wrong and what to do, for people; null if nothing is. Safe for use by many threads
     */
    default void mayAskForLosses(Function<String, @Nullable String> losses) {}

    /** A sweep has ended. */
    default void swept(String source, Sweep outcome) {}

    /** A sweep asked for a lookup before its turn. */
    default void woken(String source) {}

    /** A session that a sweep found is tracked from now on. */
    default void discovered(String source) {}

    /**
     * A page of a sweep held items that count for nothing.
     *
     * @param stale older than what was seen before
     * @param unreadable that could not be read
     */
    default void passedOver(String source, int stale, int unreadable) {}
}
