package io.sessionevents.emr;

import static io.sessionevents.emr.FakeEmr.KEY;
import static io.sessionevents.emr.FakeEmr.answer;
import static io.sessionevents.emr.FakeEmr.found;
import static io.sessionevents.emr.FakeEmr.unmarked;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.calls.CallBudget;
import io.sessionevents.calls.LookupLimits;
import io.sessionevents.calls.LookupListener;
import io.sessionevents.calls.LookupSource;
import io.sessionevents.calls.SteadyClock;
import io.sessionevents.calls.SweepSource;
import io.sessionevents.session.ApplicationKey;
import io.sessionevents.session.ApplicationListing;
import io.sessionevents.session.ApplicationsQuery;
import io.sessionevents.session.Discovery;
import io.sessionevents.session.Failure;
import io.sessionevents.session.ListAttemptListener;
import io.sessionevents.session.Listing;
import io.sessionevents.session.ListingQuery;
import io.sessionevents.session.Lookup;
import io.sessionevents.session.Source;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The operations of one source beside each other; what they answer is in the tests of each. */
@ExtendWith(OwnCredentials.class)
class EmrSourceTest {
    private static final Source KNOWN = new Source("prod", "eu-west-1", "123456789012");
    private static final Discovery DISCOVERY = new Discovery(true, Set.of(), Set.of(), List.of());
    private static final ListingQuery SESSIONS =
            new ListingQuery(new ApplicationKey("prod", KEY.applicationId()), true, null, null);
    private static final ApplicationsQuery APPLICATIONS = new ApplicationsQuery(null);
    private static final FakeEmr.Answer OUTAGE = answer(503, "<html>busy</html>");
    private static final FakeEmr.Answer REFUSAL = answer(
            403,
            "{\"message\": \"User: arn:aws:iam::123456789012:user/ann is not authorized\"}",
            "x-amzn-ErrorType: AccessDeniedException");

    private final FakeEmr emr = new FakeEmr(found());
    private final List<Listing> sessionAttempts = new CopyOnWriteArrayList<>();
    private final List<ApplicationListing> applicationAttempts = new CopyOnWriteArrayList<>();
    private final EmrSource source = source(null);
    private final LookupSource lookups = source.lookups(_ -> {}, LookupListener.NONE);
    private final SweepSource sweeps = source.sweeps(new ListAttemptListener() {
        @Override
        public void sessions(Listing outcome) {
            sessionAttempts.add(outcome);
        }

        @Override
        public void applications(ApplicationListing outcome) {
            applicationAttempts.add(outcome);
        }
    });

    @AfterEach
    void close() {
        source.close();
        emr.close();
    }

    @Test
    void shouldHaveWhatTheSettingsSayAndAllowNothingYet() {
        assertThat(lookups.name()).isEqualTo("prod");
        assertThat(sweeps.name()).isEqualTo("prod");
        assertThat(sweeps.limits()).isEqualTo(SourceDirectoryTest.SWEEPS);
        assertThat(sweeps.discovery()).isEqualTo(DISCOVERY);
        assertThat(List.of(lookups.budget(), sweeps.sessionBudget(), sweeps.applicationBudget()))
                .doesNotHaveDuplicates()
                .extracting(CallBudget::share)
                .containsOnly(0.0);
    }

    @Test
    void shouldLookUpWhileTheCircuitsOfListingsAreOpen() throws InterruptedException {
        allow();
        emr.answers(OUTAGE);
        for (int i = 0; i < 20; i++) {
            sweeps.sessions().answer(SESSIONS, Permits.one());
        }
        assertThat(sweeps.sessions().calling()).isFalse();
        assertThat(sweeps.sessions().answer(SESSIONS, Permits.one()))
                .isEqualTo(
                        new Lookup.Unavailable(
                                Lookup.Trouble.CIRCUIT_OPEN,
                                "no call made: most recent calls to EMR Serverless failed in the source prod"
                                        + " (error without an AWS error code, perhaps of a proxy (HTTP 503, request request-1))"));
        assertThat(sweeps.applications().calling()).isTrue();
        assertThat(lookups.lookup().calling()).isTrue();

        emr.answers(found());

        assertThat(lookups.lookup().lookup(KEY, Permits.one())).isInstanceOf(Lookup.Found.class);
    }

    @Test
    void shouldListWhileTheCircuitOfLookupsIsOpen() throws InterruptedException {
        allow();
        emr.answers(OUTAGE);
        for (int i = 0; i < 20; i++) {
            lookups.lookup().lookup(KEY, Permits.one());
        }
        assertThat(lookups.lookup().calling()).isFalse();
        emr.answers(answer(200, "{\"sessions\": []}"), answer(200, "{\"applications\": []}"));

        assertThat(sweeps.sessions().answer(SESSIONS, Permits.one())).isEqualTo(new Listing.Page(List.of(), 0, null));
        assertThat(sweeps.applications().answer(APPLICATIONS, Permits.one()))
                .isEqualTo(new ApplicationListing.Page(List.of(), 0, null));
    }

    @Test
    void shouldSlowDownTheBudgetOfTheOperationThatIsThrottledAndRetry() throws InterruptedException {
        emr.answers(
                answer(429, "{}", "x-amzn-ErrorType: ThrottlingException"),
                answer(400, "{}", "x-amzn-ErrorType: ThrottlingException"),
                answer(200, "{\"sessions\": []}"));
        allow();

        Listing outcome = sweeps.sessions().answer(SESSIONS, Permits.one());

        assertThat(outcome).isInstanceOf(Listing.Page.class);
        assertThat(sessionAttempts).hasSize(3).last().isEqualTo(outcome);
        assertThat(applicationAttempts).isEmpty();
        assertThat(sweeps.sessionBudget().rate()).isLessThan(1e6);
        assertThat(sweeps.applicationBudget().rate()).isEqualTo(1e6);
        assertThat(lookups.budget().rate()).isEqualTo(1e6);
    }

    @Test
    void shouldSayWhichStatementAllowsAListingThatIsRefused() throws InterruptedException {
        emr.answers(REFUSAL);

        assertThat(sweeps.sessions().answer(SESSIONS, Permits.one()))
                .isEqualTo(new Lookup.Refused(
                        Lookup.Refusal.ACCESS_DENIED,
                        "AccessDeniedException (HTTP 403, request request-1): User: arn:aws:iam::123456789012:user/ann is"
                                + " not authorized: add to the IAM policy of the service: {\"Effect\": \"Allow\", \"Action\":"
                                + " \"emr-serverless:ListSessions\", \"Resource\":"
                                + " \"arn:aws:emr-serverless:eu-west-1:123456789012:/applications/*\"}"));
        assertThat(sweeps.applications().answer(APPLICATIONS, Permits.one()))
                .isInstanceOfSatisfying(
                        Lookup.Refused.class,
                        refused -> assertThat(refused.message())
                                .endsWith("{\"Effect\": \"Allow\", \"Action\": \"emr-serverless:ListApplications\","
                                        + " \"Resource\": \"*\"}"));
    }

    @Test
    void shouldNameTheRoleWhosePolicyIsMeant() throws InterruptedException {
        var role = new EmrSettings.Role("arn:aws:iam::123456789012:role/reader", null);
        emr.answers(REFUSAL);

        assertThat(ListPermission.LIST_SESSIONS.fix(emrSettings(role), KNOWN))
                .startsWith(": add to the IAM policy of arn:aws:iam::123456789012:role/reader: {");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, -, arn:aws:emr-serverless:REGION:ACCOUNT:/applications/*",
                "cn-north-1, -, arn:aws-cn:emr-serverless:cn-north-1:ACCOUNT:/applications/*",
                "us-gov-west-1, 123456789012, arn:aws-us-gov:emr-serverless:us-gov-west-1:123456789012:/applications/*"
            })
    void shouldPutWhatIsKnownOfTheSourceIntoTheStatement(String region, String account, String resource) {
        assertThat(ListPermission.LIST_SESSIONS.statement(new Source("prod", region, account)))
                .isEqualTo("{\"Effect\": \"Allow\", \"Action\": \"emr-serverless:ListSessions\", \"Resource\": \""
                        + resource + "\"}");
    }

    /** All of {@link LookupErrorsTest}'s table is the same code. */
    @ParameterizedTest
    @CsvSource({
        "404, ResourceNotFoundException, NOT_FOUND",
        "400, ValidationException, VALIDATION",
        "403, AccessDeniedException, ACCESS_DENIED",
        "403, ExpiredTokenException, CREDENTIALS",
        "403, RequestTimeTooSkewed, CLOCK_SKEW",
        "500, InternalServerException, TRANSIENT",
        "429, ThrottlingException, THROTTLED",
        "404, NoRouteMatched, FOREIGN"
    })
    void shouldTellWhatAnErrorOfAListingMeans(int status, String code, String outcome) throws InterruptedException {
        allow();
        emr.answers(answer(status, "{}", "x-amzn-ErrorType: " + code));

        assertThat(LookupErrorsTest.name((Failure) sweeps.sessions().answer(SESSIONS, Permits.one())))
                .isEqualTo(outcome);
        assertThat(LookupErrorsTest.name((Failure) sweeps.applications().answer(APPLICATIONS, Permits.one())))
                .isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # body                                     | of AWS    | of somebody
            ''                                         | MALFORMED | FOREIGN
            null                                       | MALFORMED | FOREIGN
            []                                         | MALFORMED | FOREIGN
            {}                                         | MALFORMED | FOREIGN
            {"nextToken": "a"}                         | MALFORMED | FOREIGN
            <html>sign in</html>                       | MALFORMED | FOREIGN
            {"sessions": null, "applications": null}   | MALFORMED | FOREIGN
            {"sessions": {}, "applications": {}}       | MALFORMED | FOREIGN
            {"sessions": 3, "applications": "x"}       | MALFORMED | FOREIGN
            {"sessions": [], "applications": []        | MALFORMED | FOREIGN
            {"sessions": [], "applications": []} x     | MALFORMED | FOREIGN
            {"sessions": [], "applications": [], "nextToken": 7}  | MALFORMED | MALFORMED
            {"sessions": [], "applications": [], "nextToken": []} | MALFORMED | MALFORMED
            """)
    void shouldCallAnAnswerWithoutAListMalformedOrForeign(String body, String ofAws, String ofSomebody)
            throws InterruptedException {
        emr.answers(answer(200, body));
        assertThat(LookupErrorsTest.name((Failure) sweeps.sessions().answer(SESSIONS, Permits.one())))
                .isEqualTo(ofAws);
        assertThat(LookupErrorsTest.name((Failure) sweeps.applications().answer(APPLICATIONS, Permits.one())))
                .isEqualTo(ofAws);

        emr.answers(unmarked(200, body));
        assertThat(LookupErrorsTest.name((Failure) sweeps.sessions().answer(SESSIONS, Permits.one())))
                .isEqualTo(ofSomebody);
        assertThat(LookupErrorsTest.name((Failure) sweeps.applications().answer(APPLICATIONS, Permits.one())))
                .isEqualTo(ofSomebody);
    }

    @Test
    void shouldRetryAPageThatBrokeOffOnTheWire() throws InterruptedException {
        allow();
        emr.answers(FakeEmr.cutShort(), FakeEmr.reset(), answer(200, "{\"sessions\": []}"));

        assertThat(sweeps.sessions().answer(SESSIONS, Permits.one())).isInstanceOf(Listing.Page.class);
        assertThat(emr.requests()).hasSize(3);
    }

    @Test
    void shouldReadNoMoreThanAPageCanHave() throws InterruptedException {
        emr.answers(answer(200, "{\"sessions\": [\"" + "x".repeat(WatchedAnswers.LARGEST_BODY_BYTES) + "\"]}"));

        assertThat(sweeps.sessions().answer(SESSIONS, Permits.one()))
                .isInstanceOfSatisfying(
                        Lookup.Unavailable.class, none -> assertThat(none.why()).isEqualTo(Lookup.Trouble.MALFORMED));
    }

    @Test
    void shouldSaySoOnceItIsClosed() throws InterruptedException {
        lookups.lookup().close();
        source.close();

        assertThat(sweeps.sessions().answer(SESSIONS, Permits.one()))
                .isEqualTo(new Lookup.Unavailable(Lookup.Trouble.CREDENTIALS, "the client is closed"));
        assertThat(emr.requests()).isEmpty();
    }

    /** Retries need permits of their own. */
    private void allow() {
        List.of(lookups.budget(), sweeps.sessionBudget(), sweeps.applicationBudget())
                .forEach(budget -> budget.allow(1e6));
    }

    private EmrSource source(EmrSettings.@Nullable Role role) {
        return EmrSource.of(
                new SourceSettings(
                        emrSettings(role),
                        "123456789012",
                        new LookupLimits(1, 1, 1),
                        new RetrySettings(3, Duration.ZERO, Duration.ZERO),
                        SourceDirectoryTest.SWEEPS,
                        DISCOVERY),
                KNOWN,
                "9.9",
                SteadyClock.over(System::nanoTime, InstantSource.system()),
                FakeEmr.TIME);
    }

    private EmrSettings emrSettings(EmrSettings.@Nullable Role role) {
        return new EmrSettings(
                "prod", "eu-west-1", null, role, emr.uri(), null, Proxies.NONE, Duration.ofMinutes(1), 8);
    }
}
