package io.sessionevents.session;

/** Port to AWS: one lookup of one session. */
@FunctionalInterface
public interface SessionLookup {

    /**
     * Looks the session up; may block for seconds, so never called on a StreamThread.
     *
     * @return the outcome; failures are outcomes, not exceptions
     * @throws InterruptedException if the calling thread was interrupted, which ends the lookup without an outcome
     */
    Lookup lookup(SessionKey key) throws InterruptedException;
}
