package io.sessionevents.emr;

import static io.sessionevents.emr.FakeEmr.KEY;
import static io.sessionevents.emr.FakeEmr.REQUIRED_ONLY;
import static io.sessionevents.emr.FakeEmr.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.calls.CallBudget;
import io.sessionevents.session.Lookup;
import java.net.URI;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.emrserverless.EmrServerlessClient;

class LookupErrorsTest {
    private static final int ATTEMPTS = 3;
    private static final RetrySettings AT_ONCE = new RetrySettings(ATTEMPTS, Duration.ZERO, Duration.ZERO);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # status | x-amzn-ErrorType                          | body                               | outcome       | HTTP attempts
            400      | ThrottlingException                        | {"message":"Rate exceeded"}        | THROTTLED     | 3
            429      | ThrottlingException                        | {"message":"Rate exceeded"}        | THROTTLED     | 3
            429      | TooManyRequestsException:http://x/         | {}                                 | THROTTLED     | 3
            429      |                                            | <html>slow down</html>             | THROTTLED     | 3
            503      | SlowDown                                   | {}                                 | THROTTLED     | 3
            400      |                                            | {"__type":"a.b#ThrottlingException"} | THROTTLED   | 3
            400      |                                            | {"code":"ThrottlingException"}     | THROTTLED     | 3
            500      | InternalServerException                    | {"message":"no"}                   | TRANSIENT     | 3
            500      | InternalFailure                            | {}                                 | TRANSIENT     | 3
            503      | ServiceUnavailable                         | {}                                 | TRANSIENT     | 3
            503      |                                            | <html>busy</html>                  | TRANSIENT     | 3
            502      |                                            | <html>bad gateway</html>           | TRANSIENT     | 3
            504      |                                            | ''                                 | TRANSIENT     | 3
            400      | RequestTimeout                             | {}                                 | TRANSIENT     | 3
            408      |                                            | ''                                 | TRANSIENT     | 3
            403      | ExpiredTokenException                      | {}                                 | CREDENTIALS   | 1
            400      | ExpiredTokenException                      | {}                                 | CREDENTIALS   | 1
            400      | UnrecognizedClientException                | {}                                 | CREDENTIALS   | 1
            403      | InvalidSignatureException                  | {"message":"canonical string"}     | CREDENTIALS   | 1
            403      | MissingAuthenticationTokenException        | {"message":"Missing Authentication Token"} | FOREIGN | 1
            401      |                                            | ''                                 | FOREIGN       | 1
            403      | RequestTimeTooSkewed                       | {}                                 | CLOCK_SKEW    | 1
            400      | RequestExpired                             | {}                                 | CLOCK_SKEW    | 1
            403      | AccessDeniedException                      | {"Message":"not you"}              | ACCESS_DENIED | 1
            400      | AccessDeniedException                      | {}                                 | ACCESS_DENIED | 1
            403      |                                            | <html>forbidden</html>             | FOREIGN       | 1
            403      | ForbiddenException                         | {"message":"Forbidden"}            | FOREIGN       | 1
            403      |                                            | {"message":"Forbidden"}            | FOREIGN       | 1
            403      |                                            | {"__type":"com.amazon.coral.service#AccessDeniedException"} | ACCESS_DENIED | 1
            404      | ResourceNotFoundException                  | {"message":"gone"}                 | NOT_FOUND     | 1
            400      | ResourceNotFoundException                  | {}                                 | NOT_FOUND     | 1
            404      | com.amazon#ResourceNotFoundException:http://internal.amazon.com/coral/ | {} | NOT_FOUND | 1
            404      |                                            | {"code":"ResourceNotFoundException"} | NOT_FOUND   | 1
            404      |                                            | {"__type":"a.b#ResourceNotFoundException:http://x/"} | NOT_FOUND | 1
            404      |                                            | ''                                 | FOREIGN       | 1
            404      |                                            | <html>nginx</html>                 | FOREIGN       | 1
            404      |                                            | {"message":"no Route matched"}     | FOREIGN       | 1
            404      |                                            | {"code":404,"message":"Not Found"} | FOREIGN       | 1
            404      |                                            | {"code":{"a":1},"__type":[]}       | FOREIGN       | 1
            404      |                                            | {"error":{"code":"ResourceNotFound"}} | FOREIGN    | 1
            404      | NotFoundException                          | {"message":"Not Found"}            | FOREIGN       | 1
            407      |                                            | <html>sign in</html>               | FOREIGN       | 1
            405      |                                            | <html>no</html>                    | FOREIGN       | 1
            451      |                                            | ''                                 | FOREIGN       | 1
            301      |                                            | ''                                 | FOREIGN       | 1
            302      |                                            | <html>sign in</html>               | FOREIGN       | 1
            307      |                                            | {"message":"over there"}           | FOREIGN       | 1
            304      |                                            | ''                                 | FOREIGN       | 1
            400      | ValidationException                        | {"message":"bad id"}               | VALIDATION    | 1
            404      | UnknownOperationException                  | {}                                 | TRANSIENT     | 1
            402      | ServiceQuotaExceededException              | {}                                 | TRANSIENT     | 1
            418      | TeapotException                            | {}                                 | TRANSIENT     | 1
            400      |                                            | <html>bad request</html>           | FOREIGN       | 1
            400      |                                            | {"message":"bad request"}          | FOREIGN       | 1
            """)
    void shouldTellWhatAnErrorMeans(int status, String code, String body, String outcome, int attempts)
            throws InterruptedException {
        FakeEmr.Answer error = code == null ? answer(status, body) : answer(status, body, "x-amzn-ErrorType: " + code);

        try (FakeEmr emr = new FakeEmr(error);
                var client = emr.client(FakeEmr.PATIENCE)) {
            shouldComeTo(emr, client, outcome, attempts);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "<html>sign in</html>",
                "{\"session\": 3}",
                "{\"session\": {\"createdAt\": \"yesterday\"}}",
                "{\"session\": {\"idleTimeoutMinutes\": \"x\"}}",
                "{\"session\": {\"createdAt\": {}}}"
            })
    void shouldCallAnUnreadableAnswerMalformed(String body) throws InterruptedException {
        try (FakeEmr emr = new FakeEmr(answer(200, body));
                var client = emr.client(FakeEmr.PATIENCE)) {
            shouldComeTo(emr, client, "MALFORMED", 1);
        }
    }

    @Test
    void shouldCallTruncatedJsonMalformed() throws InterruptedException {
        try (FakeEmr emr = new FakeEmr(answer(200, REQUIRED_ONLY.substring(0, 200)));
                var client = emr.client(FakeEmr.PATIENCE)) {
            shouldComeTo(emr, client, "MALFORMED", 1);
        }
    }

    @Test
    void shouldRetryABodyThatBrokeOffOnTheWire() throws InterruptedException {
        try (FakeEmr emr = new FakeEmr(FakeEmr.cutShort());
                var client = emr.client(FakeEmr.PATIENCE)) {
            shouldComeTo(emr, client, "TRANSIENT", ATTEMPTS);
        }
    }

    @Test
    void shouldRetryAReset() throws InterruptedException {
        try (FakeEmr emr = new FakeEmr(FakeEmr.reset());
                var client = emr.client(FakeEmr.PATIENCE)) {
            shouldComeTo(emr, client, "TRANSIENT", ATTEMPTS);
        }
    }

    @Test
    void shouldRetryAfterSilence() throws InterruptedException {
        try (FakeEmr emr = new FakeEmr();
                var client = emr.client(Duration.ofMillis(200))) {
            emr.answers(emr.silence());
            shouldComeTo(emr, client, "TRANSIENT", ATTEMPTS);
        }
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void shouldTellMissingCredentials() throws InterruptedException {
        EmrSettings settings =
                new EmrSettings("eu-west-1", null, URI.create("http://127.0.0.1:1"), FakeEmr.PATIENCE, 1);

        try (var client = EmrClients.create(settings, "9.9", () -> {
            throw AwsServiceException.builder()
                    .statusCode(403)
                    .message("secret of STS")
                    .build();
        })) {
            Attempt<Lookup> attempt = new GetSession(client, FakeEmr.TIME).attempt(KEY, Permits.one());

            assertThat(name(attempt.outcome())).isEqualTo("CREDENTIALS");
            assertThat(attempt.retry()).isFalse();
            assertThat(attempt.outcome().toString()).contains("aws.profile").doesNotContain("secret");
        }
    }

    @Test
    void shouldRetryARefusedConnection() throws InterruptedException {
        URI nobody;
        try (FakeEmr emr = new FakeEmr()) {
            nobody = emr.uri();
        }
        EmrSettings settings = new EmrSettings("eu-west-1", null, nobody, FakeEmr.PATIENCE, 1);

        try (var client = EmrClients.create(settings, "9.9", FakeEmr.CREDENTIALS)) {
            Attempt<Lookup> attempt = new GetSession(client, FakeEmr.TIME).attempt(KEY, Permits.one());

            assertThat(name(attempt.outcome())).isEqualTo("TRANSIENT");
            assertThat(attempt.outage()).isTrue();
        }
    }

    @Test
    void shouldTakeABadSignatureUnderAWrongClockForClockSkew() {
        AwsServiceException error = error(403, "InvalidSignatureException", "Date", "Mon, 20 Jan 2020 10:00:00 GMT");

        assertThat(name(new LookupErrors("default").classify(error, null).outcome()))
                .isEqualTo("CLOCK_SKEW");
    }

    @ParameterizedTest
    @CsvSource({"7, PT7S", "0, PT0S", "'Mon, 20 Jan 2020 10:00:00 GMT',", "-1,", "1.5,", "99999999999999999999,", "'',"
    })
    void shouldReadRetryAfterInSeconds(String header, Duration expected) {
        Attempt<?> attempt = new LookupErrors("default").classify(error(503, "SlowDown", "Retry-After", header), null);

        assertThat(attempt.askedPause()).isEqualTo(expected);
    }

    @Test
    void shouldSayWhatHappenedWithoutHeadersOrSignatures() throws InterruptedException {
        try (FakeEmr emr = new FakeEmr(answer(
                        403,
                        "{\"message\": \"The Canonical String should have been x-amz-security-token:hidden\"}",
                        "x-amzn-ErrorType: InvalidSignatureException"));
                var client = emr.client(FakeEmr.PATIENCE)) {
            Lookup outcome = new GetSession(client, FakeEmr.TIME)
                    .attempt(KEY, Permits.one())
                    .outcome();

            assertThat(((Lookup.Unavailable) outcome).message())
                    .isEqualTo("InvalidSignatureException (HTTP 403, request request-1): renew the credentials,"
                            + " or give the service others");
        }
    }

    @Test
    void shouldQuoteOneShortLineOfARefusal() throws InterruptedException {
        try (FakeEmr emr = new FakeEmr(answer(
                        403,
                        "{\"message\": \"not\\nauthorized " + "x".repeat(5000) + "\"}",
                        "x-amzn-ErrorType: AccessDeniedException"));
                var client = emr.client(FakeEmr.PATIENCE)) {
            Lookup outcome = new GetSession(client, FakeEmr.TIME)
                    .attempt(KEY, Permits.one())
                    .outcome();

            assertThat(((Lookup.Refused) outcome).message())
                    .startsWith("AccessDeniedException (HTTP 403, request request-1): not authorized xxx")
                    .hasSizeLessThan(300);
        }
    }

    static void shouldComeTo(FakeEmr emr, EmrServerlessClient client, String outcome, int attempts)
            throws InterruptedException {
        CallBudget budget = new CallBudget(System::nanoTime);
        budget.allow(1e6);
        ResilientLookup lookup = new ResilientLookup(
                client, budget, AT_ONCE, BreakerSettings.standard(), new Random(42), FakeEmr.TIME, _ -> {});

        assertThat(name(lookup.lookup(KEY, Permits.one()))).isEqualTo(outcome);
        assertThat(emr.requests()).hasSize(attempts);
    }

    private static AwsServiceException error(int status, String code, String header, String value) {
        return AwsServiceException.builder()
                .statusCode(status)
                .clockSkew(Duration.ZERO)
                .awsErrorDetails(AwsErrorDetails.builder()
                        .errorCode(code)
                        .sdkHttpResponse(SdkHttpResponse.builder()
                                .statusCode(status)
                                .putHeader(header, value)
                                .build())
                        .build())
                .build();
    }

    static String name(Lookup outcome) {
        return switch (outcome) {
            case Lookup.Found _ -> "FOUND";
            case Lookup.NotFound _ -> "NOT_FOUND";
            case Lookup.Refused refused -> refused.why().name();
            case Lookup.Unavailable none -> none.why().name();
        };
    }
}
