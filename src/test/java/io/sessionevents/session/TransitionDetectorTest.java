package io.sessionevents.session;

import static io.sessionevents.session.SessionSample.KEY;
import static io.sessionevents.session.SessionSample.START;
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
            assertThat(nextOf(decision).followed())
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
    void shouldSayInWhichWindowTheChangeHappened() {
        TrackedSession kept = seen(SessionSample.in("IDLE"));
        Instant lastLook = NOW.minusSeconds(7);
        Lookup busy = SessionSample.in("BUSY").found();

        assertThat(changeOf(detector.decide(kept, Recent.NOTHING, lastLook, busy, NOW))
                        .previousObservedAt())
                .isEqualTo(lastLook);
        assertThat(changeOf(detector.decide(kept, Recent.NOTHING, null, busy, NOW))
                        .previousObservedAt())
                .isEqualTo(START);
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
    void shouldGiveUpASessionThatAwsRejects() {
        Decision decision = decide(unseen(), new Lookup.Refused(Lookup.Refusal.VALIDATION, "no such thing"));

        assertThat(decision).isInstanceOf(Decision.Lost.class);
        assertThat(((Decision.Lost) decision).next().followed()).isFalse();
    }

    @Test
    void shouldGiveUpAVanishedSessionOnlyAfterConfirmationsSpreadOverMinutes() {
        TrackedSession kept = seen(SessionSample.in("IDLE"));
        Lookup gone = new Lookup.NotFound();
        Duration patience = TransitionDetector.PATIENCE_WITH_SEEN;

        Recent many = new Recent(null, 99, NOW.minus(patience).plusSeconds(1), 0);
        Recent few = new Recent(null, TransitionDetector.CONFIRMATIONS - 1, NOW.minus(patience), 0);
        Recent enough = new Recent(null, TransitionDetector.CONFIRMATIONS, NOW.minus(patience), 0);

        assertThat(detector.decide(kept, many, null, gone, NOW)).isEqualTo(new Decision.Missing());
        assertThat(detector.decide(kept, few, null, gone, NOW)).isEqualTo(new Decision.Missing());
        assertThat(detector.decide(kept, enough, null, gone, NOW)).isInstanceOf(Decision.Lost.class);
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
        Recent looked = Recent.NOTHING.after(kept, SessionSample.in("IDLE").found(), NOW);
        Lookup stale =
                SessionSample.in("STARTED").updatedAt(START.minusSeconds(9)).found();

        assertThat(looked.after(kept, stale, NOW.plusSeconds(5)).observedAt()).isEqualTo(NOW);
    }

    private Instant occurred(SessionSample sample) {
        return changeOf(decide(unseen(), sample.found())).occurredAt();
    }

    private Decision decide(TrackedSession kept, Lookup outcome) {
        return detector.decide(kept, Recent.NOTHING.after(kept, outcome, NOW), null, outcome, NOW);
    }

    private TrackedSession unseen() {
        return TrackedSession.startFollowing(KEY, LABELS, START);
    }

    private TrackedSession seen(SessionSample sample) {
        return nextOf(detector.decide(unseen(), Recent.NOTHING, null, sample.found(), START));
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
