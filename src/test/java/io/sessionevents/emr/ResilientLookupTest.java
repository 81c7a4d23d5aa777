package io.sessionevents.emr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sessionevents.emr.FakeEndpoint.Answer;
import io.sessionevents.session.CallBudget;
import io.sessionevents.session.Lookup;
import io.sessionevents.session.Lookup.Refusal;
import io.sessionevents.session.Lookup.Trouble;
import io.sessionevents.session.Session;
import io.sessionevents.session.SessionKey;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The real client, signed and over real HTTP, against answers of every kind. */
class ResilientLookupTest {
    private static final SessionKey KEY = new SessionKey("00app", "00session");
    private static final String REQUIRED = """
            "applicationId":"00app","sessionId":"00session","arn":"arn:x","state":"%s","stateDetails":"d",
            "releaseLabel":"emr-7.13.0","executionRoleArn":"r","createdBy":"c","createdAt":1763888400.123,"updatedAt":1763888461.5""";

    private @Nullable ResilientLookup lookup;

    @BeforeAll
    static void credentials() {
        System.setProperty("aws.accessKeyId", "AKIATEST");
        System.setProperty("aws.secretAccessKey", "never-in-a-message");
    }

    @AfterEach
    void close() {
        if (lookup != null) {
            lookup.close();
        }
    }

    @Test
    void shouldSignAndNameItself() throws IOException, InterruptedException {
        try (var endpoint = new FakeEndpoint(found("IDLE"))) {
            Lookup outcome = lookup(endpoint, 1).lookup(KEY);

            assertThat(outcome).isInstanceOf(Lookup.Found.class);
            assertThat(endpoint.header("Authorization"))
                    .matches("AWS4-HMAC-SHA256 Credential=AKIATEST/\\d{8}/us-east-1/emr-serverless/aws4_request, .*");
            assertThat(endpoint.header("User-agent")).contains("session-events/test");
        }
    }

    @Test
    void shouldReadAll21MembersAndIgnoreUnknownOnes() throws IOException, InterruptedException {
        String body = "{\"session\":{" + REQUIRED.formatted("READY") + """
                ,"name":"n","startedAt":1763888462.001,"endedAt":1763888463,"idleSince":1763888462.999,
                "configurationOverrides":{"runtimeConfiguration":[{"classification":"a","properties":{"k":"v"},
                  "configurations":[{"classification":"b","configurations":[{"classification":"c"}]}]}]},
                "networkConfiguration":{"subnetIds":["s"],"securityGroupIds":[]},"idleTimeoutMinutes":30,"tags":{"t":"u"},
                "totalResourceUtilization":{"vCPUHour":1.5,"memoryGBHour":2.5,"storageGBHour":3.5},
                "billedResourceUtilization":{"vCPUHour":0.25},"totalExecutionDurationSeconds":77,"newMember":{"x":1}}}""";
        try (var endpoint = new FakeEndpoint(Answer.json(body))) {
            Session session = ((Lookup.Found) lookup(endpoint, 1).lookup(KEY)).session();

            assertThat(session.state()).isEqualTo("READY");
            assertThat(session.createdAt()).isEqualTo(Instant.ofEpochMilli(1763888400123L));
            assertThat(session.idleSince()).isEqualTo(Instant.ofEpochMilli(1763888462999L));
            assertThat(session.endedAt()).isEqualTo(Instant.ofEpochMilli(1763888463000L));
            var c = new Session.Configuration("c", null, List.of());
            var b = new Session.Configuration("b", null, List.of(c));
            var a = new Session.Configuration("a", Map.of("k", "v"), List.of(b));
            assertThat(session.configurationOverrides()).isEqualTo(new Session.ConfigurationOverrides(List.of(a)));
            assertThat(session.networkConfiguration())
                    .isEqualTo(new Session.NetworkConfiguration(List.of("s"), List.of()));
            assertThat(session.totalResourceUtilization()).isEqualTo(new Session.ResourceUtilization(1.5, 2.5, 3.5));
            assertThat(session.billedResourceUtilization())
                    .isEqualTo(new Session.ResourceUtilization(0.25, null, null));
            assertThat(session.totalExecutionDurationSeconds()).isEqualTo(77);
            assertThat(session.idleTimeoutMinutes()).isEqualTo(30);
            assertThat(session.tags()).isEqualTo(Map.of("t", "u"));
            assertThat(session.toString()).doesNotContain("k=v");
        }
    }

    static Stream<Arguments> failures() {
        Answer html = new Answer(503, "<html>Service Unavailable</html>", Map.of("Content-Type", "text/html"));
        Answer codeInBody = new Answer(403, "{\"__type\":\"a.b#ExpiredTokenException\",\"Message\":\"m\"}", Map.of());
        Answer withSuffix = Answer.error(400, "ThrottlingException:http://internal.amazon.com/coral/");
        return Stream.of(
                Arguments.of(Answer.error(400, "ThrottlingException"), Trouble.THROTTLED, 3),
                Arguments.of(withSuffix, Trouble.THROTTLED, 3),
                Arguments.of(Answer.error(429, "TooManyRequestsException"), Trouble.THROTTLED, 3),
                Arguments.of(new Answer(429, "", Map.of()), Trouble.THROTTLED, 3),
                Arguments.of(Answer.error(500, "InternalServerException"), Trouble.TRANSIENT, 3),
                Arguments.of(Answer.error(500, "InternalFailure"), Trouble.TRANSIENT, 3),
                Arguments.of(html, Trouble.TRANSIENT, 3),
                Arguments.of(Answer.RESET, Trouble.TRANSIENT, 3),
                Arguments.of(Answer.SILENCE, Trouble.TRANSIENT, 3),
                Arguments.of(codeInBody, Trouble.CREDENTIALS, 1),
                Arguments.of(Answer.error(403, "UnrecognizedClientException"), Trouble.CREDENTIALS, 1),
                Arguments.of(Answer.error(403, "InvalidSignatureException"), Trouble.CREDENTIALS, 1),
                Arguments.of(Answer.error(403, "RequestTimeTooSkewed"), Trouble.CLOCK_SKEW, 1),
                Arguments.of(Answer.error(403, "AccessDeniedException"), Refusal.ACCESS_DENIED, 1),
                Arguments.of(new Answer(403, "", Map.of()), Refusal.ACCESS_DENIED, 1),
                Arguments.of(Answer.error(400, "ValidationException"), Refusal.VALIDATION, 1),
                Arguments.of(Answer.error(404, "ResourceNotFoundException"), "not found", 1),
                Arguments.of(Answer.json("{\"session\":{\"state\":"), Trouble.MALFORMED, 1),
                Arguments.of(Answer.json("<html>"), Trouble.MALFORMED, 1),
                Arguments.of(Answer.json("{}"), Trouble.MALFORMED, 1),
                Arguments.of(Answer.json("{\"session\":{\"state\":\"IDLE\"}}"), Trouble.MALFORMED, 1),
                Arguments.of(
                        Answer.json(found("IDLE").body().replace("00session", "00another")), Trouble.MALFORMED, 1));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void shouldTellEveryKindOfFailureApartAndRetryWhatMayPass(Answer answer, Object expected, int attempts)
            throws IOException, InterruptedException {
        try (var endpoint = new FakeEndpoint(answer)) {
            Lookup outcome = lookup(endpoint, 3).lookup(KEY);

            assertThat(kind(outcome)).isEqualTo(expected);
            assertThat(endpoint.attempts()).isEqualTo(attempts);
            assertThat(outcome.toString()).doesNotContain("never-in-a-message");
        }
    }

    @Test
    void shouldSucceedAfterARetryAndTakeAPermitForEachFurtherAttempt() throws IOException, InterruptedException {
        try (var endpoint = new FakeEndpoint(
                Answer.error(500, "InternalFailure"), Answer.error(500, "InternalFailure"), found("IDLE"))) {
            var budget = new CallBudget(System::nanoTime);
            budget.allow(20);
            assertThat(budget.tryAcquire())
                    .as("the caller's permit for the first attempt")
                    .isZero();

            assertThat(lookup(endpoint, 4, budget).lookup(KEY)).isInstanceOf(Lookup.Found.class);

            List<Long> arrivals = endpoint.arrivals();
            assertThat(arrivals).hasSize(3);
            assertThat(arrivals.get(2) - arrivals.get(1))
                    .as("nanoseconds between two permits at 20 per second, less what the network may shift")
                    .isGreaterThan(Duration.ofMillis(30).toNanos());
        }
    }

    @Test
    void shouldWaitAsLongAsAwsAsks() throws IOException, InterruptedException {
        Answer wait = new Answer(429, "", Map.of("Retry-After", "1"));
        try (var endpoint = new FakeEndpoint(wait, found("IDLE"))) {
            assertThat(lookup(endpoint, 2).lookup(KEY)).isInstanceOf(Lookup.Found.class);

            List<Long> arrivals = endpoint.arrivals();
            assertThat(arrivals.get(1) - arrivals.get(0))
                    .isGreaterThanOrEqualTo(Duration.ofMillis(990).toNanos());
        }
    }

    @Test
    void shouldStopCallingWhenAwsIsGone() throws IOException, InterruptedException {
        try (var endpoint = new FakeEndpoint(Answer.error(503, "ServiceUnavailable"))) {
            ResilientLookup lookup = lookup(endpoint, 1);
            for (int i = 0; i < 100; i++) {
                var _ = lookup.lookup(KEY);
            }

            assertThat(endpoint.attempts()).isEqualTo(20);
            assertThat(kind(lookup.lookup(KEY))).isEqualTo(Trouble.CIRCUIT_OPEN);
        }
    }

    @Test
    void shouldNotTakeThrottlingForAnOutage() throws IOException, InterruptedException {
        try (var endpoint = new FakeEndpoint(Answer.error(429, "TooManyRequestsException"))) {
            ResilientLookup lookup = lookup(endpoint, 1);
            for (int i = 0; i < 60; i++) {
                var _ = lookup.lookup(KEY);
            }

            assertThat(endpoint.attempts()).isEqualTo(60);
        }
    }

    @Test
    void shouldEndWithoutAnOutcomeWhenInterrupted() throws IOException, InterruptedException {
        try (var endpoint = new FakeEndpoint(Answer.SILENCE)) {
            ResilientLookup lookup = lookup(endpoint, 3);
            var failure = new AtomicReference<@Nullable Throwable>();
            Thread caller = Thread.ofVirtual().start(() -> {
                try {
                    var _ = lookup.lookup(KEY);
                } catch (InterruptedException | RuntimeException e) {
                    failure.set(e);
                }
            });
            await().until(() -> endpoint.attempts() == 1);
            caller.interrupt();
            caller.join();

            assertThat(failure.get()).isInstanceOf(InterruptedException.class);
        }
    }

    @Test
    void shouldEndWhenInterruptedWhileBackingOff() throws IOException {
        try (var endpoint = new FakeEndpoint(new Answer(429, "", Map.of("Retry-After", "60")))) {
            ResilientLookup lookup = lookup(endpoint, 3);
            Thread caller = Thread.currentThread();
            Thread.ofVirtual().start(() -> {
                await().until(() -> endpoint.attempts() == 1 && caller.getState() == Thread.State.TIMED_WAITING);
                caller.interrupt();
            });

            assertThatThrownBy(() -> lookup.lookup(KEY)).isInstanceOf(InterruptedException.class);
        }
    }

    private static Answer found(String state) {
        return Answer.json("{\"session\":{" + REQUIRED.formatted(state) + "}}");
    }

    private static Object kind(Lookup outcome) {
        return switch (outcome) {
            case Lookup.Found found -> "found";
            case Lookup.NotFound notFound -> "not found";
            case Lookup.Refused refused -> refused.why();
            case Lookup.Unavailable unavailable -> unavailable.why();
        };
    }

    private ResilientLookup lookup(FakeEndpoint endpoint, int attempts) {
        var budget = new CallBudget(System::nanoTime);
        budget.allow(1_000_000);
        return lookup(endpoint, attempts, budget);
    }

    private ResilientLookup lookup(FakeEndpoint endpoint, int attempts, CallBudget budget) {
        var settings =
                new EmrSettings("us-east-1", null, endpoint.url(), Duration.ofMillis(500), 8, "session-events/test");
        var made = new ResilientLookup(
                settings,
                budget,
                new ResilientLookup.RetrySettings(attempts, Duration.ofMillis(2), Duration.ofMillis(5)),
                new Random(1));
        lookup = made;
        return made;
    }
}
