package io.sessionevents.session;

import static io.sessionevents.session.SessionSample.START;
import static io.sessionevents.session.SessionSample.moment;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Detector and guard together in virtual time: every session is looked at every ten seconds. */
class MassLossGuardTest {
    private static final Lookup GONE = new Lookup.NotFound();
    private static final Lookup REJECTED = new Lookup.Refused(Lookup.Refusal.VALIDATION, "no such thing");
    private static final Lookup DENIED = new Lookup.Refused(Lookup.Refusal.ACCESS_DENIED, "not you");
    private static final Lookup PAGE = new Lookup.Unavailable(Lookup.Trouble.FOREIGN, "a page");
    private static final Duration ROUND = Duration.ofSeconds(10);

    private final TransitionDetector detector = new TransitionDetector();
    private final MassLossGuard guard = new MassLossGuard();
    private final Map<SessionKey, TrackedSession> fleet = new HashMap<>();
    private final Map<SessionKey, LookupHistory> recently = new HashMap<>();
    private final List<SessionKey> lost = new ArrayList<>();
    private Instant now = START;

    @ParameterizedTest
    @CsvSource({"200, 200, PT12H", "200, 101, PT12H", "9, 5, PT12H", "5, 5, PT12H", "4, 4, PT55M", "2, 2, PT55M"})
    void shouldGiveUpNoneWhereMostVanishAtOnce(int sessions, int vanishing, Duration time) {
        track(sessions, true);
        run(Duration.ofMinutes(10), (number, session) -> found(session));

        run(time, (number, session) -> number < vanishing ? GONE : found(session));

        assertThat(lost).isEmpty();
        assertThat(guard.suspicion(moment(now))).contains(vanishing + " of " + sessions);

        run(Duration.ofMinutes(10), (number, session) -> found(session));

        assertThat(lost).isEmpty();
        assertThat(guard.suspicion(moment(now))).isNull();
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1", "4, 3", "5, 4", "9, 4", "10, 5", "200, 100"})
    void shouldGiveUpThoseThatVanishWhereTheOthersStay(int sessions, int vanishing) {
        track(sessions, true);

        run(Duration.ofMinutes(7), (number, session) -> number < vanishing ? GONE : found(session));

        assertThat(lost).hasSize(vanishing);
        assertThat(guard.suspicion(moment(now))).isNull();
    }

    @Test
    void shouldGiveUpAFewThatVanishedTogetherAfterAnHour() {
        track(3, true);

        run(Duration.ofMinutes(70), (number, session) -> GONE);

        assertThat(lost).hasSize(3);
    }

    @Test
    void shouldGiveUpTheOneThatIsLeftWhenTheOtherWasGivenUp() {
        track(2, true);
        run(Duration.ofMinutes(6), (number, session) -> number == 0 ? GONE : found(session));

        run(Duration.ofMinutes(6), (number, session) -> GONE);

        assertThat(lost).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"0, 5", "0, 100", "1, 30"})
    void shouldHoldAMassOfNewOnesWhereNoneIsFound(int deniedOnes, int newOnes) {
        track(deniedOnes, true);
        track(newOnes, false);

        run(Duration.ofHours(3), (number, session) -> number < deniedOnes ? DENIED : GONE);

        assertThat(lost).isEmpty();
        assertThat(guard.suspicion(moment(now))).contains("none is given up", "aws.*", "source.NAME.*");
    }

    @Test
    void shouldGiveUpNewOnesThatAreNotFoundWhereOneOldSessionIs() {
        track(1, true);
        track(100, false);

        run(Duration.ofMinutes(4), (number, session) -> number == 0 ? found(session) : GONE);

        assertThat(lost).hasSize(100);
        assertThat(guard.suspicion(moment(now))).isNull();
    }

    @Test
    void shouldHoldNewOnesPublishedAfterAwsBeganToAnswerWrongly() {
        track(20, true);
        run(Duration.ofMinutes(5), (number, session) -> found(session));
        track(5, false);

        run(Duration.ofMinutes(5), (number, session) -> GONE);

        assertThat(lost).isEmpty();
    }

    @Test
    void shouldHoldNewOnesThatAreAllRejectedAndGiveThemUpWhenAnotherIsFound() {
        track(100, false);
        run(Duration.ofMinutes(10), (number, session) -> REJECTED);
        assertThat(lost).as("before it is known to be many").hasSizeLessThan(MassLossGuard.MANY);

        track(1, true);
        run(Duration.ofMinutes(1), (number, session) -> session.seen() == null ? REJECTED : found(session));

        assertThat(lost).hasSize(100);
    }

    @Test
    void shouldSayThatMostAreDeniedThoughNoneWouldBeGivenUp() {
        track(12, true);

        run(Duration.ofMinutes(1), (number, session) -> number < 8 ? DENIED : found(session));

        assertThat(guard.suspicion(moment(now))).contains("8 of 12");
    }

    @Test
    void shouldTakeTroubleOnTheWayForNoAbsence() {
        track(12, true);

        run(Duration.ofMinutes(10), (number, session) -> number == 0 ? found(session) : PAGE);

        assertThat(guard.suspicion(moment(now))).isNull();
    }

    @Test
    void shouldForgetAStoppedSession() {
        track(2, true);
        run(Duration.ofMinutes(10), (number, session) -> GONE);

        List.copyOf(fleet.keySet()).forEach(guard::forget);

        assertThat(guard.suspicion(moment(now))).isNull();
    }

    @Test
    void shouldHoldNothingForLongerThanASessionCanLive() {
        track(12, true);

        run(Duration.ofHours(26), (number, session) -> GONE);

        assertThat(lost).hasSize(12);
    }

    @ParameterizedTest
    @EnumSource(
            value = DeadLetterReason.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"SESSION_NOT_FOUND", "SESSION_REJECTED"})
    void shouldHoldOnlyWhatAwsSaysOfASession(DeadLetterReason reason) {
        track(12, true);
        run(Duration.ofMinutes(10), (number, session) -> GONE);
        TrackedSession one = fleet.values().iterator().next();

        assertThat(guard.holds(one, LookupHistory.NOTHING, DENIED, moment(now), reason))
                .isFalse();
    }

    private void track(int sessions, boolean seen) {
        for (int i = 0; i < sessions; i++) {
            SessionKey key = new SessionKey("app", String.format("%04d", fleet.size() + lost.size()));
            fleet.put(key, seen ? seen(key) : TrackedSession.startTracking(key, Map.of(), now));
        }
    }

    private static TrackedSession seen(SessionKey key) {
        return new TrackedSession(
                key,
                Map.of(),
                Origin.PUBLISHED,
                START,
                null,
                1,
                TrackedSession.Seen.of(SessionSample.of(key).session(), START, START));
    }

    private static Lookup found(TrackedSession session) {
        return SessionSample.of(session.key()).found();
    }

    /** @param answers by the number in the session's id, and the session */
    private void run(Duration time, BiFunction<Integer, TrackedSession, Lookup> answers) {
        for (Instant end = now.plus(time); now.isBefore(end); now = now.plus(ROUND)) {
            for (TrackedSession session : List.copyOf(fleet.values())) {
                look(session, answers.apply(Integer.parseInt(session.key().sessionId()), session));
            }
        }
    }

    private void look(TrackedSession session, Lookup outcome) {
        SessionKey key = session.key();
        LookupHistory before = recently.getOrDefault(key, LookupHistory.NOTHING);
        Moment moment = moment(now);
        LookupHistory recent = before.after(session, outcome, moment);
        recently.put(key, recent);
        DeadLetterReason reason = detector.decide(session, before, outcome, moment) instanceof Decision.Lost alone
                ? alone.reason()
                : null;
        if (!guard.holds(session, recent, outcome, moment, reason) && reason != null) {
            lost.add(key);
            fleet.remove(key);
        }
    }
}
