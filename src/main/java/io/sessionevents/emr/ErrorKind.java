package io.sessionevents.emr;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/** What kind of error AWS answered with: by its code, whatever the status, then by its status. */
enum ErrorKind {
    /** Every code that the SDK knows as throttling, and status 429. */
    THROTTLED,
    TRANSIENT,
    CREDENTIALS,
    CLOCK_SKEW,
    ACCESS_DENIED,
    NOT_FOUND,
    VALIDATION,
    /**
     * Any other 4xx, for example from a proxy or from a Region that does not have the operation. It says nothing about
     * the session: taken as a refusal it would send good sessions to the dead-letter topic. It would hardly go better
     * within seconds either, so it is not retried and the session is simply looked at again later.
     */
    UNKNOWN;

    private static final Map<ErrorKind, List<String>> CODES = Map.of(
            TRANSIENT,
            List.of(
                    "InternalServerException",
                    "InternalServerError",
                    "InternalFailure",
                    "InternalError",
                    "ServiceUnavailable",
                    "ServiceUnavailableException",
                    "RequestTimeout",
                    "RequestTimeoutException"),
            CREDENTIALS,
            List.of(
                    "ExpiredToken",
                    "ExpiredTokenException",
                    "UnrecognizedClientException",
                    "InvalidClientTokenId",
                    "InvalidAccessKeyId",
                    "InvalidToken",
                    "InvalidSignatureException",
                    "SignatureDoesNotMatch",
                    "IncompleteSignature",
                    "IncompleteSignatureException",
                    "MissingAuthenticationToken",
                    "MissingAuthenticationTokenException",
                    "AuthFailure",
                    "OptInRequired"),
            CLOCK_SKEW,
            List.of("RequestTimeTooSkewed", "RequestTimeTooSkewedException", "RequestExpired", "RequestInTheFuture"),
            ACCESS_DENIED,
            List.of("AccessDenied", "AccessDeniedException", "UnauthorizedOperation"),
            NOT_FOUND,
            List.of("ResourceNotFoundException", "ResourceNotFound"),
            VALIDATION,
            List.of("ValidationException"),
            UNKNOWN,
            List.of("UnknownOperationException"));

    private static final Map<String, ErrorKind> BY_CODE = CODES.entrySet().stream()
            .flatMap(kind -> kind.getValue().stream().map(code -> Map.entry(code, kind.getKey())))
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    static ErrorKind of(AwsServiceException e) {
        ErrorKind byCode = BY_CODE.get(code(e));
        if (byCode == CREDENTIALS) {
            // A bad signature may come from a wrong clock; the SDK tells by the Date of the answer.
            return e.isClockSkewException() ? CLOCK_SKEW : CREDENTIALS;
        }
        if (byCode != null) {
            return byCode;
        }
        return e.isThrottlingException() ? THROTTLED : byStatus(e);
    }

    /** The code of the error; empty if it has none, as an HTML page of a proxy has not. */
    static String code(AwsServiceException e) {
        AwsErrorDetails details = e.awsErrorDetails();
        @Nullable String code = details == null ? null : details.errorCode();
        return code == null ? "" : code;
    }

    private static ErrorKind byStatus(AwsServiceException e) {
        return switch (e.statusCode()) {
            case 401 -> CREDENTIALS;
            case 403 -> e.isClockSkewException() ? CLOCK_SKEW : ACCESS_DENIED;
            case 404 -> NOT_FOUND;
            case 408 -> TRANSIENT;
            default -> e.statusCode() >= 500 ? TRANSIENT : UNKNOWN;
        };
    }
}
