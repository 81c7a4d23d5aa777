package io.sessionevents.emr;

import io.sessionevents.session.Lookup;
import io.sessionevents.session.Session;
import io.sessionevents.session.SessionKey;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.emrserverless.EmrServerlessClient;

/** One HTTP attempt: no retry, no permit. */
final class GetSessionCall {
    private static final Duration LONGEST_RETRY_AFTER = Duration.ofSeconds(60);

    private final EmrServerlessClient client;

    GetSessionCall(EmrServerlessClient client) {
        this.client = client;
    }

    /**
     * What one attempt gave.
     *
     * @param retryAfter how long AWS asks to wait; null if it does not
     */
    record Attempt(Lookup outcome, @Nullable Duration retryAfter) {}

    Attempt attempt(SessionKey key) throws InterruptedException {
        try {
            var answer = client.getSession(
                    request -> request.applicationId(key.applicationId()).sessionId(key.sessionId()));
            if (answer.session() == null) {
                throw new MalformedAnswer("the answer has no session");
            }
            Session session = SessionMapping.of(answer.session());
            if (!session.applicationId().equals(key.applicationId())
                    || !session.sessionId().equals(key.sessionId())) {
                throw new MalformedAnswer("the answer is about another session");
            }
            return new Attempt(new Lookup.Found(session), null);
        } catch (AbortedException e) {
            throw interrupted(e);
        } catch (RuntimeException e) {
            if (Thread.interrupted()) {
                throw interrupted(e);
            }
            return new Attempt(LookupErrors.outcome(e), retryAfter(e));
        }
    }

    private static InterruptedException interrupted(RuntimeException cause) {
        var interrupted = new InterruptedException("lookup interrupted");
        interrupted.initCause(cause);
        return interrupted;
    }

    private static @Nullable Duration retryAfter(RuntimeException failure) {
        if (!(failure instanceof AwsServiceException answer) || answer.awsErrorDetails() == null) {
            return null;
        }
        SdkHttpResponse response = answer.awsErrorDetails().sdkHttpResponse();
        Optional<String> header = response == null ? Optional.empty() : response.firstMatchingHeader("Retry-After");
        return header.filter(text -> text.matches("\\d{1,5}"))
                .map(text -> Duration.ofSeconds(Math.min(Long.parseLong(text), LONGEST_RETRY_AFTER.toSeconds())))
                .orElse(null);
    }
}
