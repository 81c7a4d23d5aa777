package io.sessionevents.emr;

import io.sessionevents.session.Failure;
import io.sessionevents.session.Lookup;
import io.sessionevents.session.Lookup.Refusal;
import io.sessionevents.session.Lookup.Refused;
import io.sessionevents.session.Lookup.Trouble;
import io.sessionevents.session.Lookup.Unavailable;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.thirdparty.jackson.core.JacksonException;

/**
 * The one place that turns exceptions into outcomes. The error code decides, whatever the status, then the status; the
 * declared class never does, since what hurts most (throttling, access, credentials) is declared by no operation.
 *
 * @param source that was asked, whose keys the messages name
 * @param wanted what was asked for, for messages
 * @param permission that AWS asks for, and where to add it, for messages; empty if the caller says it
 */
record LookupErrors(String source, String wanted, String permission) {
    private static final String RETRY_AFTER = "Retry-After";
    private static final String UNREADABLE = "Unable to unmarshall response";
    private static final int LONGEST_PAUSE_DIGITS = 6;

    /** For a session. */
    LookupErrors(String source) {
        this(source, "a session", "");
    }

    Attempt<Failure> classify(MalformedAnswerException e) {
        return unavailable(Trouble.MALFORMED, String.valueOf(e.getMessage()));
    }

    /** @param head of the answer; null if there was none */
    Attempt<Failure> classify(SdkException e, @Nullable SdkHttpResponse head) {
        return e instanceof AwsServiceException answer ? answered(answer) : unanswered(e, head);
    }

    /**
     * An answer without what was asked for, or one that cannot be read: it concerns this question if it is AWS's, else all of them.
     *
     * @param message what is wrong with it if it is AWS's
     * @param head of the answer; null if there was none
     */
    Attempt<Failure> unusable(String message, @Nullable SdkHttpResponse head) {
        return head != null && Origin.foreign(head)
                ? unavailable(Trouble.FOREIGN, Origin.describe(head, source, wanted))
                : unavailable(Trouble.MALFORMED, message);
    }

    private Attempt<Failure> answered(AwsServiceException e) {
        String message = describe(e);
        return switch (ErrorKind.of(e)) {
            case THROTTLED -> retriable(Trouble.THROTTLED, message, e);
            case TRANSIENT -> retriable(Trouble.TRANSIENT, message, e);
            case CREDENTIALS ->
                unavailable(Trouble.CREDENTIALS, message + ": renew the credentials, or give the service others");
            case CLOCK_SKEW -> unavailable(Trouble.CLOCK_SKEW, message + ": set the clock of this host right");
            case ACCESS_DENIED ->
                Attempt.answered(new Refused(Refusal.ACCESS_DENIED, withReason(message, e) + permission));
            case VALIDATION -> Attempt.answered(new Refused(Refusal.VALIDATION, withReason(message, e)));
            case NOT_FOUND -> Attempt.answered(new Lookup.NotFound());
            case FOREIGN -> unavailable(Trouble.FOREIGN, Origin.describe(e, source));
            case UNKNOWN -> unavailable(Trouble.TRANSIENT, message);
        };
    }

    private Attempt<Failure> unanswered(SdkException e, @Nullable SdkHttpResponse head) {
        if (e instanceof ApiCallAttemptTimeoutException || e instanceof ApiCallTimeoutException) {
            return Attempt.unanswered(new Unavailable(Trouble.TRANSIENT, "no answer in time (lookup.timeout)"));
        }
        Optional<Throwable> credentials = causes(e)
                .filter(CredentialsUnavailableException.class::isInstance)
                .findFirst();
        if (credentials.isPresent()) {
            return notMade(String.valueOf(credentials.get().getMessage()));
        }
        if (causes(e).anyMatch(WatchedAnswers.TooLargeException.class::isInstance)) {
            return unusable("the answer is larger than " + WatchedAnswers.LARGEST_BODY_BYTES + " bytes", head);
        }
        if (unreadable(e)) {
            return unusable("the answer could not be read, expected the JSON of " + wanted, head);
        }
        String what = causes(e)
                .filter(IOException.class::isInstance)
                .findFirst()
                .orElse(e)
                .getClass()
                .getSimpleName();
        return Attempt.unanswered(new Unavailable(Trouble.TRANSIENT, "no answer: " + what));
    }

    /** No call was made, because what every call needs is not there. */
    static Attempt<Failure> notMade(String message) {
        return Attempt.notMade(new Unavailable(Trouble.CREDENTIALS, message));
    }

    /** The SDK has no class for this. A body that broke off on the wire is none: it may arrive whole next time. */
    private static boolean unreadable(SdkException e) {
        return String.valueOf(e.getMessage()).startsWith(UNREADABLE)
                && causes(e).noneMatch(cause -> cause instanceof IOException && !(cause instanceof JacksonException));
    }

    private static Stream<Throwable> causes(Throwable e) {
        return Stream.iterate(e, cause -> cause != null, Throwable::getCause);
    }

    private static Attempt<Failure> unavailable(Trouble why, String message) {
        return Attempt.answered(new Unavailable(why, message));
    }

    private static Attempt<Failure> retriable(Trouble why, String message, AwsServiceException e) {
        return Attempt.answeredForNow(new Unavailable(why, message), askedPause(e));
    }

    /** Code, status and request of what AWS answered. */
    static String describe(AwsServiceException e) {
        String code = ErrorKind.code(e);
        String request = e.requestId();
        return (code.isEmpty() ? "error without an AWS error code, perhaps of a proxy" : Text.brief(code)) + " (HTTP "
                + e.statusCode() + (request == null ? "" : ", request " + Text.brief(request)) + ")";
    }

    /** AWS's own words, where they help. Not for signatures: there they quote the signed headers. */
    private static String withReason(String message, AwsServiceException e) {
        AwsErrorDetails details = e.awsErrorDetails();
        String reason = details == null ? null : details.errorMessage();
        return reason == null || reason.isBlank() ? message : message + ": " + Text.brief(reason);
    }

    /** Retry-After in seconds; its other form, a date, AWS does not send. */
    private static @Nullable Duration askedPause(AwsServiceException e) {
        AwsErrorDetails details = e.awsErrorDetails();
        if (details == null || details.sdkHttpResponse() == null) {
            return null;
        }
        return details.sdkHttpResponse()
                .firstMatchingHeader(RETRY_AFTER)
                .filter(text -> text.length() <= LONGEST_PAUSE_DIGITS
                        && !text.isEmpty()
                        && text.chars().allMatch(c -> c >= '0' && c <= '9'))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                .orElse(null);
    }
}
