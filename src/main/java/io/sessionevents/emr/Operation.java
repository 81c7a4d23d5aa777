package io.sessionevents.emr;

import io.sessionevents.calls.CallBudget.Permit;
import io.sessionevents.session.Failure;

/**
 * One operation of EMR Serverless, without retries.
 *
 * @param <Q> question
 * @param <A> answer, failures included
 */
interface Operation<Q, A> {
    /** As AWS calls it. */
    String name();

    /**
     * Makes the call at the moment that the permit waits for; not made is the call of a permit that {@link Permit#missed} it.
     *
     * @throws InterruptedException if the thread was interrupted
     */
    Attempt<A> attempt(Q question, Permit permit) throws InterruptedException;

    /** The failure as its answer. */
    A failed(Failure why);
}
