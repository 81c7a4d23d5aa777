package io.sessionevents.emr;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * What kind of error was answered: by AWS's code, whatever the status, then by the status. What says something about a
 * session (not found, refused, rejected) is told by AWS's code alone: a status is anybody's.
 */
enum ErrorKind {
    /** Every code that the SDK knows as throttling, and status 429. */
    THROTTLED,
    TRANSIENT,
    CREDENTIALS,
    CLOCK_SKEW,
    ACCESS_DENIED,
    NOT_FOUND,
    VALIDATION,
    /** Somebody else answered in AWS's place: a proxy, a gateway, a captive portal. Trouble of the way, for every session. */
    FOREIGN,
    /**
     * Any other 4xx with a code, for example from a Region that does not have the operation. It says nothing about the
     * session: taken as a refusal it would send good sessions to the dead-letter topic. It would hardly go better within
     * seconds either, so it is not retried and the session is simply looked at again later.
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
            // Every request of ours is signed: the signature was lost on the way, or an API Gateway is at the endpoint.
            FOREIGN,
            List.of("MissingAuthenticationToken", "MissingAuthenticationTokenException"),
            UNKNOWN,
            List.of("UnknownOperationException"));

    /** Spellings that gateways of others use too: they count only where a header shows that AWS answered. */
    private static final Set<String> ANYBODYS =
            Set.of("AccessDenied", "UnauthorizedOperation", "ResourceNotFound", "InternalError", "ServiceUnavailable");

    private static final Map<String, ErrorKind> BY_CODE = CODES.entrySet().stream()
            .flatMap(kind -> kind.getValue().stream().map(code -> Map.entry(code, kind.getKey())))
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    static ErrorKind of(AwsServiceException e) {
        String code = code(e);
        ErrorKind byCode = ANYBODYS.contains(code) && !Origin.marked(e) ? null : BY_CODE.get(code);
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
            case 401, 403, 404, 407 -> FOREIGN;
            case 408 -> TRANSIENT;
            default -> {
                if (e.statusCode() >= 500) {
                    yield TRANSIENT;
                }
                yield e.statusCode() < 400 || code(e).isEmpty() ? FOREIGN : UNKNOWN;
            }
        };
    }
}
