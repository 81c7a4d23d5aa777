package io.sessionevents.calls;

/**
 * The port to one operation of AWS: one question, with its retries.
 *
 * @param <Q> question
 * @param <A> answer; failures are answers, not exceptions
 */
@FunctionalInterface
public interface RemoteCall<Q, A> {

    /**
     * Asks; may block for seconds, so never called on a StreamThread.
     *
     * @param first the permit for the first HTTP attempt; the caller closes it. Further attempts take their own
     * @throws InterruptedException if the calling thread was interrupted, which ends the call without an answer
     */
    A answer(Q question, CallBudget.Permit first) throws InterruptedException;

    /** Whether calls are made; false while the circuit is open. */
    default boolean calling() {
        return true;
    }
}
