package io.sessionevents.emr;

import io.sessionevents.session.CallBudget.Permit;
import io.sessionevents.session.Lookup;
import io.sessionevents.session.SessionKey;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.emrserverless.EmrServerlessClient;

/** One HTTP attempt of one lookup. */
record GetSession(EmrServerlessClient client) {

    /**
     * Makes the call at the moment that the permit names.
     *
     * @throws InterruptedException if the thread was interrupted
     */
    Attempt attempt(SessionKey key, Permit permit) throws InterruptedException {
        try {
            var answer = client.getSession(request -> request.applicationId(key.applicationId())
                    .sessionId(key.sessionId())
                    .overrideConfiguration(call -> call.putExecutionAttribute(PermittedCalls.PERMIT, permit)));
            return Attempt.answered(new Lookup.Found(Sessions.answering(key, answer.session())));
        } catch (SdkException e) {
            // The SDK interrupts the thread for its own time-outs as well; only for those it clears the flag again.
            if (Thread.interrupted()) {
                throw (InterruptedException) new InterruptedException("interrupted while waiting for AWS").initCause(e);
            }
            return LookupErrors.classify(e);
        } catch (MalformedAnswerException e) {
            return LookupErrors.classify(e);
        }
    }
}
