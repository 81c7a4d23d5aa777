package io.sessionevents.emr;

import static io.sessionevents.emr.FakeEmr.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.session.ApplicationKey;
import io.sessionevents.session.Listing;
import io.sessionevents.session.ListingQuery;
import io.sessionevents.session.Lookup;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.SessionState;
import io.sessionevents.session.SessionSummary;
import io.sessionevents.session.Source;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.emrserverless.EmrServerlessClient;

class ListSessionsTest {
    private static final ApplicationKey APPLICATION = new ApplicationKey("prod", "00f1app");
    private static final ListingQuery FIRST = new ListingQuery(APPLICATION, false, null, null);
    private static final String GOOD = """
            {"applicationId": "00f1app", "sessionId": "00f1session",
             "arn": "arn:aws:emr-serverless:eu-west-1:123456789012:/applications/00f1app/sessions/00f1session",
             "state": "IDLE", "stateDetails": "waiting", "releaseLabel": "emr-7.13.0",
             "executionRoleArn": "arn:aws:iam::123456789012:role/spark", "createdBy": "arn:aws:iam::123456789012:user/ann",
             "createdAt": 1700000000.25, "updatedAt": 1700000060.9999}""";
    private static final SessionSummary SUMMARY = new SessionSummary(
            new SessionKey("prod", "00f1app", "00f1session"),
            "IDLE",
            "arn:aws:iam::123456789012:user/ann",
            Instant.parse("2023-11-14T22:13:20.250Z"),
            Instant.parse("2023-11-14T22:14:20.999Z"));

    private final FakeEmr emr = new FakeEmr();
    private final EmrServerlessClient client = emr.client(FakeEmr.PATIENCE);
    private final ListSessions listSessions = new ListSessions(
            new OneCall(() -> client, new LookupErrors("prod", ListSessions.WANTED, ""), FakeEmr.TIME),
            new Source("prod", "eu-west-1", "123456789012"));

    @AfterEach
    void close() {
        client.close();
        emr.close();
    }

    @Test
    void shouldAskForOnePageOfEverySession() throws InterruptedException {
        page("[]");

        assertThat(emr.requests()).singleElement().satisfies(request -> {
            assertThat(request.method()).isEqualTo("GET");
            assertThat(request.path()).isEqualTo("/applications/00f1app/sessions");
            assertThat(request.query()).isEqualTo("maxResults=50");
        });
    }

    @Test
    void shouldAskForLivingSessionsOfSomeTimeBehindAToken() throws InterruptedException {
        emr.answers(answer(200, "{\"sessions\": []}"));

        listSessions.attempt(
                new ListingQuery(APPLICATION, true, Instant.parse("2026-11-23T10:00:00Z"), "a+b/c= &d"), Permits.one());

        assertThat(parameters())
                .containsExactlyInAnyOrder(
                        "maxResults=50",
                        "states=SUBMITTED",
                        "states=STARTING",
                        "states=STARTED",
                        "states=IDLE",
                        "states=BUSY",
                        "states=TERMINATING",
                        "createdAtAfter=2026-11-23T10:00:00Z",
                        "nextToken=a+b/c= &d");
    }

    @Test
    void shouldReadASummary() throws InterruptedException {
        assertThat(page("[" + GOOD + "]")).isEqualTo(new Listing.Page(List.of(SUMMARY), 0, null));
    }

    @Test
    void shouldReadTheTimeThatALookupReads() throws InterruptedException {
        String session = GOOD.replace("1700000060.9999", "1700000061.99999999");
        emr.answers(answer(200, "{\"session\": " + session + "}"));
        Lookup lookup = new GetSession(client, FakeEmr.TIME)
                .attempt(new SessionKey("00f1app", "00f1session"), Permits.one())
                .outcome();

        assertThat(page("[" + session + "]").sessions())
                .singleElement()
                .extracting(SessionSummary::updatedAt)
                .isEqualTo(((Lookup.Found) lookup).session().updatedAt());
    }

    @Test
    void shouldTakeAStateThatIsNotKnownYetAndMembersThatAreNot() throws InterruptedException {
        Listing.Page page = page("[" + GOOD.replace("IDLE", "READY").replace("{", "{\"new\": {\"a\": []},") + "]");

        assertThat(page.sessions()).singleElement().satisfies(session -> {
            assertThat(session.rawState()).isEqualTo("READY");
            assertThat(session.state()).isEqualTo(SessionState.UNKNOWN);
        });
    }

    @Test
    void shouldKeepTheOrderAndTheRepeatedOnes() throws InterruptedException {
        String other = GOOD.replace("00f1session", "00f2session");

        assertThat(page("[" + other + "," + GOOD + "," + other + "]").sessions())
                .extracting(session -> session.key().sessionId())
                .containsExactly("00f2session", "00f1session", "00f2session");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # what                                   | becomes
            "sessionId": "00f1session"               | "sessionId": "00F1"
            "sessionId": "00f1session"               | "sessionId": "../x"
            "sessionId": "00f1session"               | "sessionId": "00f2session"
            "sessionId": "00f1session"               | "sessionId": 7
            "sessionId": "00f1session"               | "sessionId": ""
            "sessionId": "00f1session",              | ``
            "applicationId": "00f1app"               | "applicationId": "00f2app"
            "applicationId": "00f1app"               | "applicationId": null
            applications/00f1app                     | applications/00f2app
            sessions/00f1session                     | sessions/00f2session
            sessions/00f1session                     | jobruns/00f1session
            "arn": "arn:                             | "arn": " arn:
            "arn": "arn:                             | "arn": "nra:
            eu-west-1                                | eu-west-2
            :123456789012:/                          | :210987654321:/
            "state": "IDLE"                          | "state": " "
            "state": "IDLE"                          | "state": {}
            "state": "IDLE"                          | "state": "X\\ud800"
            "state": "IDLE",                         | ``
            "stateDetails": "waiting",               | ``
            "releaseLabel": "emr-7.13.0"             | "releaseLabel": null
            "executionRoleArn"                       | "executionRole"
            "createdBy"                              | "startedBy"
            "createdBy": "arn:aws:iam::123456789012:user/ann" | "createdBy": ["ann"]
            1700000000.25                            | "yesterday"
            1700000000.25                            | "2023-11-14T22:13:20Z"
            1700000000.25                            | {}
            1700000000.25                            | true
            1700000000.25                            | 1700000000250
            1700000000.25                            | -1
            1700000000.25                            | 1e999999999
            1700000000.25                            | 1e-999999999
            1700000060.9999                          | null
            1700000060.9999                          | 99999999999
            """)
    void shouldLeaveOutAndCountAnItemThatIsNone(String what, String becomes) throws InterruptedException {
        assertThat(GOOD).contains(what);

        assertThat(page("[" + GOOD.replace(what, becomes == null ? "" : becomes) + "," + GOOD + "]"))
                .isEqualTo(new Listing.Page(List.of(SUMMARY), 1, null));
    }

    /** Patterns of principals are matched against it. */
    @Test
    void shouldLeaveOutAnItemWhosePrincipalIsLongerThanAny() throws InterruptedException {
        String longer = GOOD.replace("user/ann", "user/" + "a".repeat(2_048));

        assertThat(page("[" + longer + "," + GOOD + "]")).isEqualTo(new Listing.Page(List.of(SUMMARY), 1, null));
    }

    @Test
    void shouldLeaveOutAndCountWhatIsNoObject() throws InterruptedException {
        assertThat(page("[null, 7, \"x\", [], " + GOOD + ", {}, true]"))
                .isEqualTo(new Listing.Page(List.of(SUMMARY), 6, null));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"null, -", "'\"\"', -", "'\"abc=\"', abc="})
    void shouldTellWhereTheNextPageBegins(String sent, @Nullable String token) throws InterruptedException {
        assertThat(page("[" + GOOD + "], \"nextToken\": " + sent).nextToken()).isEqualTo(token);
    }

    @Test
    void shouldTakeATokenThatIsTooLongForAMalformedAnswer() throws InterruptedException {
        String longest = "a".repeat(JsonPage.LONGEST_TOKEN);
        assertThat(page("[], \"nextToken\": \"" + longest + "\"").nextToken()).isEqualTo(longest);
        emr.answers(answer(200, "{\"sessions\": [], \"nextToken\": \"" + longest + "a\"}"));

        Listing outcome = listSessions.attempt(FIRST, Permits.one()).outcome();

        assertThat(outcome).isInstanceOfSatisfying(Lookup.Unavailable.class, none -> {
            assertThat(none.why()).isEqualTo(Lookup.Trouble.MALFORMED);
            assertThat(none.message())
                    .startsWith("the page has nextToken \"aaa")
                    .endsWith("expected a text of 4096 characters at most")
                    .hasSizeLessThan(400);
        });
    }

    @Test
    void shouldBelieveAPageWhoeverBroughtIt() throws InterruptedException {
        emr.answers(FakeEmr.unmarked(200, "{\"sessions\": [" + GOOD + "]}"));

        assertThat(listSessions.attempt(FIRST, Permits.one()).outcome())
                .isEqualTo(new Listing.Page(List.of(SUMMARY), 0, null));
    }

    @Test
    void shouldTakeEveryAccountWhereTheSourceIsNotKnown() throws InterruptedException {
        emr.answers(answer(200, "{\"sessions\": [" + GOOD.replace(":123456789012:/", ":210987654321:/") + "]}"));

        Attempt<Listing> attempt =
                new ListSessions(listSessions.call(), new Source("prod", null, null)).attempt(FIRST, Permits.one());

        assertThat(attempt.outcome()).isEqualTo(new Listing.Page(List.of(SUMMARY), 0, null));
    }

    @Test
    void shouldSayWhoAnswersInAwssPlace() throws InterruptedException {
        emr.answers(answer(200, "<html/>", "Content-Type: text/html", "Server: nginx"));

        Attempt<Listing> attempt = listSessions.attempt(FIRST, Permits.one());

        assertThat(attempt.outcome())
                .isEqualTo(new Lookup.Unavailable(
                        Lookup.Trouble.FOREIGN,
                        "the answer is not AWS's (HTTP 200, not the JSON of a list of sessions, server \"nginx\"): check the"
                                + " proxy (HTTPS_PROXY, NO_PROXY) and source.prod.endpoint.url"));
        assertThat(attempt.outage()).isTrue();
    }

    @Test
    void shouldTellSilence() throws InterruptedException {
        emr.answers(emr.silence());
        try (var impatient = emr.client(Duration.ofMillis(200))) {
            var errors = new LookupErrors("prod", ListSessions.WANTED, "");
            Attempt<Listing> attempt = new ListSessions(
                            new OneCall(() -> impatient, errors, FakeEmr.TIME), listSessions.asked())
                    .attempt(FIRST, Permits.one());

            assertThat(attempt.answered()).isFalse();
            assertThat(attempt.retry()).isTrue();
        }
    }

    /** @param sessions the array, and what follows it */
    private Listing.Page page(String sessions) throws InterruptedException {
        emr.answers(answer(200, "{\"sessions\": " + sessions + "}"));
        return (Listing.Page) listSessions.attempt(FIRST, Permits.one()).outcome();
    }

    private List<String> parameters() {
        return Arrays.stream(String.valueOf(emr.requests().getLast().query()).split("&", -1))
                .map(parameter -> URLDecoder.decode(parameter, StandardCharsets.UTF_8))
                .toList();
    }
}
