package io.sessionevents.emr;

import io.sessionevents.calls.CallBudget.Permit;
import io.sessionevents.session.Failure;
import io.sessionevents.session.TimeSource;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.emrserverless.EmrServerlessClient;

/**
 * One HTTP attempt, whatever the operation.
 *
 * @param clients gives the client, or throws {@link IllegalStateException} or {@link IllegalArgumentException} if there is none yet
 */
record OneCall(Supplier<EmrServerlessClient> clients, LookupErrors errors, TimeSource time) {

    /** Makes the request and reads the answer; throws {@link MalformedAnswerException} for one that is none. */
    @FunctionalInterface
    interface Request<A> {
        Attempt<A> make(EmrServerlessClient client, Exchange exchange);
    }

    /**
     * Makes the call at the moment that the permit waits for.
     *
     * @param failed the failure as the answer of the operation
     * @throws InterruptedException if the thread was interrupted
     */
    <A> Attempt<A> attempt(Permit permit, Request<A> request, Function<Failure, A> failed) throws InterruptedException {
        EmrServerlessClient client;
        try {
            client = clients.get();
        } catch (IllegalStateException | IllegalArgumentException e) {
            return LookupErrors.notMade(String.valueOf(e.getMessage())).map(failed);
        }
        var exchange = new Exchange(new PermittedCalls.Permitted(permit, time));
        try {
            return request.make(client, exchange);
        } catch (SdkException e) {
            exchange.permitted().failed();
            // The SDK interrupts the thread for its own time-outs as well; only for those it clears the flag again.
            if (Thread.interrupted()) {
                throw (InterruptedException) new InterruptedException("interrupted while waiting for AWS").initCause(e);
            }
            return errors.classify(e, exchange.head()).map(failed);
        } catch (MalformedAnswerException e) {
            return errors.classify(e).map(failed);
        }
    }
}
