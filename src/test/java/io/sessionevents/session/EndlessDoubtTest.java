package io.sessionevents.session;

import static io.sessionevents.session.SessionSample.KEY;
import static io.sessionevents.session.SessionSample.START;
import static io.sessionevents.session.SessionSample.moment;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.MethodSource;

/** Detector and schedule in virtual time: sessions of which no answer ever tells whether they have ended. */
class EndlessDoubtTest {
    private static final Duration LONGEST = Duration.ofHours(25);
    private static final TrackedSession NEW = TrackedSession.startTracking(KEY, Map.of(), START);
    private static final TrackedSession SEEN = new TrackedSession(
            KEY,
            Map.of(),
            Origin.PUBLISHED,
            START,
            null,
            1,
            TrackedSession.Seen.of(SessionSample.in("ENDED_SOMEHOW").session(), START, START));

    private final TransitionDetector detector = new TransitionDetector();
    private final LookupSchedule schedule = new LookupSchedule(Duration.ofSeconds(10));

    static Stream<Lookup> doubtful() {
        return Stream.of(
                new Lookup.Refused(Lookup.Refusal.ACCESS_DENIED, "no"),
                new Lookup.Unavailable(Lookup.Trouble.MALFORMED, "odd"),
                SessionSample.in("ENDED_SOMEHOW").found());
    }

    @ParameterizedTest
    @MethodSource("doubtful")
    void shouldEndWhenNoSessionCanLiveAnyLonger(Lookup outcome) {
        Optional<Duration> end = end(SEEN, now -> outcome, Duration.ofDays(2));

        assertThat(end).hasValueSatisfying(after -> assertThat(after).isBetween(LONGEST, LONGEST.plusMinutes(10)));
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "MALFORMED")
    void shouldNeverEndForTroubleThatConcernsEverySession(Lookup.Trouble trouble) {
        assertThat(end(NEW, now -> new Lookup.Unavailable(trouble, "no"), Duration.ofDays(2)))
                .isEmpty();
    }

    @Test
    void shouldNotEndALiveSessionThatLivesLongerThanAwsDocuments() {
        Lookup idle = SessionSample.in("IDLE").found();
        TrackedSession kept = new TrackedSession(
                KEY,
                Map.of(),
                Origin.PUBLISHED,
                START,
                null,
                1,
                TrackedSession.Seen.of(SessionSample.in("IDLE").session(), START, START));

        assertThat(end(kept, now -> idle, Duration.ofDays(3))).isEmpty();
    }

    @Test
    void shouldCountFromTheLastAnswerThatToldSomething() {
        Instant denied = START.plus(Duration.ofHours(20));
        TrackedSession kept = new TrackedSession(
                KEY,
                Map.of(),
                Origin.PUBLISHED,
                START,
                null,
                1,
                TrackedSession.Seen.of(SessionSample.in("IDLE").session(), START, START));
        Function<Instant, Lookup> aws = now -> now.isBefore(denied)
                ? SessionSample.in("IDLE").foundBy(now)
                : new Lookup.Refused(Lookup.Refusal.ACCESS_DENIED, "no");

        assertThat(end(kept, aws, Duration.ofDays(3)))
                .hasValueSatisfying(after -> assertThat(after)
                        .isBetween(
                                Duration.ofHours(45).minusMinutes(1),
                                Duration.ofHours(45).plusMinutes(10)));
    }

    @Test
    void shouldNotTakeTheFirstAnswerAfterARestartForTheLastWord() {
        Instant dayAfter = START.plus(Duration.ofHours(30));
        Lookup denied = new Lookup.Refused(Lookup.Refusal.ACCESS_DENIED, "no");

        assertThat(detector.decide(SEEN, LookupHistory.NOTHING, denied, moment(dayAfter)))
                .isEqualTo(new Decision.BackOff());
    }

    /** One that is listed with another state every minute, and that GetSession never shows: each time it is given up is a dead letter. */
    @Test
    void shouldGiveUpSeldomWhatListingsShowAndLookupsDoNotFind() {
        int deadLetters = 0;
        LookupHistory recent = LookupHistory.NOTHING;
        for (Instant now = START; now.isBefore(START.plus(Duration.ofDays(1))); now = now.plusSeconds(30)) {
            if (detector.decide(NEW, recent, new Lookup.NotFound(), moment(now)) instanceof Decision.Lost) {
                deadLetters++;
                recent = LookupHistory.NOTHING;
            } else {
                recent = recent.after(NEW, new Lookup.NotFound(), moment(now));
            }
        }

        assertThat(deadLetters).isBetween(10, 30);
    }

    /** After what time the session is given up; empty if it is not within that time. */
    private Optional<Duration> end(TrackedSession kept, Function<Instant, Lookup> aws, Duration within) {
        LookupHistory recent = LookupHistory.NOTHING;
        Instant now = START;
        while (now.isBefore(START.plus(within))) {
            Lookup outcome = aws.apply(now);
            Decision decision = detector.decide(kept, recent, outcome, moment(now));
            if (decision instanceof Decision.Lost lost) {
                assertThat(lost.reason()).isEqualTo(DeadLetterReason.NO_VERDICT);
                return Optional.of(Duration.between(START, now));
            }
            recent = recent.after(kept, outcome, moment(now));
            now = now.plus(schedule.afterFailure(kept, recent, outcome).notBefore());
        }
        return Optional.empty();
    }
}
