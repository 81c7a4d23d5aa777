package io.sessionevents.session;

import static io.sessionevents.session.SessionSample.KEY;
import static io.sessionevents.session.SessionSample.START;
import static io.sessionevents.session.SessionSample.moment;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Detector and schedule together in virtual time: a session that AWS does not return any more, or not yet. */
class VanishedSessionTest {
    private static final Lookup GONE = new Lookup.NotFound();

    private final TransitionDetector detector = new TransitionDetector();
    private final LookupSchedule schedule = new LookupSchedule(Duration.ofSeconds(2));

    private record End(Duration after, int lookups) {}

    @ParameterizedTest
    @CsvSource({"false, PT2M", "true, PT5M"})
    void shouldBeGivenUpAfterItsConfirmationsAndNotBefore(boolean seenBefore, Duration patience) {
        End end = giveUp(seenBefore ? seen() : unseen(), 0);

        assertThat(end.lookups()).isGreaterThanOrEqualTo(TransitionDetector.CONFIRMATIONS);
        assertThat(end.after()).isBetween(patience, patience.plusSeconds(31));
    }

    @ParameterizedTest
    @CsvSource({"false, PT2M", "true, PT5M"})
    void shouldBeGivenUpNoSoonerWhenOtherTroubleComesBetween(boolean seenBefore, Duration patience) {
        End end = giveUp(seenBefore ? seen() : unseen(), 3);

        assertThat(end.after()).isGreaterThanOrEqualTo(patience);
    }

    /** @param troubleEvery every so many lookups one comes to nothing; 0 for none */
    private End giveUp(TrackedSession kept, int troubleEvery) {
        Recent recent = Recent.NOTHING;
        Instant now = START;
        for (int lookups = 1; ; lookups++) {
            boolean trouble = troubleEvery > 0 && lookups % troubleEvery == 0;
            Lookup outcome = trouble ? new Lookup.Unavailable(Lookup.Trouble.TRANSIENT, "503") : GONE;
            Recent before = recent;
            recent = before.after(kept, outcome, moment(now));
            if (detector.decide(kept, before, outcome, moment(now)) instanceof Decision.Lost lost) {
                assertThat(lost.reason()).isEqualTo(DeadLetterReason.SESSION_NOT_FOUND);
                return new End(Duration.between(START, now), lookups);
            }
            now = now.plus(schedule.afterFailure(kept, recent, outcome).notBefore());
        }
    }

    private static TrackedSession unseen() {
        return TrackedSession.startFollowing(KEY, Map.of(), START);
    }

    private static TrackedSession seen() {
        return new TrackedSession(
                KEY,
                Map.of(),
                START,
                null,
                1,
                TrackedSession.Seen.of(SessionSample.in("IDLE").session(), START, START));
    }
}
