package io.sessionevents.emr;

import static io.sessionevents.emr.FakeEmr.KEY;
import static io.sessionevents.emr.FakeEmr.answer;
import static io.sessionevents.emr.FakeEmr.found;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import io.sessionevents.calls.CallBudget;
import io.sessionevents.logging.HeardLog;
import io.sessionevents.session.Lookup;
import io.sessionevents.session.Lookup.Trouble;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.emrserverless.EmrServerlessClient;

class ResilientLookupTest {
    private static final double PLENTY = 1e6;
    private static final RetrySettings ONCE = new RetrySettings(1, Duration.ZERO, Duration.ZERO);
    private static final RetrySettings FOUR_TIMES = new RetrySettings(4, Duration.ZERO, Duration.ZERO);
    private static final RetrySettings LONG_PAUSE = new RetrySettings(4, Duration.ofDays(1), Duration.ofDays(1));
    private static final BreakerSettings BREAKER = new BreakerSettings(20, 60, Duration.ofSeconds(30), 2);
    private static final Set<Thread.State> WAITING = Set.of(Thread.State.WAITING, Thread.State.TIMED_WAITING);
    private static final FakeEmr.Answer OUTAGE = answer(503, "<html>busy</html>");
    private static final FakeEmr.Answer THROTTLE = answer(429, "{}", "x-amzn-ErrorType: ThrottlingException");

    private final FakeEmr emr = new FakeEmr(found());
    private final EmrServerlessClient client = emr.client(FakeEmr.PATIENCE);
    private final CallBudget budget = new CallBudget(System::nanoTime);
    private final List<Lookup> attempts = new CopyOnWriteArrayList<>();
    private static final Instant BEGIN = Instant.parse("2026-11-23T10:00:00Z");
    private volatile Instant now = BEGIN;

    @AfterEach
    void close() {
        client.close();
        emr.close();
    }

    @Test
    void shouldSucceedOnARetryAndTellOfEveryAttempt() throws InterruptedException {
        emr.answers(THROTTLE, OUTAGE, found());
        budget.allow(PLENTY);

        Lookup outcome = lookup(FOUR_TIMES, KEY);

        assertThat(outcome).isInstanceOf(Lookup.Found.class);
        assertThat(emr.requests()).hasSize(3);
        assertThat(attempts)
                .satisfiesExactly(
                        throttled -> assertThat(trouble(throttled)).isEqualTo(Trouble.THROTTLED),
                        busy -> assertThat(trouble(busy)).isEqualTo(Trouble.TRANSIENT),
                        last -> assertThat(last).isEqualTo(outcome));
    }

    @Test
    void shouldSlowTheBudgetDownForEveryThrottledAttempt() throws InterruptedException {
        emr.answers(THROTTLE, found());
        budget.allow(PLENTY);

        lookup(FOUR_TIMES, KEY);

        assertThat(budget.rate()).isEqualTo(PLENTY / 2);
    }

    /** A thread that was held up before the wire, say because it is the first and loads the client. */
    @Test
    void shouldWaitForAnotherPermitWhenTheMomentOfTheFirstWasMissed() throws InterruptedException {
        var slow = new CallBudget(System::nanoTime);
        slow.allow(1e6);
        CallBudget.Permit late = slow.acquire();
        slow.throttled(Duration.ofSeconds(1));
        budget.allow(PLENTY);

        Lookup outcome = lookup(ONCE).lookup(KEY, late);

        assertThat(outcome).isInstanceOf(Lookup.Found.class);
        assertThat(emr.requests()).hasSize(1);
        assertThat(attempts).containsExactly(outcome);
    }

    @Test
    void shouldMakeNoCallWithoutAPermit() {
        assertThatIllegalStateException()
                .isThrownBy(() -> client.getSession(
                        request -> request.applicationId(KEY.applicationId()).sessionId(KEY.sessionId())))
                .withMessageContaining("permit");
        assertThat(emr.requests()).isEmpty();
    }

    @Test
    void shouldMakeNoCallWhileTheCircuitIsOpenAndProbeLater() throws InterruptedException {
        ResilientLookup lookup = lookup(ONCE);
        emr.answers(OUTAGE);
        for (int i = 0; i < 20; i++) {
            assertThat(trouble(lookup.lookup(KEY, Permits.one()))).isEqualTo(Trouble.TRANSIENT);
        }
        emr.answers(found());

        now = now.plusSeconds(29);
        assertThat(trouble(lookup.lookup(KEY, Permits.one()))).isEqualTo(Trouble.CIRCUIT_OPEN);
        assertThat(emr.requests()).hasSize(20);

        now = now.plusSeconds(2);
        for (int i = 0; i < 30; i++) {
            assertThat(lookup.lookup(KEY, Permits.one())).isInstanceOf(Lookup.Found.class);
        }
        assertThat(emr.requests()).hasSize(50);
    }

    /** An application that is broken inside AWS: half of all sessions, for ever. */
    @Test
    void shouldCallForOthersWhileHalfOfTheSessionsFailAgainAndAgain() throws InterruptedException {
        ResilientLookup lookup = lookup(FOUR_TIMES);
        emr.answers(
                exchange -> (exchange.getRequestURI().getPath().contains("broken") ? OUTAGE : found()).give(exchange));
        budget.allow(PLENTY);
        var random = new Random(42);
        int notCalled = 0;
        for (int round = 0; round < 80; round++) {
            for (int i = 0; i < 10; i++) {
                now = now.plusSeconds(1);
                boolean broken = random.nextBoolean();
                SessionKey key = broken ? new SessionKey("00f1app", "broken" + i) : KEY;
                boolean none = lookup.lookup(key, Permits.one()) instanceof Lookup.Unavailable;
                notCalled += round > 60 && !broken && none ? 1 : 0;
            }
        }
        assertThat(notCalled).as("lookups of others that were not made").isZero();
    }

    /** The same sessions fail as before, and the others too. */
    @Test
    void shouldOpenTheCircuitWhenAnOutageComesBack() throws InterruptedException {
        ResilientLookup lookup = lookup(ONCE);
        openTheCircuitAndPause(lookup);
        emr.answers(found(), found(), OUTAGE);
        var other = new SessionKey("00f1app", "other");
        lookup.lookup(other, Permits.one());
        lookup.lookup(other, Permits.one());

        for (int i = 0; i < 30; i++) {
            lookup.lookup(KEY, Permits.one());
        }

        assertThat(trouble(lookup.lookup(KEY, Permits.one()))).isEqualTo(Trouble.CIRCUIT_OPEN);
    }

    private void openTheCircuitAndPause(ResilientLookup lookup) throws InterruptedException {
        emr.answers(OUTAGE);
        for (int i = 0; i < 20; i++) {
            lookup.lookup(KEY, Permits.one());
        }
        now = now.plusSeconds(31);
    }

    @ParameterizedTest
    @CsvSource({
        "403, ExpiredTokenException",
        "403, RequestTimeTooSkewed",
        "404, NoRouteMatched",
        "403, ForbiddenException",
        "407, Proxy",
        "302, ''"
    })
    void shouldOpenTheCircuitWhenAwsTakesNeitherCredentialsNorClockOrIsNotReached(int status, String code)
            throws InterruptedException {
        ResilientLookup lookup = lookup(ONCE);
        emr.answers(answer(status, "{}", "x-amzn-ErrorType: " + code));

        for (int i = 0; i < 40; i++) {
            lookup.lookup(KEY, Permits.one());
        }

        assertThat(lookup.calling()).isFalse();
        assertThat(emr.requests()).hasSize(20);
    }

    @Test
    void shouldOpenAgainWhenTheProbesFail() throws InterruptedException {
        ResilientLookup lookup = lookup(ONCE);
        openTheCircuitAndPause(lookup);

        for (int i = 0; i < 10; i++) {
            lookup.lookup(KEY, Permits.one());
        }

        assertThat(emr.requests()).hasSize(22);
    }

    @Test
    void shouldLogTheBeginAndTheEndOfAnHourOfOutage() throws InterruptedException {
        ResilientLookup lookup = lookup(ONCE);
        emr.answers(OUTAGE);
        try (var log = new HeardLog(ResilientCalls.class)) {
            for (int i = 0; i < 20; i++) {
                lookup.lookup(KEY, Permits.one());
            }
            for (int i = 0; i < 116; i++) {
                now = now.plusSeconds(31);
                lookup.lookup(KEY, Permits.one());
                lookup.lookup(KEY, Permits.one());
            }
            assertThat(log.lines()).singleElement().asString().contains("HTTP 503");

            emr.answers(found());
            now = now.plusSeconds(31);
            lookup.lookup(KEY, Permits.one());
            lookup.lookup(KEY, Permits.one());

            assertThat(log.lines()).hasSize(2).last().asString().contains("as usual again");
        }
        assertThat(emr.requests()).hasSize(20 + 2 * 116 + 2);
    }

    @Test
    void shouldNotRetryIntoAnOpenCircuit() throws InterruptedException {
        emr.answers(OUTAGE);
        budget.allow(PLENTY);

        Lookup outcome = lookup(new RetrySettings(50, Duration.ZERO, Duration.ZERO), KEY);

        assertThat(trouble(outcome)).isEqualTo(Trouble.CIRCUIT_OPEN);
        assertThat(emr.requests()).hasSize(20);
    }

    @ParameterizedTest
    @CsvSource({
        "429, ThrottlingException",
        "404, ResourceNotFoundException",
        "403, AccessDeniedException",
        "400, ValidationException",
        "400, TeapotException"
    })
    void shouldKeepTheCircuitClosedWhileAwsAnswers(int status, String code) throws InterruptedException {
        ResilientLookup lookup = lookup(ONCE);
        emr.answers(answer(status, "{}", "x-amzn-ErrorType: " + code));

        for (int i = 0; i < 40; i++) {
            lookup.lookup(KEY, Permits.one());
        }

        assertThat(emr.requests()).hasSize(40);
    }

    @Test
    void shouldEndWithoutAnOutcomeWhenInterruptedDuringTheCall() {
        emr.answers(emr.silence());

        shouldBeInterruptible(lookup(ONCE), 0);
    }

    @Test
    void shouldEndWithoutAnOutcomeWhenInterruptedBetweenTwoAttempts() {
        emr.answers(THROTTLE);

        shouldBeInterruptible(lookup(LONG_PAUSE), 1);
    }

    @Test
    void shouldEndWithoutAnOutcomeWhenInterruptedWhileWaitingForAPermit() {
        emr.answers(THROTTLE);
        budget.allow(0);

        shouldBeInterruptible(lookup(FOUR_TIMES), 1);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 60, PT1S, 1, recentAttempts",
        "20, 0, PT1S, 1, failurePercent",
        "20, 101, PT1S, 1, failurePercent",
        "20, 60, PT0S, 1, pause",
        "20, 60, PT1S, 0, probes"
    })
    void shouldRejectBreakerSettingsOutOfRange(int recent, int percent, Duration pause, int probes, String offender) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BreakerSettings(recent, percent, pause, probes))
                .withMessageStartingWith(offender + ":")
                .withMessageContaining("expected");
    }

    /** Interrupts a lookup that has sent its first request, has so many attempts behind it and now waits. */
    private void shouldBeInterruptible(ResilientLookup lookup, int attemptsDone) {
        CompletableFuture<Throwable> end = new CompletableFuture<>();
        Thread thread = Thread.ofVirtual().start(() -> {
            try {
                end.completeExceptionally(new AssertionError("came to " + lookup.lookup(KEY, Permits.one())));
            } catch (Throwable e) {
                end.complete(e);
            }
        });
        await().until(() ->
                emr.requests().size() == 1 && attempts.size() == attemptsDone && WAITING.contains(thread.getState()));

        thread.interrupt();

        assertThat(end).succeedsWithin(Duration.ofMinutes(5)).isInstanceOf(InterruptedException.class);
        assertThat(emr.requests()).hasSize(1);
    }

    private Lookup lookup(RetrySettings retry, SessionKey key) throws InterruptedException {
        return lookup(retry).lookup(key, Permits.one());
    }

    private ResilientLookup lookup(RetrySettings retry) {
        return new ResilientLookup(
                client,
                budget,
                retry,
                BREAKER,
                new Random(42),
                new TimeSource(
                        InstantSource.system(),
                        () -> Duration.between(BEGIN, now).toNanos()),
                attempts::add);
    }

    private static Trouble trouble(Lookup outcome) {
        return ((Lookup.Unavailable) outcome).why();
    }
}
