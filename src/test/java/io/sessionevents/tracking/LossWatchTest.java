package io.sessionevents.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.calls.LookupResult;
import io.sessionevents.session.AlertState;
import io.sessionevents.session.DeadLetterReason;
import io.sessionevents.session.Lookup;
import io.sessionevents.session.LookupHistory;
import io.sessionevents.session.LookupSchedule;
import io.sessionevents.session.Moment;
import io.sessionevents.session.Origin;
import io.sessionevents.session.Phase;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.SessionSample;
import io.sessionevents.session.TimeSource;
import io.sessionevents.session.TrackedSession;
import io.sessionevents.session.UsageSample;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What one source shows says nothing about the sessions of another. */
class LossWatchTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final int MANY = 5;

    private @Nullable Instant silentSince;
    private long nanos;
    private final LossWatch watch =
            new LossWatch(new LookupSchedule(Duration.ofSeconds(2)), new TimeSource(() -> NOW, () -> nanos));

    @Test
    void shouldGiveUpNoSessionOfASourceThatShowsNoneWhileAnotherShowsItsOwn() {
        for (int i = 0; i < MANY; i++) {
            judge("default", i, SessionSample.in("IDLE").found());
        }
        SessionStep last = null;
        for (int i = 0; i < MANY; i++) {
            judge("default", i, SessionSample.in("IDLE").found());
            last = judge("eu", i, new Lookup.Refused(Lookup.Refusal.VALIDATION, "no"));
        }

        assertThat(last).isInstanceOf(SessionStep.LookAgain.class);
        assertThat(watch.suspicion("eu")).contains("none is given up");
    }

    @Test
    void shouldGiveUpASessionOfASoundSourceWhileAnotherShowsNone() {
        for (int i = 0; i < MANY; i++) {
            judge("eu", i, new Lookup.Refused(Lookup.Refusal.VALIDATION, "no"));
        }
        judge("default", 0, SessionSample.in("IDLE").found());

        assertThat(judge("default", 1, new Lookup.Refused(Lookup.Refusal.VALIDATION, "no")))
                .isInstanceOf(SessionStep.GiveUp.class);
    }

    /** In the night nobody lives: then that all ended sessions are absent proves nothing either. */
    @Test
    void shouldNotBelieveThatAllEndedSessionsAreAbsentUnlessAnotherIsFound() {
        assertThat(believed(0, new Lookup.NotFound())).isInstanceOf(Lookup.NotFound.class);
        for (int i = 1; i < MANY; i++) {
            assertThat(believed(i, new Lookup.NotFound())).isInstanceOf(Lookup.Unavailable.class);
        }

        judge("default", 99, SessionSample.in("IDLE").found());

        assertThat(believed(1, new Lookup.NotFound())).isInstanceOf(Lookup.Unavailable.class);
        silentSince = NOW.minusSeconds(1);
        assertThat(believed(1, new Lookup.NotFound())).isInstanceOf(Lookup.NotFound.class);
        assertThat(believed(2, SessionSample.in("TERMINATED").found())).isInstanceOf(Lookup.Found.class);
    }

    @Test
    void shouldNotBelieveThatAnEndedSessionIsAbsentWhileMostThatLiveSeemToVanish() {
        for (int i = 0; i < MANY; i++) {
            judge("default", i, new Lookup.NotFound());
        }

        assertThat(believed(0, new Lookup.NotFound())).isInstanceOf(Lookup.Unavailable.class);
    }

    /** They were stopped, or moved to another instance. */
    @Test
    void shouldSuspectNothingAnyMoreWhereNothingIsLookedUpAnyMore() {
        for (int i = 0; i < MANY; i++) {
            judge("default", i, new Lookup.NotFound());
        }
        assertThat(watch.suspicion("default")).isNotNull();
        assertThat(watch.suspicion("eu")).isNull();

        nanos = Duration.ofMinutes(6).toNanos();
        assertThat(watch.suspicion("default")).as("denied ones are due").isNotNull();
        nanos = Duration.ofMinutes(11).toNanos();

        assertThat(watch.suspicion("default")).isNull();
    }

    @Test
    void shouldBelieveThatAnEndedSessionIsAbsentLongAfterMostThatLivedSeemedToVanish() {
        for (int i = 0; i < MANY; i++) {
            judge("default", i, new Lookup.NotFound());
        }
        assertThat(believed(0, new Lookup.NotFound())).isInstanceOf(Lookup.Unavailable.class);

        nanos = Duration.ofMinutes(11).toNanos();

        assertThat(believed(0, new Lookup.NotFound())).isInstanceOf(Lookup.NotFound.class);
    }

    private Lookup believed(int session, Lookup outcome) {
        var key = new SessionKey("default", "app", "ended" + session);
        var seen = new TrackedSession.Seen("FAILED", NOW, NOW, NOW, NOW, null, null, null);
        TrackedSession kept = new TrackedSession(
                key,
                Map.of(),
                Origin.PUBLISHED,
                NOW,
                null,
                false,
                1,
                seen,
                UsageSample.silentSince(silentSince),
                AlertState.NONE);
        return watch.believed(kept, new LookupResult(key, outcome, new Moment(NOW, nanos)))
                .outcome();
    }

    private SessionStep judge(String source, int session, Lookup outcome) {
        var key = new SessionKey(source, "app", "s" + session);
        TrackedSession kept = TrackedSession.startTracking(key, Map.of(), NOW);
        SessionStep alone = new SessionStep.GiveUp(
                DeadLetterReason.SESSION_REJECTED, "no", AlertSteps.Step.nothing(new Phase.Tracked(kept).stopped(NOW)));
        return watch.judge(kept, LookupHistory.NOTHING, new LookupResult(key, outcome, new Moment(NOW, nanos)), alone);
    }
}
