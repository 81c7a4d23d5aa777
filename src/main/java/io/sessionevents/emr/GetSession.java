package io.sessionevents.emr;

import io.sessionevents.calls.CallBudget.Permit;
import io.sessionevents.session.Lookup;
import io.sessionevents.session.Session;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.TimeSource;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.emrserverless.EmrServerlessClient;

/** One HTTP attempt of one lookup. */
record GetSession(EmrServerlessClient client, TimeSource time) {

    /**
     * Makes the call at the moment that the permit waits for; not made is the call of a permit that {@link Permit#missed} it.
     *
     * @throws InterruptedException if the thread was interrupted
     */
    Attempt attempt(SessionKey key, Permit permit) throws InterruptedException {
        var head = new AtomicReference<@Nullable SdkHttpResponse>();
        var departure = new PermittedCalls.Departure(permit, time);
        try {
            var answer = client.getSession(request -> request.applicationId(key.applicationId())
                    .sessionId(key.sessionId())
                    .overrideConfiguration(call -> call.putExecutionAttribute(PermittedCalls.DEPARTURE, departure)
                            .putExecutionAttribute(WatchedAnswers.HEAD, head)));
            if (answer.session() == null) {
                return LookupErrors.noSession("the answer holds no session, expected " + key, head.get());
            }
            Session session =
                    Sessions.answering(key, answer.session(), time.wall().instant());
            return Attempt.answered(new Lookup.Found(session, departure.sentAt()));
        } catch (SdkException e) {
            // The SDK interrupts the thread for its own time-outs as well; only for those it clears the flag again.
            if (Thread.interrupted()) {
                throw (InterruptedException) new InterruptedException("interrupted while waiting for AWS").initCause(e);
            }
            return LookupErrors.classify(e, head.get());
        } catch (MalformedAnswerException e) {
            return LookupErrors.classify(e);
        }
    }
}
