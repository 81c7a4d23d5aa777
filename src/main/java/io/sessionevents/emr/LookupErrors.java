package io.sessionevents.emr;

import io.sessionevents.session.Lookup;
import io.sessionevents.session.Lookup.Refusal;
import io.sessionevents.session.Lookup.Trouble;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * The one classifier: turns a failed attempt into an outcome. The error code decides first, whatever the status, then the
 * status; declared classes alone would miss what AWS does not declare.
 */
final class LookupErrors {
    private static final Set<String> THROTTLED = Set.of(
            "ThrottlingException",
            "Throttling",
            "ThrottledException",
            "TooManyRequestsException",
            "RequestLimitExceeded",
            "RequestThrottled",
            "RequestThrottledException",
            "SlowDown",
            "BandwidthLimitExceeded",
            "PriorRequestNotComplete");
    private static final Set<String> CLOCK = Set.of("RequestTimeTooSkewed", "RequestExpired", "RequestInTheFuture");
    private static final Set<String> CREDENTIALS = Set.of(
            "ExpiredTokenException",
            "ExpiredToken",
            "UnrecognizedClientException",
            "InvalidSignatureException",
            "SignatureDoesNotMatch",
            "InvalidClientTokenId",
            "MissingAuthenticationToken",
            "MissingAuthenticationTokenException",
            "IncompleteSignature",
            "AuthFailure",
            "InvalidAccessKeyId",
            "OptInRequired");
    private static final Set<String> DENIED = Set.of("AccessDeniedException", "AccessDenied", "NotAuthorized");

    private LookupErrors() {}

    /** The outcome that the failure of one attempt means. */
    static Lookup outcome(Throwable failure) {
        return switch (failure) {
            case AwsServiceException answer -> answered(answer);
            case MalformedAnswer malformed -> trouble(Trouble.MALFORMED, malformed.getMessage());
            case ApiCallAttemptTimeoutException timeout -> trouble(Trouble.TRANSIENT, "no answer in time");
            case ApiCallTimeoutException timeout -> trouble(Trouble.TRANSIENT, "no answer in time");
            default -> unanswered(failure);
        };
    }

    private static Lookup answered(AwsServiceException answer) {
        String code = code(answer);
        String message = describe(answer, code);
        int status = answer.statusCode();
        if (THROTTLED.contains(code) || status == 429) {
            return trouble(Trouble.THROTTLED, message);
        }
        if (CLOCK.contains(code)) {
            return trouble(Trouble.CLOCK_SKEW, message + "; set this machine's clock");
        }
        if (CREDENTIALS.contains(code) || status == 401) {
            return trouble(Trouble.CREDENTIALS, message);
        }
        if (code.equals("ResourceNotFoundException") || status == 404) {
            return new Lookup.NotFound();
        }
        if (DENIED.contains(code) || status == 403) {
            return new Lookup.Refused(Refusal.ACCESS_DENIED, message + "; grant emr-serverless:GetSession");
        }
        if (code.equals("ValidationException")) {
            return new Lookup.Refused(Refusal.VALIDATION, message);
        }
        // An unknown 4xx among them: to take it for a rejected session would dead-letter good ones.
        return trouble(Trouble.TRANSIENT, message);
    }

    private static Lookup unanswered(Throwable failure) {
        if (chain(failure).anyMatch(cause -> cause instanceof Credentials.Missing)) {
            return trouble(Trouble.CREDENTIALS, "no AWS credentials found");
        }
        if (chain(failure).anyMatch(LookupErrors::isUnreadable)) {
            return trouble(Trouble.MALFORMED, "the answer cannot be read");
        }
        if (chain(failure).anyMatch(cause -> cause instanceof IOException || cause instanceof UncheckedIOException)) {
            return trouble(Trouble.TRANSIENT, "no answer: " + root(failure));
        }
        return failure instanceof SdkClientException && failure.getCause() == null
                ? trouble(Trouble.TRANSIENT, "no answer: " + failure.getMessage())
                : trouble(Trouble.MALFORMED, "the answer cannot be read: " + root(failure));
    }

    /** The SDK wraps its relocated JSON parser's exceptions, which are IOExceptions too. */
    private static boolean isUnreadable(Throwable cause) {
        return cause.getClass().getName().contains(".jackson.");
    }

    private static String code(AwsServiceException answer) {
        AwsErrorDetails details = answer.awsErrorDetails();
        String code = details == null ? null : details.errorCode();
        return code == null ? "" : code;
    }

    private static String describe(AwsServiceException answer, String code) {
        AwsErrorDetails details = answer.awsErrorDetails();
        String text = details == null ? null : details.errorMessage();
        return "%s %s%s (request %s)"
                .formatted(answer.statusCode(), code, text == null ? "" : ": " + shortened(text), answer.requestId());
    }

    private static String shortened(String text) {
        String line = text.replaceAll("\\s+", " ");
        return line.length() <= 200 ? line : line.substring(0, 200) + "…";
    }

    private static Lookup trouble(Trouble why, @Nullable String message) {
        return new Lookup.Unavailable(
                why, Objects.requireNonNullElse(message, why.name().toLowerCase(Locale.ROOT)));
    }

    static Stream<Throwable> chain(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).limit(20);
    }

    private static String root(Throwable failure) {
        Throwable root = chain(failure).reduce(failure, (first, second) -> second);
        return root.getClass().getSimpleName() + (root.getMessage() == null ? "" : ": " + shortened(root.getMessage()));
    }
}
