package io.sessionevents.preflight;

import static io.sessionevents.emr.FakeEmr.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.emr.FakeEmr;
import io.sessionevents.emr.OwnCredentials;
import io.sessionevents.emr.SourceSettings;
import io.sessionevents.preflight.Finding.Gravity;
import io.sessionevents.session.Source;
import io.sessionevents.settings.Configuration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(OwnCredentials.class)
class SweepCheckTest {
    private static final FakeEmr.Answer REFUSAL =
            answer(403, "{\"message\": \"not you\"}", "x-amzn-ErrorType: AccessDeniedException");

    private final FakeEmr emr = new FakeEmr();

    @AfterEach
    void close() {
        emr.close();
    }

    @Test
    void shouldBeContentWhereAwsListsTheSessions() throws InterruptedException {
        emr.answers(answer(200, "{\"sessions\": []}"));

        assertThat(check(Map.of())).containsExactly(CheckOutcome.ok("sweeps", "AWS allows ListSessions"));
        assertThat(emr.requests())
                .singleElement()
                .extracting(FakeEmr.Request::path)
                .isEqualTo("/applications/0000000000000000/sessions");
    }

    /** Nobody who may not ask would be told. */
    @ParameterizedTest
    @CsvSource({"404, ResourceNotFoundException", "400, ValidationException"})
    void shouldBeContentWhereAwsKnowsNoSuchApplication(int status, String code) throws InterruptedException {
        emr.answers(answer(status, "{}", "x-amzn-ErrorType: " + code));

        assertThat(check(Map.of())).containsExactly(CheckOutcome.ok("sweeps", "AWS allows ListSessions"));
    }

    @Test
    void shouldWarnWithTheStatementThatIsMissing() throws InterruptedException {
        emr.answers(REFUSAL);

        List<CheckOutcome> outcomes = check(Map.of("discover", "all"));

        assertThat(outcomes)
                .containsExactly(
                        CheckOutcome.of(
                                "sweeps",
                                Finding.warns(
                                        "AWS refuses ListSessions: AccessDeniedException (HTTP 403, request request-1): not"
                                                + " you: add to the IAM policy of the service: {\"Effect\": \"Allow\","
                                                + " \"Action\": \"emr-serverless:ListSessions\", \"Resource\":"
                                                + " \"arn:aws:emr-serverless:eu-west-1:123456789012:/applications/*\"}, or set"
                                                + " budget.list-sessions=0 to do without sweeps.",
                                        "")),
                        CheckOutcome.of(
                                "discovery",
                                Finding.warns(
                                        "AWS refuses ListApplications: AccessDeniedException (HTTP 403, request request-1):"
                                                + " not you: add to the IAM policy of the service: {\"Effect\": \"Allow\","
                                                + " \"Action\": \"emr-serverless:ListApplications\", \"Resource\": \"*\"}, or"
                                                + " set discover to the ids of the applications.",
                                        "")));
        assertThat(outcomes).allMatch(CheckOutcome::ok);
    }

    @Test
    void shouldAskForAnApplicationThatIsDiscovered() throws InterruptedException {
        emr.answers(answer(200, "{\"sessions\": []}"));

        assertThat(check(Map.of("discover", "00f2app,00f1app"))).hasSize(1);
        assertThat(emr.requests()).extracting(FakeEmr.Request::path).containsExactly("/applications/00f1app/sessions");
    }

    @Test
    void shouldListTheApplicationsWhereAllAreDiscovered() throws InterruptedException {
        emr.answers(answer(200, "{\"sessions\": []}"), answer(200, "{\"applications\": []}"));

        assertThat(check(Map.of("discover", "all")))
                .containsExactly(
                        CheckOutcome.ok("sweeps", "AWS allows ListSessions"),
                        CheckOutcome.ok("discovery", "AWS allows ListApplications"));
    }

    @Test
    void shouldAskNothingWithoutSweepsOrWithoutARegion() throws InterruptedException {
        assertThat(check(Map.of("budget.list-sessions", "0"))).isEmpty();
        assertThat(check(Map.of(), null)).isEmpty();
        assertThat(emr.requests()).isEmpty();
    }

    @Test
    void shouldWarnOnceWhereAwsDoesNotSay() throws InterruptedException {
        emr.answers(answer(503, "<html>busy</html>"));

        assertThat(check(Map.of()))
                .singleElement()
                .satisfies(outcome -> assertThat(outcome.findings())
                        .singleElement()
                        .satisfies(finding -> {
                            assertThat(finding.gravity()).isEqualTo(Gravity.WARNS);
                            assertThat(finding.what())
                                    .startsWith("Whether AWS allows ListSessions is not known: error without");
                        }));
        assertThat(emr.requests()).hasSize(1);
    }

    @Test
    void shouldNameTheKeysAndTheCheckOfAnotherSource() throws InterruptedException {
        emr.answers(REFUSAL);
        SourceSettings other = settings(Map.of(
                        "sources", "prod",
                        "source.prod.region", "eu-west-2",
                        "source.prod.endpoint.url", emr.uri().toString()))
                .getLast();

        assertThat(new SweepCheck(other, new Source("prod", "eu-west-2", null), "9.9", FakeEmr.TIME).outcomes())
                .singleElement()
                .satisfies(outcome -> {
                    assertThat(outcome.check()).isEqualTo("sweeps prod");
                    assertThat(outcome.findings().getFirst().what())
                            .contains("arn:aws:emr-serverless:eu-west-2:ACCOUNT:/applications/*")
                            .endsWith(", or set source.prod.budget.list-sessions=0 to do without sweeps.");
                });
    }

    private List<CheckOutcome> check(Map<String, String> flags) throws InterruptedException {
        return check(flags, "eu-west-1");
    }

    private List<CheckOutcome> check(Map<String, String> flags, @Nullable String region) throws InterruptedException {
        Map<String, String> all = new HashMap<>(flags);
        all.put("aws.endpoint.url", emr.uri().toString());
        all.put("aws.region", "eu-west-1");
        return new SweepCheck(
                        settings(all).getFirst(),
                        new Source(Source.DEFAULT, region, "123456789012"),
                        "9.9",
                        FakeEmr.TIME)
                .outcomes();
    }

    private static List<SourceSettings> settings(Map<String, String> flags) {
        return Configuration.loader()
                .withFlags(Map.of("bootstrap.servers", "b:9092", "schema.registry.url", "http://r:8081"))
                .withFlags(flags)
                .load()
                .sources();
    }
}
