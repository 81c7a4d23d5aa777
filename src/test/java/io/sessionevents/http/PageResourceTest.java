package io.sessionevents.http;

import static io.sessionevents.http.FakeFleet.NOON;
import static io.sessionevents.http.FakeFleet.session;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.health.UnavailableException;
import io.sessionevents.session.HistorySample;
import io.sessionevents.session.SessionHistories;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.TrackedSession;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageResourceTest {
    private static final String EVIL = "<img src=x onerror=alert(1)>\u202e";

    private final FakeFleet fleet = new FakeFleet().keep(session("a/b", "IDLE")).keep(labelled("a/c", EVIL));
    private SessionHistories histories = FakePorts.NOTHING_TOLD;
    private Instant now = NOON;
    private final HttpApi api = FakePorts.apiWithPage(fleet, (key, since) -> histories.of(key, since), () -> now);

    @AfterEach
    void close() {
        api.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/,                       200, Sessions by state",
        "/?x=1,                   400, Unknown parameter",
        "/sessions,               200, a/b",
        "/sessions?state=IDLE,    200, a/b",
        "/sessions?state=&sort=,  200, a/b",
        "/sessions?state=BUSY,    200, No session is like that.",
        "/sessions?state=ASLEEP,  400, ASLEEP",
        "/sessions?limit=500,     400, Unknown parameter",
        "/sessions/a/b,           200, IDLE",
        "/sessions/a/none,        404, Nothing is known of the session a/none",
        "/sessions/a/B,           400, no identifier",
        "/sessions/%3Cscript%3E/b, 400, no identifier"
    })
    void shouldAnswerWithAPage(String target, int status, String text) {
        HttpAnswer answer = get(target);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.type()).isEqualTo("text/html; charset=utf-8");
        assertThat(answer.body()).contains(text).contains("read only").doesNotContain("<script>", "style=\"");
        assertThat(answer.headers())
                .containsAllEntriesOf(PageResource.GUARDS)
                .containsEntry(PageResource.AS_OF, NOON.toString());
    }

    @Test
    void shouldShowValuesFromOutsideAsText() {
        assertThat(get("/sessions").body())
                .contains("<bdi>&lt;img src=x onerror=alert(1)&gt;[U+202E]</bdi>")
                .doesNotContain("<img src=x");
    }

    @Test
    void shouldOfferToLookFurtherWhereNothingIsFoundSoFar() {
        fleet.keep(session("z/last", "BUSY")).reading(1);

        assertThat(get("/sessions?state=BUSY").body())
                .contains("None of the sessions looked through so far")
                .contains("href=\"/sessions?state=BUSY&amp;after=")
                .doesNotContain("No session is like that.");
    }

    @Test
    void shouldNameWhatIsWrong() {
        fleet.elsewhere("away", "127.0.0.1:1").without(3);

        assertThat(get("/").body()).contains("An instance does not answer", "127.0.0.1:1", "Nobody has partition 3");
        assertThat(get("/sessions").body())
                .contains("Some sessions are missing: <bdi>127.0.0.1:1 does not answer</bdi>");
    }

    @Test
    void shouldAskToWaitWhileTheOwnerOfASessionIsAway() {
        fleet.elsewhere("away", "127.0.0.1:1");

        HttpAnswer answer = get("/sessions/away/a");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.headers()).containsEntry("Retry-After", "5");
        assertThat(answer.body()).contains("Not now", "127.0.0.1:1, which keeps the session, does not answer");
    }

    @Test
    void shouldShowAllThatTheTopicsTell() {
        histories = (key, since) -> HistorySample.of(key.toString());

        assertThat(get("/sessions/a/b").body())
                .contains(
                        "missed",
                        "Seen for the first time.",
                        "Usage corrected",
                        "Alert: ",
                        "A record that cannot be read: ")
                .contains("somebody published its ID");
    }

    /** The history is read by whoever is asked. */
    @Test
    void shouldShowTheHistoryWhileTheOwnerOfASessionIsAway() {
        fleet.elsewhere("away", "127.0.0.1:1");
        histories = (key, since) -> HistorySample.of(key.toString());

        assertThat(get("/sessions/away/a").body())
                .contains("127.0.0.1:1, which keeps the session, does not answer", "Usage corrected")
                .doesNotContain("does not keep this session any more");
    }

    @Test
    void shouldShowASessionWhoseHistoryCannotBeRead() {
        histories = (key, since) -> {
            throw new UnavailableException("may not read the topics", Duration.ofSeconds(5));
        };

        HttpAnswer answer = get("/sessions/a/b");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).contains("IDLE", "may not read the topics");
    }

    @Test
    void shouldMakeAPageOnceInTwoSeconds() {
        HttpAnswer first = get("/sessions");
        fleet.keep(session("a/d", "BUSY"));
        now = NOON.plusMillis(1999);
        assertThat(get("/sessions")).isEqualTo(first);

        now = NOON.plusSeconds(2);
        assertThat(get("/sessions").body()).contains("a/d");
    }

    /** Or else one who asks for the part of an instance would be answered for all. */
    @Test
    void shouldShowTheWholeFleetWhateverScopeIsAskedFor() {
        fleet.elsewhere("away", "127.0.0.1:1");

        assertThat(api.router().answer("GET", "/sessions", null, "local").body())
                .contains("Some sessions are missing");
        assertThat(get("/sessions?scope=local").status()).isEqualTo(400);
    }

    @Test
    void shouldKeepTheVersionWhileOnlyTimePasses() {
        String version = get("/sessions").headers().get("ETag");
        now = NOON.plusSeconds(60);
        assertThat(get("/sessions").headers()).containsEntry("ETag", version);

        fleet.keep(session("a/b", "BUSY"));
        now = NOON.plusSeconds(120);
        assertThat(get("/sessions").headers().get("ETag")).isNotEqualTo(version);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/sessions", "/page/page.css", "/page/page.js", "/page/icon.svg"})
    void shouldNotSendWhatTheBrowserHas(String path) throws IOException, InterruptedException {
        try (var endpoint = HttpEndpoint.start("127.0.0.1", 0, api.router());
                var client = HttpClient.newHttpClient()) {
            HttpResponse<String> whole = ask(client, endpoint, path, null);
            String tag = whole.headers().firstValue("ETag").orElseThrow();
            HttpResponse<String> known = ask(client, endpoint, path, "\"other\", " + tag);

            assertThat(whole.statusCode()).isEqualTo(200);
            assertThat(whole.headers().firstValue("Cache-Control")).contains("private, no-cache");
            assertThat(whole.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(known.statusCode()).isEqualTo(304);
            assertThat(known.body()).isEmpty();
            assertThat(known.headers().firstValue("ETag")).contains(tag);
            assertThat(ask(client, endpoint, path, "\"other\"").statusCode()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH"})
    void shouldTakeNothingThatChanges(String method) {
        assertThat(api.router().answer(method, "/sessions/a/b", null, null).status())
                .isEqualTo(405);
    }

    @Test
    void shouldBeAwayUnlessItIsWanted() {
        try (var without = FakePorts.api(fleet)) {
            assertThat(without.router().answer("GET", "/", null, null).status()).isEqualTo(404);
            assertThat(without.router()
                            .answer("GET", "/page/page.js", null, null)
                            .status())
                    .isEqualTo(404);
        }
    }

    private HttpAnswer get(String target) {
        int query = target.indexOf('?');
        return query < 0
                ? api.router().answer("GET", target, null, null)
                : api.router().answer("GET", target.substring(0, query), target.substring(query + 1), null);
    }

    private static HttpResponse<String> ask(
            HttpClient client, HttpEndpoint endpoint, String path, @Nullable String known)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(endpoint.url().resolve(path));
        if (known != null) {
            request.header("If-None-Match", known);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static TrackedSession labelled(String key, String value) {
        return TrackedSession.startTracking(SessionKey.parse(key), Map.of("team", value), NOON);
    }
}
