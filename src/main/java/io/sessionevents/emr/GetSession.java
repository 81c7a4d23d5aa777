package io.sessionevents.emr;

import io.sessionevents.calls.CallBudget.Permit;
import io.sessionevents.session.Lookup;
import io.sessionevents.session.Session;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.Source;
import io.sessionevents.session.TimeSource;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.emrserverless.EmrServerlessClient;

/**
 * One HTTP attempt of one lookup.
 *
 * @param clients gives the client, or throws {@link IllegalStateException} or {@link IllegalArgumentException} if there is none yet
 * @param asked the source whose sessions these are, as far as it is known
 */
record GetSession(Supplier<EmrServerlessClient> clients, Source asked, TimeSource time) {

    /** Of the default source, of which nothing is known. */
    GetSession(EmrServerlessClient client, TimeSource time) {
        this(() -> client, new Source(Source.DEFAULT, null, null), time);
    }

    /**
     * Makes the call at the moment that the permit waits for; not made is the call of a permit that {@link Permit#missed} it.
     *
     * @throws InterruptedException if the thread was interrupted
     */
    Attempt attempt(SessionKey key, Permit permit) throws InterruptedException {
        EmrServerlessClient client;
        try {
            client = clients.get();
        } catch (IllegalStateException | IllegalArgumentException e) {
            return LookupErrors.notMade(String.valueOf(e.getMessage()));
        }
        return attempt(client, key, permit);
    }

    private Attempt attempt(EmrServerlessClient client, SessionKey key, Permit permit) throws InterruptedException {
        var errors = new LookupErrors(asked.name());
        var head = new AtomicReference<@Nullable SdkHttpResponse>();
        var departure = new PermittedCalls.Departure(permit, time);
        try {
            var answer = client.getSession(request -> request.applicationId(key.applicationId())
                    .sessionId(key.sessionId())
                    .overrideConfiguration(call -> call.putExecutionAttribute(PermittedCalls.DEPARTURE, departure)
                            .putExecutionAttribute(WatchedAnswers.HEAD, head)));
            if (answer.session() == null) {
                return errors.noSession("the answer holds no session, expected " + key, head.get());
            }
            Session session =
                    Sessions.answering(key, asked, answer.session(), time.wall().instant());
            return Attempt.answered(new Lookup.Found(session, departure.sentAt()));
        } catch (SdkException e) {
            // The SDK interrupts the thread for its own time-outs as well; only for those it clears the flag again.
            if (Thread.interrupted()) {
                throw (InterruptedException) new InterruptedException("interrupted while waiting for AWS").initCause(e);
            }
            return errors.classify(e, head.get());
        } catch (MalformedAnswerException e) {
            return errors.classify(e);
        }
    }
}
