package io.sessionevents.emr;

import static io.sessionevents.emr.FakeEmr.KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sessionevents.session.Lookup;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.emrserverless.EmrServerlessClient;
import software.amazon.awssdk.services.sts.StsClient;

/** Credentials of a role through STS, over real HTTP. */
@ExtendWith(OwnCredentials.class)
class AssumedRoleTest {
    private static final String ROLE = "arn:aws:iam::222222222222:role/reader";

    private final FakeSts sts = new FakeSts();
    private final FakeEmr emr = new FakeEmr(FakeEmr.found());

    @AfterEach
    void stop() {
        sts.close();
        emr.close();
    }

    @Test
    void shouldLookUpWithTheCredentialsOfTheRole() throws InterruptedException {
        sts.trusts(ROLE, "x-1");

        assertThat(lookup("x-1")).isInstanceOf(Lookup.Found.class);

        FakeSts.Request request = sts.requests("AssumeRole").getFirst();
        assertThat(request.form())
                .containsEntry("RoleArn", ROLE)
                .containsEntry("ExternalId", "x-1")
                .containsEntry("RoleSessionName", "session-events-prod-eu");
        assertThat(request.authorization())
                .matches("AWS4-HMAC-SHA256 Credential=AKIAOWN/\\d{8}/eu-west-1/sts/aws4_request, .*");
        var headers = emr.requests().getFirst().headers();
        assertThat(headers.getFirst("Authorization")).contains("Credential=ASIA1/", "/emr-serverless/");
        assertThat(headers.getFirst("X-Amz-Security-Token")).isEqualTo("token-ASIA1");
    }

    @Test
    void shouldAskOnceForManyLookupsAndNotSendAnExternalIdThatThereIsNot() throws InterruptedException {
        sts.trusts(ROLE, null);
        try (var client = client(null)) {
            for (int i = 0; i < 20; i++) {
                assertThat(lookup(client)).isInstanceOf(Lookup.Found.class);
            }
        }

        assertThat(sts.requests("AssumeRole"))
                .singleElement()
                .satisfies(request -> assertThat(request.form()).doesNotContainKey("ExternalId"));
    }

    /** IAM revokes sessions by a policy that denies everything to those that are older. */
    @ParameterizedTest
    @ValueSource(strings = {"ExpiredTokenException", "AccessDeniedException"})
    void shouldAskForOthersWhenTheyAreRevoked(String code) throws InterruptedException {
        sts.trusts(ROLE, null);
        try (var client = client(null)) {
            assertThat(lookup(client)).isInstanceOf(Lookup.Found.class);
            emr.answers(FakeEmr.answer(403, "{}", "x-amzn-ErrorType: " + code), FakeEmr.found());
            assertThat(lookup(client)).isNotInstanceOf(Lookup.Found.class);

            await().until(() -> lookup(client) instanceof Lookup.Found
                    && emr.requests()
                            .getLast()
                            .headers()
                            .getFirst("Authorization")
                            .contains("Credential=ASIA2/"));
        }
    }

    @Test
    void shouldGoOnWithTheOldCredentialsWhileStsIsOut() throws InterruptedException {
        sts.trusts(ROLE, null).life(Duration.ofMinutes(10));
        try (var client = client(null)) {
            assertThat(lookup(client)).isInstanceOf(Lookup.Found.class);
            sts.answers(500, "");
            assertThat(lookup(client)).isInstanceOf(Lookup.Found.class);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "none  | if the trust policy asks for an external ID, set source.prod-eu.external.id",
                "wrong | source.prod-eu.external.id must be the one that the trust policy asks for"
            })
    void shouldSayWhichStatementWouldAllowIt(@Nullable String externalId, String hint) throws InterruptedException {
        sts.trusts(ROLE, "right");

        assertThat(unavailable(externalId))
                .startsWith(
                        "STS refuses the role " + ROLE + " to " + FakeSts.CALLER + " (AccessDenied (HTTP 403, request")
                .contains(
                        "{\"Effect\": \"Allow\", \"Principal\": {\"AWS\": \"arn:aws:iam::111111111111:role/session-events\"},"
                                + " \"Action\": \"sts:AssumeRole\""
                                + (externalId == null
                                        ? "}"
                                        : ", \"Condition\": {\"StringEquals\": {\"sts:ExternalId\": \"wrong\"}}}"),
                        "{\"Effect\": \"Allow\", \"Action\": \"sts:AssumeRole\", \"Resource\": \"" + ROLE + "\"}",
                        hint)
                .doesNotContain("geheim", "AKIAOWN", "\n");
        assertThat(emr.requests()).isEmpty();
    }

    /** Sessions of EKS Pod Identity have tags that go on to the role. */
    @Test
    void shouldSayThatTagsOfTheSessionAreRefused() throws InterruptedException {
        sts.answers(
                403,
                FakeSts.error(
                        "AccessDenied",
                        "User: " + FakeSts.CALLER + " is not authorized to perform: sts:TagSession on resource: "
                                + ROLE));

        assertThat(unavailable(null))
                .startsWith("STS refuses the role " + ROLE + " to " + FakeSts.CALLER)
                .contains("must both allow sts:TagSession")
                .doesNotContain("sts:AssumeRole");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "500 | InternalFailure         | InternalFailure (HTTP 500",
                "503 | ServiceUnavailable      | ServiceUnavailable (HTTP 503",
                "400 | Throttling              | Throttling (HTTP 400",
                "403 | ExpiredToken            | does not take the credentials of the caller, ExpiredToken (HTTP 403",
                "403 | InvalidClientTokenId    | renew those of source.prod-eu.profile",
                "403 | RequestExpired          | set the clock of this host right",
                "403 | RegionDisabledException | activate the Region of source.prod-eu.region",
                "400 | ValidationError         | check source.prod-eu.role.arn and source.prod-eu.external.id",
                "400 | MalformedPolicyDocument | MalformedPolicyDocument (HTTP 400"
            })
    void shouldSayWhyThereAreNone(int status, String code, String says) throws InterruptedException {
        sts.answers(status, FakeSts.error(code, "because"));

        assertThat(unavailable(null))
                .startsWith("STS gave no credentials of the role " + ROLE)
                .contains(says);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "200 | {\"a\": 1}                        | STS",
                "200 | <AssumeRoleResponse>              | STS",
                "200 | <AssumeRoleResponse/>             | its answer holds no complete credentials",
                "200 | <html>hello</html>                | STS",
                "403 | <html>blocked</html>              | the answer is not AWS's",
                "407 | nothing                           | the answer is not AWS's"
            })
    void shouldTakeNoCredentialsOfAnAnswerThatIsNone(int status, String body, String says) throws InterruptedException {
        sts.answers(status, body);

        assertThat(unavailable(null)).contains(says, ROLE);
    }

    @Test
    void shouldTakeNoCredentialsThatHaveEnded() throws InterruptedException {
        sts.answers(200, FakeSts.credentials("ASIAOLD", Instant.parse("2020-01-01T00:00:00Z")));

        assertThat(unavailable(null)).contains("that ended at 2020-01-01T00:00:00Z already");
    }

    /** By STS's own clock, whatever ours says. */
    @ParameterizedTest
    @CsvSource({"'Wed, 01 Jan 2020 00:00:00 GMT', 20", "'Tue, 01 Jan 2030 00:00:00 GMT', -1"})
    void shouldTellTheirLifeByTheClockOfSts(String date, long seconds) {
        String body = FakeSts.credentials("ASIA1", Instant.parse("2020-01-01T00:00:20Z"));
        try (var client = StsClient.builder()
                .region(Region.EU_WEST_1)
                .credentialsProvider(FakeEmr.CREDENTIALS)
                .httpClient(new CannedAnswer(Map.of("Date", date, "Content-Type", "text/xml"), body))
                .build()) {
            var role = new EmrSettings.Role(ROLE, null);
            var assumed = new AssumedRole(settings(emr.uri(), sts.uri(), null), role, client, () -> {});

            if (seconds < 0) {
                assertThatThrownBy(assumed::issue).hasMessageContaining("that ended at 2020-01-01T00:00:20Z already");
            } else {
                assertThat(assumed.issue().life()).isEqualTo(Duration.ofSeconds(seconds));
            }
        }
    }

    @Test
    void shouldSayThatNobodyAnswers() throws InterruptedException {
        sts.close();

        assertThat(unavailable(null)).contains("no answer (", "source.prod-eu.sts.endpoint.url");
    }

    private String unavailable(@Nullable String externalId) throws InterruptedException {
        Lookup outcome = lookup(externalId);
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Lookup.Unavailable.class, none -> assertThat(none.why()).isEqualTo(Lookup.Trouble.CREDENTIALS));
        return ((Lookup.Unavailable) outcome).message();
    }

    private Lookup lookup(@Nullable String externalId) throws InterruptedException {
        try (var client = client(externalId)) {
            return lookup(client);
        }
    }

    private static Lookup lookup(EmrServerlessClient client) throws InterruptedException {
        return new GetSession(client, FakeEmr.TIME).attempt(KEY, Permits.one()).outcome();
    }

    private EmrServerlessClient client(@Nullable String externalId) {
        return EmrClients.create(settings(emr.uri(), sts.uri(), externalId), "9.9");
    }

    private static EmrSettings settings(URI emr, URI sts, @Nullable String externalId) {
        return new EmrSettings(
                "prod-eu",
                "eu-west-1",
                null,
                new EmrSettings.Role(ROLE, externalId),
                emr,
                sts,
                Proxies.NONE,
                Duration.ofSeconds(10),
                8);
    }
}
