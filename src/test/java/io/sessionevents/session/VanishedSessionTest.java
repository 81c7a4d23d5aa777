package io.sessionevents.session;

import static io.sessionevents.session.SessionSample.KEY;
import static io.sessionevents.session.SessionSample.START;
import static io.sessionevents.session.SessionSample.moment;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Detector and schedule together in virtual time: a session that AWS does not return any more, or not yet. */
class VanishedSessionTest {
    private static final Lookup GONE = new Lookup.NotFound();
    private static final Lookup REJECTED = new Lookup.Refused(Lookup.Refusal.VALIDATION, "no such session");
    private static final Lookup TROUBLE = new Lookup.Unavailable(Lookup.Trouble.TRANSIENT, "503");

    private final TransitionDetector detector = new TransitionDetector();
    private final LookupSchedule schedule = new LookupSchedule(Duration.ofSeconds(2));

    private record End(Duration after, int lookups) {}

    @ParameterizedTest
    @CsvSource({"false, PT2M", "true, PT5M"})
    void shouldBeGivenUpAfterItsConfirmationsAndNotBefore(boolean seenBefore, Duration patience) {
        End end = giveUp(seenBefore ? seen() : unseen(), List.of(GONE));

        assertThat(end.lookups()).isGreaterThanOrEqualTo(TransitionDetector.CONFIRMATIONS);
        assertThat(end.after()).isBetween(patience, patience.plusSeconds(31));
    }

    @ParameterizedTest
    @CsvSource({"false, PT2M", "true, PT5M"})
    void shouldBeGivenUpNoSoonerWhenOtherTroubleComesBetween(boolean seenBefore, Duration patience) {
        End end = giveUp(seenBefore ? seen() : unseen(), List.of(GONE, GONE, TROUBLE));

        assertThat(end.after()).isGreaterThanOrEqualTo(patience);
    }

    @Test
    void shouldBeConfirmedByRejectionsAsWellOnceItWasSeen() {
        End end = giveUp(seen(), List.of(REJECTED, GONE));

        assertThat(end.lookups()).isGreaterThanOrEqualTo(TransitionDetector.CONFIRMATIONS);
        assertThat(end.after()).isBetween(Duration.ofMinutes(5), Duration.ofSeconds(331));
    }

    /** @param answers in turn */
    private End giveUp(TrackedSession kept, List<Lookup> answers) {
        LookupHistory recent = LookupHistory.NOTHING;
        Instant now = START;
        for (int lookups = 1; ; lookups++) {
            Lookup outcome = answers.get((lookups - 1) % answers.size());
            LookupHistory before = recent;
            recent = before.after(kept, outcome, moment(now));
            if (detector.decide(kept, before, outcome, moment(now)) instanceof Decision.Lost lost) {
                assertThat(lost.reason())
                        .isEqualTo(
                                outcome.equals(GONE)
                                        ? DeadLetterReason.SESSION_NOT_FOUND
                                        : DeadLetterReason.SESSION_REJECTED);
                return new End(Duration.between(START, now), lookups);
            }
            now = now.plus(schedule.afterFailure(kept, recent, outcome).notBefore());
        }
    }

    private static TrackedSession unseen() {
        return TrackedSession.startTracking(KEY, Map.of(), START);
    }

    private static TrackedSession seen() {
        return new TrackedSession(
                KEY,
                Map.of(),
                Origin.PUBLISHED,
                START,
                null,
                1,
                TrackedSession.Seen.of(SessionSample.in("IDLE").session(), START, START));
    }
}
