package io.sessionevents.calls;

import io.sessionevents.session.Lookup;
import io.sessionevents.session.SessionKey;

/** The port to AWS: one lookup of one session. */
@FunctionalInterface
public interface SessionLookup extends AutoCloseable {

    /**
     * Looks the session up; may block for seconds, so never called on a StreamThread.
     *
     * @param first the permit for the first HTTP attempt; the caller closes it. Further attempts take their own
     * @return the outcome; failures are outcomes, not exceptions
     * @throws InterruptedException if the calling thread was interrupted, which ends the lookup without an outcome
     */
    Lookup lookup(SessionKey key, CallBudget.Permit first) throws InterruptedException;

    /** Whether calls are made; false while the circuit is open. */
    default boolean calling() {
        return true;
    }

    /** Frees what it holds; the dispatcher that it was given to does that at its end. */
    @Override
    default void close() {}
}
