package io.sessionevents.calls;

import io.sessionevents.session.Lookup;
import io.sessionevents.session.SessionKey;

/** The port to AWS: one lookup of one session. */
@FunctionalInterface
public interface SessionLookup {

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
}
