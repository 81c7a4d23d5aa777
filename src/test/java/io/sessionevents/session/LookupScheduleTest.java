package io.sessionevents.session;

import static io.sessionevents.session.SessionSample.KEY;
import static io.sessionevents.session.SessionSample.START;
import static io.sessionevents.session.SessionSample.moment;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.session.LookupSchedule.NextLook;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What follows for a session from each class of outcome: what is decided, and when it is looked at again. What belongs to
 * the call instead of the session (retries, rate, circuit) is in {@code LookupErrorsTest} and {@code ResilientLookupTest}.
 */
class LookupScheduleTest {
    private static final Duration MINIMUM = Duration.ofSeconds(2);

    private final LookupSchedule schedule = new LookupSchedule(MINIMUM);
    private final TransitionDetector detector = new TransitionDetector();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            THROTTLED     | BackOff | PT2S  | PT2S  | true
            CIRCUIT_OPEN  | BackOff | PT2S  | PT2S  | true
            TRANSIENT     | BackOff | PT2S  | PT30S | true
            MALFORMED     | BackOff | PT2S  | PT30S | true
            FOREIGN       | BackOff | PT2S  | PT30S | true
            CREDENTIALS   | BackOff | PT2S  | PT2S  | true
            CLOCK_SKEW    | BackOff | PT2S  | PT2S  | true
            ACCESS_DENIED | BackOff | PT5M  | PT5M  | false
            NOT_FOUND     | Missing | PT2S  | PT30S | false
            VALIDATION    | Missing | PT2S  | PT30S | false
            """)
    void shouldFollowFromEachClassOfError(
            String error,
            String decision,
            @Nullable Duration afterTheFirst,
            @Nullable Duration afterTheTenth,
            @Nullable Boolean stillDue) {
        Lookup outcome = outcome(error);
        TrackedSession kept = seen("IDLE", START);
        LookupHistory recent = LookupHistory.NOTHING;
        for (int i = 1; i <= 10; i++) {
            Instant now = START.plusSeconds(i);
            Decision decided = detector.decide(kept, recent, outcome, moment(now));
            recent = recent.after(kept, outcome, moment(now));
            assertThat(decided.getClass().getSimpleName()).isEqualTo(decision);
            NextLook next = schedule.afterFailure(kept, recent, outcome);
            if (i == 1 && afterTheFirst != null) {
                assertThat(next.notBefore()).isEqualTo(afterTheFirst);
                assertThat(Duration.ZERO.equals(next.deadline())).isEqualTo(stillDue);
            }
            if (i == 10 && afterTheTenth != null) {
                assertThat(next.notBefore()).isEqualTo(afterTheTenth);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "MALFORMED, true",
        "ACCESS_DENIED, true",
        "NOT_FOUND, true",
        "VALIDATION, true",
        "TRANSIENT, false",
        "FOREIGN, false",
        "THROTTLED, false",
        "CREDENTIALS, false"
    })
    void shouldPutASessionThatIsLookedAtInVainBehindTheOthers(String error, boolean behind) {
        Lookup outcome = outcome(error);
        TrackedSession never = new TrackedSession(KEY, Map.of(), Origin.PUBLISHED, START, null, 1, null);
        LookupHistory once = LookupHistory.NOTHING.after(never, outcome, moment(START));
        LookupHistory twice = once.after(never, outcome, moment(START.plusSeconds(2)));

        NextLook first = schedule.afterFailure(never, once, outcome);
        NextLook second = schedule.afterFailure(never, twice, outcome);

        assertThat(first.weight()).isEqualTo(3);
        assertThat(second.weight()).isEqualTo(behind ? 1 : 3);
        assertThat(second.deadline() == null).isEqualTo(behind);
    }

    @Test
    void shouldNeverLookMoreOftenThanTheMinimum() {
        assertThat(schedule.next(seen("BUSY", START), START).notBefore()).isEqualTo(MINIMUM);
        assertThat(schedule.next(seen("BUSY", START), START).deadline()).isEqualTo(Duration.ofSeconds(86_401));
    }

    @Test
    void shouldLookWhenTheIdleTimeoutFallsDue() {
        Session idle = SessionSample.in("IDLE")
                .startedAt(START)
                .idleSince(START.plusSeconds(60))
                .idleTimeoutMinutes(15L)
                .session();

        NextLook next = schedule.next(kept(idle, START.plusSeconds(60)), START.plusSeconds(120));

        assertThat(next.deadline()).isEqualTo(Duration.ofMinutes(14).plusSeconds(1));
    }

    @Test
    void shouldKnowNoDeadlineThatHasPassed() {
        Instant late = START.plus(Duration.ofHours(25));

        assertThat(schedule.next(seen("BUSY", START), late).deadline()).isNull();
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 0, 60, 1L << 40, Long.MAX_VALUE})
    void shouldPlanNoLookBeyondTheHorizonWhateverIsKept(long millionfold) {
        Instant odd = Instant.ofEpochMilli(millionfold);
        var seen = new TrackedSession.Seen("IDLE", START, START, odd, odd, odd, odd, millionfold);
        var kept = new TrackedSession(KEY, Map.of(), Origin.PUBLISHED, START, null, 1, seen);

        NextLook next = schedule.next(kept, START);

        assertThat(next.notBefore()).isEqualTo(MINIMUM);
        assertThat(next.deadline() == null ? Duration.ZERO : next.deadline())
                .isBetween(Duration.ZERO, LookupSchedule.HORIZON);
    }

    @ParameterizedTest
    @CsvSource({
        "SUBMITTED, 3",
        "STARTING, 3",
        "STARTED, 2",
        "BUSY, 2",
        "IDLE, 1.5",
        "TERMINATING, 3",
        "NEVER_HEARD_OF, 3"
    })
    void shouldWeighByState(String state, double weight) {
        assertThat(schedule.next(seen(state, START), START).weight()).isEqualTo(weight);
    }

    private static Lookup outcome(String error) {
        return switch (error) {
            case "NOT_FOUND" -> new Lookup.NotFound();
            case "ACCESS_DENIED", "VALIDATION" -> new Lookup.Refused(Lookup.Refusal.valueOf(error), "no");
            default -> new Lookup.Unavailable(Lookup.Trouble.valueOf(error), "no");
        };
    }

    private static TrackedSession seen(String state, Instant at) {
        return kept(SessionSample.in(state).startedAt(START).session(), at);
    }

    private static TrackedSession kept(Session session, Instant at) {
        return new TrackedSession(
                KEY, Map.of(), Origin.PUBLISHED, START, null, 1, TrackedSession.Seen.of(session, at, at));
    }
}
