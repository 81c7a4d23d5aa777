package io.sessionevents.emr;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * Who answered, as the headers tell. AWS marks every answer with {@code x-amzn-RequestId}; proxies, gateways and captive
 * portals do not.
 */
final class Origin {
    private static final int PROXY_AUTHENTICATION = 407;

    private Origin() {}

    /** Whether a header shows that AWS answered. */
    static boolean marked(AwsServiceException e) {
        SdkHttpResponse answer = answer(e);
        return answer != null && marked(answer);
    }

    /**
     * Whether an answer that could not be read comes from somebody else.
     *
     * @param answer null if there was none
     */
    static boolean foreign(@Nullable SdkHttpResponse answer) {
        return answer != null && (!marked(answer) || !json(answer));
    }

    /** What to tell of an answer that is not what was wanted and comes from somebody else. */
    static String describe(SdkHttpResponse answer, String source, String wanted) {
        return sentence("HTTP " + answer.statusCode() + ", not the JSON of " + wanted, answer) + ": " + check(source);
    }

    /** What to tell of an error that comes from somebody else. */
    static String describe(AwsServiceException e, String source) {
        String code = ErrorKind.code(e);
        String status = "HTTP " + e.statusCode();
        if (code.startsWith("MissingAuthenticationToken")) {
            return "the signature of the request did not arrive (" + status + ", " + code
                    + "): check whether a proxy removes headers, or " + endpoint(source) + " names an API Gateway";
        }
        String what = status + (code.isEmpty() ? " without an AWS error code" : " with the code " + Text.brief(code));
        String fix = e.statusCode() == PROXY_AUTHENTICATION
                ? "the proxy asks for a user and a password, set them in HTTPS_PROXY (http://USER:PASSWORD@HOST:PORT)"
                : check(source);
        return sentence(what, answer(e)) + ": " + fix;
    }

    private static String check(String source) {
        return "check the proxy (HTTPS_PROXY, NO_PROXY) and " + endpoint(source);
    }

    private static String endpoint(String source) {
        return SourceKeys.key(source, "endpoint.url");
    }

    private static String sentence(String what, @Nullable SdkHttpResponse answer) {
        String server = answer == null
                ? ""
                : answer.firstMatchingHeader("Server")
                        .map(name -> ", server \"" + Text.brief(name) + '"')
                        .orElse("");
        return "the answer is not AWS's (" + what + server + ")";
    }

    private static @Nullable SdkHttpResponse answer(AwsServiceException e) {
        AwsErrorDetails details = e.awsErrorDetails();
        return details == null ? null : details.sdkHttpResponse();
    }

    private static boolean marked(SdkHttpResponse answer) {
        return answer.headers().keySet().stream()
                .anyMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("x-amzn-"));
    }

    /** An answer that does not say what it is may be anything. */
    private static boolean json(SdkHttpResponse answer) {
        return answer.firstMatchingHeader("Content-Type")
                .map(type -> type.toLowerCase(Locale.ROOT).contains("json"))
                .orElse(true);
    }
}
