package io.sessionevents.emr;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.calls.CallBudget;
import io.sessionevents.calls.CallBudget.Permit;
import io.sessionevents.session.Failure;
import io.sessionevents.session.Lookup;
import io.sessionevents.session.Lookup.Trouble;
import io.sessionevents.session.Source;
import io.sessionevents.session.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.function.IntPredicate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls for 200 sessions in any order, in virtual time: ten a second, unless a test says otherwise. */
class OwnTroublesTest {
    private static final int SESSIONS = 200;
    private static final Instant BEGIN = Instant.parse("2026-11-23T10:00:00Z");

    private final Random random = new Random(42);
    private final CallBudget budget = new CallBudget(System::nanoTime);
    private Duration betweenCalls = Duration.ofMillis(100);
    private Instant now = BEGIN;
    private IntPredicate fails = _ -> false;
    private int attempts;

    /** An application that is broken inside AWS. */
    @ParameterizedTest
    @CsvSource({"0.3, 1", "0.3, 4", "0.5, 1", "0.5, 4"})
    void shouldCallForOthersWhileTheSameSessionsFailForEver(double share, int mostAttempts)
            throws InterruptedException {
        ResilientCalls<Integer, Lookup> calls = calls(mostAttempts);
        fails = session -> session < share * SESSIONS;

        notMade(calls, 10_000);

        assertThat(notMade(calls, 10_000)).isZero();
    }

    /** Open for most of the time, so that the alert tells of it: with a call a second, it takes ten of them to open again. */
    @ParameterizedTest
    @CsvSource({"1, 100, 0.9", "1, 1000, 0.45", "4, 100, 0.9", "4, 1000, 0.7"})
    void shouldMakeFewCallsWhileMostOfAllFail(int mostAttempts, int millis, double notMade)
            throws InterruptedException {
        ResilientCalls<Integer, Lookup> calls = calls(mostAttempts);
        betweenCalls = Duration.ofMillis(millis);
        notMade(calls, 1000);
        fails = _ -> random.nextInt(100) < 80;

        notMade(calls, 200);

        assertThat(notMade(calls, 6000) / 6000.0).isGreaterThan(notMade);
    }

    /** A probe every five seconds, and no second one because the first one's session has trouble of its own. */
    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void shouldProbeAsSeldomThoughEachSecondSessionHasTroubleOfItsOwn(int mostAttempts) throws InterruptedException {
        ResilientCalls<Integer, Lookup> calls = calls(mostAttempts);
        fails = session -> session < SESSIONS / 2;
        notMade(calls, 10_000);
        fails = _ -> true;
        notMade(calls, 600);
        attempts = 0;

        notMade(calls, 600);

        assertThat(attempts).isBetween(11, 12);
    }

    private int notMade(ResilientCalls<Integer, Lookup> calls, int wanted) throws InterruptedException {
        int notMade = 0;
        for (int i = 0; i < wanted; i++) {
            now = now.plus(betweenCalls);
            Lookup answer = calls.answer(random.nextInt(SESSIONS), Permits.one());
            notMade += answer instanceof Lookup.Unavailable none && none.why() == Trouble.CIRCUIT_OPEN ? 1 : 0;
        }
        return notMade;
    }

    private ResilientCalls<Integer, Lookup> calls(int mostAttempts) {
        budget.allow(1e6);
        return new ResilientCalls<>(
                new Simulated(),
                new Source(Source.DEFAULT, null, null),
                budget,
                new RetrySettings(mostAttempts, Duration.ZERO, Duration.ZERO),
                BreakerSettings.standard(),
                random,
                new TimeSource(() -> now, () -> Duration.between(BEGIN, now).toNanos()),
                _ -> {});
    }

    private final class Simulated implements Operation<Integer, Lookup> {
        @Override
        public String name() {
            return "GetSession";
        }

        @Override
        public Attempt<Lookup> attempt(Integer session, Permit permit) {
            attempts++;
            return fails.test(session)
                    ? Attempt.unanswered(new Lookup.Unavailable(Trouble.TRANSIENT, "HTTP 503"))
                    : Attempt.answered(new Lookup.NotFound());
        }

        @Override
        public Lookup failed(Failure why) {
            return why;
        }
    }
}
