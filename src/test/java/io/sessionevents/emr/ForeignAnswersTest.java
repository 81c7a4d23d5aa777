package io.sessionevents.emr;

import static io.sessionevents.emr.FakeEmr.KEY;
import static io.sessionevents.emr.FakeEmr.REQUIRED_ONLY;
import static io.sessionevents.emr.FakeEmr.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.session.Lookup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers that somebody else gives in AWS's place; {@link LookupErrorsTest} has their statuses and codes. */
class ForeignAnswersTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # status | body                                  | outcome
            404      | {"code":"ResourceNotFound"}           | FOREIGN
            403      | {"code":"AccessDenied"}               | FOREIGN
            404      | {"code":"ResourceNotFoundException"}  | NOT_FOUND
            400      | {"__type":"x#ValidationException"}    | VALIDATION
            503      | {"code":"ServiceUnavailable"}         | TRANSIENT
            200      | ''                                    | FOREIGN
            200      | {}                                    | FOREIGN
            200      | {"message":"It works!"}               | FOREIGN
            200      | <html>sign in</html>                  | FOREIGN
            200      | {"session":{"state":"IDLE"}}          | MALFORMED
            204      | ''                                    | FOREIGN
            """)
    void shouldTakeAnybodysSpellingsFromAwsOnly(int status, String body, String outcome) throws InterruptedException {
        try (FakeEmr emr = new FakeEmr(FakeEmr.unmarked(status, body));
                var client = emr.client(FakeEmr.PATIENCE)) {
            assertThat(LookupErrorsTest.name(new GetSession(client, FakeEmr.TIME)
                            .attempt(KEY, Permits.one())
                            .outcome()))
                    .isEqualTo(outcome);
        }
    }

    @Test
    void shouldBelieveASessionWhoeverBroughtIt() throws InterruptedException {
        try (FakeEmr emr = new FakeEmr(FakeEmr.unmarked(200, REQUIRED_ONLY));
                var client = emr.client(FakeEmr.PATIENCE)) {
            assertThat(new GetSession(client, FakeEmr.TIME)
                            .attempt(KEY, Permits.one())
                            .outcome())
                    .isInstanceOf(Lookup.Found.class);
        }
    }

    @Test
    void shouldTakeAPageForSomebodyElsesWhateverItIsMarkedWith() throws InterruptedException {
        try (FakeEmr emr = new FakeEmr(answer(200, "<html>sign in</html>", "Content-Type: text/html; charset=utf-8"));
                var client = emr.client(FakeEmr.PATIENCE)) {
            LookupErrorsTest.shouldComeTo(emr, client, "FOREIGN", 1);
        }
    }

    @Test
    void shouldReadNoMoreThanASessionCanHave() throws InterruptedException {
        FakeEmr.Answer page = exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.sendResponseHeaders(404, 0);
            byte[] block = new byte[1 << 20];
            try (var out = exchange.getResponseBody()) {
                for (int i = 0; i < 1000; i++) {
                    out.write(block);
                }
            }
        };
        try (FakeEmr emr = new FakeEmr(page);
                var client = emr.client(FakeEmr.PATIENCE)) {
            LookupErrorsTest.shouldComeTo(emr, client, "FOREIGN", 1);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            404 | the answer is not AWS's (HTTP 404 without an AWS error code, server "nginx"): check the proxy (HTTPS_PROXY, NO_PROXY) and aws.endpoint.url
            407 | the answer is not AWS's (HTTP 407 without an AWS error code, server "nginx"): the proxy asks for a user and a password, set them in HTTPS_PROXY (http://USER:PASSWORD@HOST:PORT)
            200 | the answer is not AWS's (HTTP 200, not the JSON of a session, server "nginx"): check the proxy (HTTPS_PROXY, NO_PROXY) and aws.endpoint.url
            """)
    void shouldSayWhereToLookWhenSomebodyElseAnswers(int status, String message) throws InterruptedException {
        try (FakeEmr emr = new FakeEmr(answer(status, "<html/>", "Content-Type: text/html", "Server: nginx"));
                var client = emr.client(FakeEmr.PATIENCE)) {
            Attempt<?> attempt = new GetSession(client, FakeEmr.TIME).attempt(KEY, Permits.one());

            assertThat(((Lookup.Unavailable) attempt.outcome()).message()).isEqualTo(message);
            assertThat(attempt.outage()).isTrue();
        }
    }
}
