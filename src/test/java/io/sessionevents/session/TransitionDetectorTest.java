package io.sessionevents.session;

import static io.sessionevents.session.SessionSample.KEY;
import static io.sessionevents.session.SessionSample.START;
import static io.sessionevents.session.SessionSample.moment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.sessionevents.session.Decision.Unchanged.Why;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransitionDetectorTest {
    private static final Map<String, String> LABELS = Map.of("team", "blue");
    private static final Instant NOW = START.plusSeconds(600);
    private static final List<String> STATES =
            List.of("SUBMITTED", "STARTING", "STARTED", "IDLE", "BUSY", "FAILED", "TERMINATING", "TERMINATED", "READY");

    private final TransitionDetector detector = new TransitionDetector();

    static Stream<Arguments> pairs() {
        return STATES.stream().flatMap(before -> STATES.stream().map(after -> Arguments.of(before, after)));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void shouldReportEveryChangeOfALiveSessionAndNothingElse(String before, String after) {
        TrackedSession kept = seen(SessionSample.in(before));

        Decision decision = decide(
                kept, SessionSample.in(after).updatedAt(START.plusSeconds(5)).found());

        if (SessionState.of(before).terminal()) {
            assertThat(decision).isEqualTo(new Decision.Unchanged(Why.LEFT_TERMINAL_STATE));
        } else if (before.equals(after)) {
            assertThat(decision).isEqualTo(new Decision.Unchanged(Why.SAME_STATE));
        } else {
            StateChange change = changeOf(decision);
            assertThat(change.sequence()).isEqualTo(2);
            assertThat(change.previousState()).isEqualTo(SessionState.of(before));
            assertThat(change.session().state()).isEqualTo(after);
            assertThat(change.missedStates()).isEmpty();
            assertThat(change.labels()).isEqualTo(LABELS);
            assertThat(nextOf(decision).tracked())
                    .isEqualTo(!SessionState.of(after).terminal());
        }
    }

    @Test
    void shouldReportTheFirstSightOfEveryState() {
        for (String state : STATES) {
            StateChange change =
                    changeOf(decide(unseen(), SessionSample.in(state).found()));

            assertThat(change.sequence()).isEqualTo(1);
            assertThat(change.previousState()).isNull();
            assertThat(change.previousObservedAt()).isNull();
            assertThat(change.state()).isEqualTo(SessionState.of(state));
        }
    }

    @Test
    void shouldTellTwoUnknownStatesApart() {
        Decision decision = decide(
                seen(SessionSample.in("READY")), SessionSample.in("PAUSED").found());

        assertThat(changeOf(decision).state()).isEqualTo(SessionState.UNKNOWN);
        assertThat(changeOf(decision).session().state()).isEqualTo("PAUSED");
    }

    @Test
    void shouldReportAnActivityThatPassedUnseenWhenIdleSinceMoved() {
        TrackedSession kept = seen(SessionSample.in("IDLE").idleSince(START));

        Decision decision = decide(
                kept, SessionSample.in("IDLE").idleSince(START.plusSeconds(30)).found());

        assertThat(changeOf(decision).previousState()).isEqualTo(SessionState.IDLE);
        assertThat(changeOf(decision).state()).isEqualTo(SessionState.IDLE);
        assertThat(changeOf(decision).missedStates()).containsExactly(SessionState.BUSY);
    }

    @Test
    void shouldNotTakeAnIdleSinceThatComesLateForAnActivity() {
        TrackedSession kept = seen(SessionSample.in("IDLE").idleSince(null));

        assertThat(decide(kept, SessionSample.in("IDLE").idleSince(START).found()))
                .isEqualTo(new Decision.Unchanged(Why.SAME_STATE));
    }

    static Stream<Arguments> unseenPassages() {
        Instant later = START.plusSeconds(60);
        return Stream.of(
                Arguments.of("BUSY", "BUSY", START, later, List.of(SessionState.IDLE)),
                Arguments.of("BUSY", "TERMINATED", null, later, List.of(SessionState.IDLE)),
                Arguments.of("IDLE", "TERMINATED", START, later, List.of(SessionState.BUSY, SessionState.IDLE)),
                Arguments.of("IDLE", "BUSY", START, START, List.of()),
                Arguments.of("IDLE", "BUSY", START, null, List.of()),
                Arguments.of("BUSY", "IDLE", START, later, List.of()));
    }

    @ParameterizedTest
    @MethodSource("unseenPassages")
    void shouldNameTheStatesThatIdleSinceProves(
            String before,
            String after,
            @Nullable Instant idleBefore,
            @Nullable Instant idleAfter,
            List<SessionState> missed) {
        TrackedSession kept = seen(SessionSample.in(before).idleSince(idleBefore));

        Decision decision =
                decide(kept, SessionSample.in(after).idleSince(idleAfter).found());

        assertThat(changeOf(decision).missedStates()).isEqualTo(missed);
    }

    @Test
    void shouldNameStartedWhenASessionRanAndEndedBetweenTwoLooks() {
        TrackedSession kept = seen(SessionSample.in("SUBMITTED"));

        Decision decision = decide(
                kept, SessionSample.in("FAILED").startedAt(START.plusSeconds(9)).found());

        assertThat(changeOf(decision).missedStates()).containsExactly(SessionState.STARTED);
    }

    @Test
    void shouldIgnoreAnAnswerOlderThanOneSeenBefore() {
        TrackedSession kept = seen(SessionSample.in("BUSY").updatedAt(START.plusSeconds(10)));

        assertThat(decide(
                        kept,
                        SessionSample.in("IDLE").updatedAt(START.plusSeconds(9)).found()))
                .isEqualTo(new Decision.Unchanged(Why.STALE_READ));
    }

    @Test
    void shouldTakeTheBestTimeThatAwsGives() {
        Instant updated = START.plusSeconds(50);
        Instant better = START.plusSeconds(40);

        assertThat(occurred(SessionSample.in("STARTED").updatedAt(updated).startedAt(better)))
                .isEqualTo(better);
        assertThat(occurred(SessionSample.in("IDLE").updatedAt(updated).idleSince(better)))
                .isEqualTo(better);
        assertThat(occurred(SessionSample.in("FAILED").updatedAt(updated).endedAt(better)))
                .isEqualTo(better);
        assertThat(occurred(SessionSample.in("TERMINATED").updatedAt(updated))).isEqualTo(updated);
        assertThat(occurred(SessionSample.in("BUSY").updatedAt(updated).idleSince(better)))
                .isEqualTo(updated);
    }

    @Test
    void shouldBeginTheWindowWhenTheLookupWasSentThatLastFoundTheStateBefore() {
        TrackedSession kept = seen(SessionSample.in("IDLE"));
        Lookup idle = SessionSample.in("IDLE").foundBy(NOW.minusSeconds(7));
        LookupHistory looked = LookupHistory.NOTHING.after(kept, idle, moment(NOW.minusSeconds(5)));
        Lookup busy = SessionSample.in("BUSY").foundBy(NOW.minusSeconds(1));

        StateChange change = changeOf(detector.decide(kept, looked, busy, moment(NOW)));

        assertThat(change.previousObservedAt()).isEqualTo(NOW.minusSeconds(7));
        assertThat(change.observedAt()).isEqualTo(NOW);
    }

    @Test
    void shouldBeginTheWindowAtTheLookThatWasWrittenIfNoneIsRemembered() {
        TrackedSession kept = nextOf(detector.decide(
                unseen(),
                LookupHistory.NOTHING,
                SessionSample.in("IDLE").foundBy(START.minusSeconds(3)),
                moment(START)));

        Decision decision = detector.decide(
                kept, LookupHistory.NOTHING, SessionSample.in("BUSY").foundBy(NOW), moment(NOW));

        assertThat(changeOf(decision).previousObservedAt()).isEqualTo(START.minusSeconds(3));
    }

    /** The previous lookup was sent 20 s ago, and in between the wall clock was set by so many seconds. */
    @ParameterizedTest
    @ValueSource(longs = {-86_400, -60, -1, 0, 1, 60, 86_400})
    void shouldKeepTheWindowWhenTheWallClockIsSet(long step) {
        TrackedSession kept = seen(SessionSample.in("IDLE"));
        Moment sent = new Moment(NOW.minusSeconds(20), 0);
        Moment now = new Moment(NOW.plusSeconds(step), Duration.ofSeconds(20).toNanos());
        LookupHistory looked = new LookupHistory(sent, null, Setbacks.NONE);

        StateChange change =
                changeOf(detector.decide(kept, looked, SessionSample.in("BUSY").found(), now));

        assertThat(change.previousObservedAt()).isBeforeOrEqualTo(now.at().minusSeconds(20));
    }

    @Test
    void shouldKeepTheWindowWhenTheMachineWasSuspended() {
        TrackedSession kept = seen(SessionSample.in("IDLE"));
        LookupHistory looked = new LookupHistory(new Moment(NOW.minusSeconds(3600), 0), null, Setbacks.NONE);
        Moment afterAnHourOfWhichTheMonotonicClockSawOneSecond = new Moment(NOW, 1_000_000_000);

        StateChange change = changeOf(detector.decide(
                kept, looked, SessionSample.in("BUSY").found(), afterAnHourOfWhichTheMonotonicClockSawOneSecond));

        assertThat(change.previousObservedAt()).isEqualTo(NOW.minusSeconds(3600));
    }

    @Test
    void shouldTakeAwssOwnTimeForTheWindowIfTheClockOfTheInstanceBeforeWasAhead() {
        TrackedSession kept = nextOf(detector.decide(
                unseen(),
                LookupHistory.NOTHING,
                SessionSample.in("IDLE").foundBy(NOW.plusSeconds(40)),
                moment(NOW.plusSeconds(41))));
        Lookup busy = SessionSample.in("BUSY").updatedAt(NOW.minusSeconds(2)).found();

        assertThat(changeOf(detector.decide(kept, LookupHistory.NOTHING, busy, moment(NOW)))
                        .previousObservedAt())
                .isEqualTo(NOW.minusSeconds(2).minusMillis(1));
        assertThat(changeOf(detector.decide(
                                kept,
                                LookupHistory.NOTHING,
                                SessionSample.in("BUSY")
                                        .updatedAt(NOW.plusSeconds(5))
                                        .found(),
                                moment(NOW)))
                        .previousObservedAt())
                .isEqualTo(NOW);
    }

    @Test
    void shouldWidenTheWindowToAwssOwnTimeIfAnotherInstanceLookedBefore() {
        TrackedSession kept = nextOf(detector.decide(
                unseen(),
                LookupHistory.NOTHING,
                SessionSample.in("IDLE").foundBy(START.plusSeconds(10)),
                moment(START.plusSeconds(11))));
        Lookup busy = SessionSample.in("BUSY").updatedAt(START.plusSeconds(5)).foundBy(NOW);

        assertThat(changeOf(detector.decide(kept, LookupHistory.NOTHING, busy, moment(NOW)))
                        .previousObservedAt())
                .isEqualTo(START.plusSeconds(5).minusMillis(1));
    }

    @Test
    void shouldBelieveAnEndHoweverOldItSaysItIs() {
        TrackedSession kept = seen(SessionSample.in("TERMINATING").updatedAt(START.plusSeconds(30)));
        Lookup ended =
                SessionSample.in("TERMINATED").updatedAt(START.plusSeconds(29)).foundBy(NOW);

        assertThat(changeOf(decide(kept, ended)).state()).isEqualTo(SessionState.TERMINATED);
    }

    @Test
    void shouldIgnoreAnAnswerOlderThanTheNewestThatWasOnlySeen() {
        TrackedSession kept = seen(SessionSample.in("IDLE").updatedAt(START));
        Lookup touched =
                SessionSample.in("IDLE").updatedAt(START.plusSeconds(30)).foundBy(NOW);
        LookupHistory looked = LookupHistory.NOTHING.after(kept, touched, moment(NOW));
        Lookup older = SessionSample.in("BUSY").updatedAt(START.plusSeconds(20)).foundBy(NOW.plusSeconds(9));

        assertThat(detector.decide(kept, looked, older, moment(NOW.plusSeconds(10))))
                .isEqualTo(new Decision.Unchanged(Why.STALE_READ));
        assertThat(looked.after(kept, older, moment(NOW.plusSeconds(10)))).isEqualTo(looked);
    }

    static Stream<Lookup> failures() {
        return Stream.concat(
                Arrays.stream(Lookup.Trouble.values()).map(why -> new Lookup.Unavailable(why, "")),
                Stream.of(new Lookup.Refused(Lookup.Refusal.ACCESS_DENIED, "")));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void shouldNeverChangeAStateBecauseALookupFailed(Lookup failure) {
        for (String state : STATES) {
            assertThat(decide(seen(SessionSample.in(state)), failure)).isEqualTo(new Decision.BackOff());
        }
    }

    @Test
    void shouldGiveUpASessionThatAwsRejectsAndNeverShowed() {
        Decision decision = decide(unseen(), new Lookup.Refused(Lookup.Refusal.VALIDATION, "no such thing"));

        assertThat(decision).isInstanceOf(Decision.Lost.class);
        assertThat(((Decision.Lost) decision).next().tracked()).isFalse();
    }

    static Stream<Lookup> absences() {
        return Stream.of(new Lookup.NotFound(), new Lookup.Refused(Lookup.Refusal.VALIDATION, "no such thing"));
    }

    @ParameterizedTest
    @MethodSource("absences")
    void shouldGiveUpAVanishedSessionOnlyAfterConfirmationsSpreadOverMinutes(Lookup gone) {
        TrackedSession kept = seen(SessionSample.in("IDLE"));
        Duration patience = TransitionDetector.PATIENCE_WITH_SEEN;
        Moment now = moment(NOW);

        LookupHistory many = absent(98, moment(NOW.minus(patience).plusSeconds(1)));
        LookupHistory few = absent(TransitionDetector.CONFIRMATIONS - 2, moment(NOW.minus(patience)));
        LookupHistory enough = absent(TransitionDetector.CONFIRMATIONS - 1, moment(NOW.minus(patience)));

        assertThat(detector.decide(kept, many, gone, now)).isEqualTo(new Decision.Missing());
        assertThat(detector.decide(kept, few, gone, now)).isEqualTo(new Decision.Missing());
        assertThat(detector.decide(kept, enough, gone, now)).isInstanceOf(Decision.Lost.class);
    }

    @Test
    void shouldNotGiveUpSoonerBecauseTheWallClockWasSet() {
        TrackedSession kept = seen(SessionSample.in("IDLE"));
        LookupHistory absent = absent(99, new Moment(NOW, 0));
        Moment aMinuteAndAClockChangeLater =
                new Moment(NOW.plus(Duration.ofDays(1)), Duration.ofMinutes(1).toNanos());

        assertThat(detector.decide(kept, absent, new Lookup.NotFound(), aMinuteAndAClockChangeLater))
                .isEqualTo(new Decision.Missing());
    }

    private static LookupHistory absent(int lookups, Moment since) {
        return new LookupHistory(null, null, new Setbacks(lookups, since, 0, 0, null, 0));
    }

    @Test
    void shouldGiveTheSameChangeTheSameIdAndAnotherChangeAnother() {
        Decision once = decide(unseen(), SessionSample.in("IDLE").found());
        Decision again = decide(unseen(), SessionSample.in("IDLE").found());
        Decision other = decide(unseen(), SessionSample.in("BUSY").found());

        assertThat(changeOf(once).eventId()).isEqualTo(changeOf(again).eventId());
        assertThat(changeOf(once).eventId()).isNotEqualTo(changeOf(other).eventId());
    }

    @Test
    void shouldNotCountAStaleReadAsALookAtTheKeptState() {
        TrackedSession kept = seen(SessionSample.in("IDLE").updatedAt(START));
        LookupHistory looked =
                LookupHistory.NOTHING.after(kept, SessionSample.in("IDLE").foundBy(NOW), moment(NOW));
        Lookup stale =
                SessionSample.in("STARTED").updatedAt(START.minusSeconds(9)).foundBy(NOW.plusSeconds(4));

        assertThat(looked.after(kept, stale, moment(NOW.plusSeconds(5)))).isEqualTo(looked);
    }

    private Instant occurred(SessionSample sample) {
        return changeOf(decide(unseen(), sample.found())).occurredAt();
    }

    private Decision decide(TrackedSession kept, Lookup outcome) {
        return detector.decide(kept, LookupHistory.NOTHING, outcome, moment(NOW));
    }

    private TrackedSession unseen() {
        return TrackedSession.startTracking(KEY, LABELS, START);
    }

    private TrackedSession seen(SessionSample sample) {
        return nextOf(detector.decide(unseen(), LookupHistory.NOTHING, sample.found(), moment(START)));
    }

    private static StateChange changeOf(Decision decision) {
        assertThat(decision).isInstanceOf(Decision.Changed.class);
        return ((Decision.Changed) decision).change();
    }

    private static TrackedSession nextOf(Decision decision) {
        assertThat(decision).asInstanceOf(type(Decision.Changed.class)).isNotNull();
        return ((Decision.Changed) decision).next();
    }
}
