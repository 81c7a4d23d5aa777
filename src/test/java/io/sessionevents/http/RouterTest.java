package io.sessionevents.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.health.UnavailableException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouterTest {
    private final Router router = new Router(List.of(
            new Route(
                    "/fruit",
                    call -> HttpAnswer.ok(
                            HttpAnswer.TEXT, "fruit " + call.query().parameters())),
            new Route("/fruit/{name}", call -> HttpAnswer.ok(HttpAnswer.TEXT, "one " + call.part("name"))),
            new Route("/fruit/{name}.json", call -> HttpAnswer.ok(HttpAnswer.TEXT, "never")),
            new Route(
                    "/file/{name}.json",
                    call -> HttpAnswer.ok(HttpAnswer.TEXT, call.part("name") + " " + call.ownOnly())),
            new Route("/ripe", call -> {
                throw new UnavailableException("too early", Duration.ofSeconds(7));
            }),
            new Route("/rotten", call -> {
                throw new IllegalStateException("secret=42");
            })));

    @ParameterizedTest
    @CsvSource({
        "GET,    /fruit,            200, fruit {}",
        "HEAD,   /fruit,            200, fruit {}",
        "GET,    /fruit/apple,      200, one apple",
        "GET,    /fruit/a%2Fb,      200, one a/b",
        "GET,    /fruit/eu%3Aa+b,   200, one eu:a+b",
        "GET,    /fruit/a%zz,       400,",
        "GET,    /fruit/apple.json, 200, one apple.json",
        "GET,    /file/a.b.json,    200, a.b false",
        "GET,    /fruit/,           404,",
        "GET,    /fruit/a/b,        404,",
        "GET,    /,                 404,",
        "DELETE, /nowhere,          404,",
        "DELETE, /fruit,            405,",
        "OPTIONS,/fruit,            405,"
    })
    void shouldFindWhoAnswers(String method, String path, int status, String body) {
        HttpAnswer answer = router.answer(method, path, null, null);

        assertThat(answer.status()).isEqualTo(status);
        if (body != null) {
            assertThat(answer.body()).isEqualTo(body);
        }
    }

    @Test
    void shouldSayWhatIsAllowed() {
        assertThat(router.answer("POST", "/fruit", null, null).headers()).containsEntry("Allow", "GET, HEAD");
    }

    @Test
    void shouldDecodeTheQuery() {
        assertThat(router.answer("GET", "/fruit", "a=1&b=x%20y&a=2&c", null).body())
                .isEqualTo("fruit {a=[1, 2], b=[x y], c=[]}");
    }

    @ParameterizedTest
    @CsvSource({"a=%zz,", "scope=everything,", ",everything", "scope=local&scope=local,"})
    void shouldRefuseWhatIsNoQuery(String query, String scope) {
        HttpAnswer answer = router.answer("GET", "/fruit", query, scope);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.type()).isEqualTo("application/problem+json");
    }

    @ParameterizedTest
    @CsvSource({"scope=local,", ",local"})
    void shouldTakeTheScopeFromParameterOrHeader(String query, String scope) {
        assertThat(router.answer("GET", "/file/x.json", query, scope).body()).isEqualTo("x true");
    }

    @Test
    void shouldLimitPathAndQuery() {
        String path = "/fruit/" + "a".repeat(Router.LONGEST_PATH - "/fruit/".length());
        String query = "a=" + "b".repeat(Router.LONGEST_QUERY - 2);

        assertThat(router.answer("GET", path, query, null).status()).isEqualTo(200);
        assertThat(router.answer("GET", path + "a", null, null).status()).isEqualTo(414);
        assertThat(router.answer("GET", "/fruit", query + "b", null).status()).isEqualTo(414);
    }

    @Test
    void shouldSayWhenToAskAgain() {
        HttpAnswer answer = router.answer("GET", "/ripe", null, null);

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.headers()).containsEntry("Retry-After", "7");
        assertThat(answer.body()).contains("too early");
    }

    @Test
    void shouldTellNothingOfTheInside() {
        HttpAnswer answer = router.answer("GET", "/rotten", null, null);

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.type()).isEqualTo("application/problem+json");
        assertThat(answer.body()).doesNotContain("secret", "Exception");
    }
}
