package io.sessionevents.emr;

import static io.sessionevents.emr.FakeEmr.KEY;
import static io.sessionevents.emr.FakeEmr.REQUIRED_ONLY;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.session.Amount;
import io.sessionevents.session.Lookup;
import io.sessionevents.session.Session;
import io.sessionevents.session.Session.Configuration;
import io.sessionevents.session.Session.ConfigurationOverrides;
import io.sessionevents.session.Session.NetworkConfiguration;
import io.sessionevents.session.Session.ResourceUtilization;
import io.sessionevents.session.SessionState;
import io.sessionevents.session.Source;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionsTest {
    private static final String OPTIONAL = """
            "name": "notebook", "startedAt": 1700000010, "endedAt": 1700000050.75, "idleSince": 1700000040.123456,
            "configurationOverrides": {"runtimeConfiguration": [
              {"classification": "spark", "properties": {"a": "1"}, "configurations": [
                {"classification": "inner", "configurations": [{"classification": "innermost", "properties": {}}]}]}]},
            "networkConfiguration": {"subnetIds": ["subnet-1", "subnet-2"], "securityGroupIds": []},
            "idleTimeoutMinutes": 15, "tags": {"team": "ann"},
            "totalResourceUtilization": {"vCPUHour": 1.5, "memoryGBHour": 6.25, "storageGBHour": 0.0},
            "billedResourceUtilization": {"vCPUHour": 2},
            "totalExecutionDurationSeconds": 40,
            "state\"""";

    @Test
    void shouldKeepAll21Members() throws InterruptedException {
        assertThat(found(REQUIRED_ONLY.replace("\"state\"", OPTIONAL)))
                .isEqualTo(new Session(
                        "00f1app",
                        "00f1session",
                        "arn:aws:emr-serverless:eu-west-1:123456789012:/applications/00f1app/sessions/00f1session",
                        "notebook",
                        "IDLE",
                        "waiting",
                        "emr-7.13.0",
                        "arn:aws:iam::123456789012:role/spark",
                        "arn:aws:iam::123456789012:user/ann",
                        Instant.ofEpochMilli(1_700_000_000_250L),
                        Instant.ofEpochMilli(1_700_000_060_500L),
                        Instant.ofEpochSecond(1_700_000_010),
                        Instant.ofEpochMilli(1_700_000_050_750L),
                        Instant.ofEpochMilli(1_700_000_040_123L),
                        new ConfigurationOverrides(List.of(new Configuration(
                                "spark",
                                Map.of("a", "1"),
                                List.of(new Configuration(
                                        "inner",
                                        null,
                                        List.of(new Configuration("innermost", Map.of(), List.of()))))))),
                        new NetworkConfiguration(List.of("subnet-1", "subnet-2"), List.of()),
                        15L,
                        Map.of("team", "ann"),
                        ResourceUtilization.of(1.5, 6.25, 0.0),
                        new ResourceUtilization(new Amount(2, "2"), null, null),
                        40L));
    }

    @Test
    void shouldLeaveNullWhatAwsDidNotSend() throws InterruptedException {
        Session session = found(REQUIRED_ONLY);

        assertThat(session)
                .hasAllNullFieldsOrPropertiesExcept(
                        "applicationId",
                        "sessionId",
                        "arn",
                        "state",
                        "stateDetails",
                        "releaseLabel",
                        "executionRoleArn",
                        "createdBy",
                        "createdAt",
                        "updatedAt");
        assertThat(session.sessionState()).isEqualTo(SessionState.IDLE);
    }

    @Test
    void shouldTellEmptyFromAbsent() throws InterruptedException {
        Session session = found(REQUIRED_ONLY.replace(
                "\"state\"", "\"tags\": {}, \"networkConfiguration\": {}, \"configurationOverrides\": {}, \"state\""));

        assertThat(session.tags()).isEmpty();
        assertThat(session.networkConfiguration()).isEqualTo(new NetworkConfiguration(null, null));
        assertThat(session.configurationOverrides()).isEqualTo(new ConfigurationOverrides(null));
    }

    @Test
    void shouldKeepAnUnknownStateAsText() throws InterruptedException {
        Session session = found(REQUIRED_ONLY.replace("IDLE", "READY"));

        assertThat(session.state()).isEqualTo("READY");
        assertThat(session.sessionState()).isEqualTo(SessionState.UNKNOWN);
    }

    @Test
    void shouldIgnoreUnknownMembersAndNullElements() throws InterruptedException {
        Session session = found(REQUIRED_ONLY.replace(
                "\"state\"", "\"novelty\": {\"a\": [1]}, \"tags\": {\"a\": null, \"b\": \"2\"}, \"state\""));

        assertThat(session.tags()).isEqualTo(Map.of("b", "2"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "applicationId",
                "sessionId",
                "arn",
                "state",
                "stateDetails",
                "releaseLabel",
                "executionRoleArn",
                "createdBy",
                "createdAt",
                "updatedAt"
            })
    void shouldNotTakeASessionWithoutARequiredMember(String member) throws InterruptedException {
        Lookup outcome = lookup(REQUIRED_ONLY.replace("\"" + member + "\"", "\"other\""));

        assertThat(outcome)
                .isEqualTo(new Lookup.Unavailable(
                        Lookup.Trouble.MALFORMED, "the session has no " + member + ", which AWS declares as required"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"00f1app\"", "\"00f1session\""})
    void shouldNotTakeAnotherSession(String id) throws InterruptedException {
        Lookup outcome = lookup(REQUIRED_ONLY.replace(id, "\"00other\""));

        assertThat(outcome).isInstanceOfSatisfying(Lookup.Unavailable.class, none -> {
            assertThat(none.why()).isEqualTo(Lookup.Trouble.MALFORMED);
            assertThat(none.message()).contains("00other").contains("expected " + KEY);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "createdAt": 1700000000.25  | "createdAt": 1700000000250
            "createdAt": 1700000000.25  | "createdAt": 1e300
            "createdAt": 1700000000.25  | "createdAt": -1e300
            "createdAt": 1700000000.25  | "createdAt": 0
            "createdAt": 1700000000.25  | "createdAt": -1
            "updatedAt": 1700000060.5   | "updatedAt": 1700000
            "updatedAt": 1700000060.5   | "updatedAt": 9223372036854775807
            "updatedAt": 1700000060.5   | "updatedAt": 32503680000
            "state"                     | "startedAt": 1700000010000, "state"
            "state"                     | "endedAt": 1e18, "state"
            "state"                     | "idleSince": 1700000010000000, "state"
            "state"                     | "idleTimeoutMinutes": 9223372036854775807, "state"
            "state"                     | "idleTimeoutMinutes": -1, "state"
            "state"                     | "totalExecutionDurationSeconds": -5, "state"
            "state"                     | "totalExecutionDurationSeconds": 9000000000000, "state"
            "state"                     | "totalResourceUtilization": {"vCPUHour": -0.5}, "state"
            "state"                     | "billedResourceUtilization": {"memoryGBHour": 1e300}, "state"
            "state"                     | "billedResourceUtilization": {"storageGBHour": "NaN"}, "state"
            "state"                     | "billedResourceUtilization": {"storageGBHour": "Infinity"}, "state"
            "IDLE"                      | ""
            "IDLE"                      | " "
            "IDLE"                      | "IDLE\\ud800"
            "IDLE"                      | "\\udc00\\ud800"
            /sessions/00f1session       | /sessions/00f1other
            /applications/00f1app/      | /applications/00other/
            """)
    void shouldNotTakeAValueThatNoSessionHas(String good, String odd) throws InterruptedException {
        assertThat(lookup(REQUIRED_ONLY.replace(good, odd))).isInstanceOfSatisfying(Lookup.Unavailable.class, none -> {
            assertThat(none.why()).isEqualTo(Lookup.Trouble.MALFORMED);
            assertThat(none.message()).contains("expected");
        });
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "any",
            value = {
                "any,       any,          true",
                "eu-west-1, any,          true",
                "eu-west-1, 123456789012, true",
                "eu-west-2, 123456789012, false",
                "eu-west-1, 999999999999, false",
                "any,       999999999999, false"
            })
    void shouldNotTakeASessionOfAnotherRegionOrAccount(@Nullable String region, @Nullable String account, boolean taken)
            throws InterruptedException {
        try (FakeEmr emr = new FakeEmr(FakeEmr.found());
                var client = emr.client(FakeEmr.PATIENCE)) {
            var source = new Source("prod", region, account);
            Lookup outcome = new GetSession(() -> client, source, FakeEmr.TIME)
                    .attempt(KEY, Permits.one())
                    .outcome();

            if (taken) {
                assertThat(outcome).isInstanceOf(Lookup.Found.class);
            } else {
                assertThat(outcome).isInstanceOfSatisfying(Lookup.Unavailable.class, none -> {
                    assertThat(none.why()).isEqualTo(Lookup.Trouble.MALFORMED);
                    assertThat(none.message()).contains("expected one of the source prod (", "source.prod.account.id");
                });
            }
        }
    }

    @Test
    void shouldTakeTheLargestValuesWithinTheBounds() throws InterruptedException {
        Session session = found(REQUIRED_ONLY.replace("\"state\"", """
                "idleTimeoutMinutes": 527040, "totalExecutionDurationSeconds": 31622400,
                "billedResourceUtilization": {"vCPUHour": 1e9}, "state\""""));

        assertThat(session.idleTimeoutMinutes()).isEqualTo(Bounds.MOST_MINUTES);
        assertThat(session.totalExecutionDurationSeconds()).isEqualTo(Bounds.MOST_SECONDS);
    }

    @Test
    void shouldSayWhenTheCallWasSentAndNotWhenItWasAnswered() throws InterruptedException {
        var asked = FakeEmr.TIME.now();
        Lookup.Found found = (Lookup.Found) lookup(REQUIRED_ONLY);
        var answered = FakeEmr.TIME.now();

        assertThat(found.sentAt().nanos()).isBetween(asked.nanos(), answered.nanos());
    }

    private static Session found(String body) throws InterruptedException {
        return ((Lookup.Found) lookup(body)).session();
    }

    private static Lookup lookup(String body) throws InterruptedException {
        try (FakeEmr emr = new FakeEmr(FakeEmr.answer(200, body));
                var client = emr.client(FakeEmr.PATIENCE)) {
            return new GetSession(client, FakeEmr.TIME)
                    .attempt(KEY, Permits.one())
                    .outcome();
        }
    }
}
