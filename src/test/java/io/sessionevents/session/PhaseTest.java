package io.sessionevents.session;

import static io.sessionevents.session.SessionSample.KEY;
import static io.sessionevents.session.SessionSample.START;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhaseTest {
    private static final SettlementDetector SETTLEMENT = new SettlementDetector(SettlementPlan.USUAL);
    private static final Instant LATER = START.plusSeconds(60);
    private static final TrackedSession NEW = TrackedSession.startTracking(KEY, Map.of("team", "one"), START);

    @ParameterizedTest
    @CsvSource({
        "SUBMITTED, Tracked",
        "BUSY, Tracked",
        "TERMINATING, Tracked",
        "NEVER_HEARD_OF, Tracked",
        "FAILED, Settling",
        "TERMINATED, Settling"
    })
    void shouldEndWithTheTerminalState(String state, String phase) {
        assertThat(seen(state, null).phase().getClass().getSimpleName()).isEqualTo(phase);
    }

    /** A session that was stopped lives on, and would be discovered anew with the number 1. */
    @Test
    void shouldRememberAStoppedSessionForAsLongAsItCanLive() {
        Duration brief = Duration.ofMinutes(1);
        TrackedSession stopped = new Phase.Tracked(NEW).stopped(LATER);

        assertThat(stopped.over(LATER.plus(Duration.ofHours(24)), brief)).isFalse();
        assertThat(stopped.over(LATER.plus(Duration.ofHours(26)), brief)).isTrue();
        assertThat(stopped.over(LATER.plus(Duration.ofHours(26)), Duration.ofDays(7)))
                .isFalse();
    }

    @Test
    void shouldBeTrackedFromTheStart() {
        assertThat(NEW.phase()).isEqualTo(new Phase.Tracked(NEW));
    }

    @Test
    void shouldStopAndBeTrackedAgain() {
        TrackedSession stopped = new Phase.Tracked(NEW).stopped(LATER);

        assertThat(stopped.phase()).isEqualTo(new Phase.Stopped(stopped));
        assertThat(stopped.tracked()).isFalse();
        assertThat(new Phase.Stopped(stopped).requestedAgain(Map.of())).isEqualTo(NEW);
    }

    @Test
    void shouldTakeNewerLabelsWhenItIsPublishedAgain() {
        assertThat(new Phase.Tracked(NEW).requestedAgain(Map.of("team", "two")).labels())
                .isEqualTo(Map.of("team", "two"));
        assertThat(new Phase.Tracked(NEW).requestedAgain(Map.of()).labels()).isEqualTo(Map.of("team", "one"));
    }

    @Test
    void shouldHaveEndedAlsoWhereItWasStoppedBefore() {
        assertThat(seen("TERMINATED", LATER).phase()).isInstanceOf(Phase.Settling.class);
    }

    @Test
    void shouldBeClosedWhenNoLookAtItsUsageFollowsAndSettleAgainIfNothingWasTold() {
        TrackedSession ended = seen("FAILED", null);
        TrackedSession closed = UsageSample.closed(SETTLEMENT.resume(ended, START));

        assertThat(closed.phase()).isEqualTo(new Phase.Closed(closed));
        assertThat(new Phase.Closed(closed).told()).isFalse();
        assertThat(new Phase.Closed(closed).settledAgain(LATER).phase()).isEqualTo(new Phase.Settling(ended));
    }

    /** What was told stays, and is corrected. */
    @Test
    void shouldBeLookedAtOnceMoreIfItsLastNumbersWereNotTold() {
        TrackedSession ended = seen("FAILED", null);
        Settlement booked =
                requireNonNull(SETTLEMENT.resume(ended, START).settlement()).nextRevision();
        TrackedSession told = UsageSample.closed(ended.withSettlement(booked));
        TrackedSession untold = UsageSample.closed(SETTLEMENT.giveUp(told, UsageSample.numbers(), LATER));

        assertThat(new Phase.Closed(told).told()).isTrue();
        assertThat(new Phase.Closed(untold).told()).isFalse();
        assertThat(new Phase.Closed(untold).settledAgain(LATER).settlement())
                .extracting(Settlement::revision, Settlement::nextLookAt)
                .containsExactly(1, LATER);
    }

    @Test
    void shouldTakeNewerLabelsWhileItsUsageIsNotClosed() {
        TrackedSession ended = seen("FAILED", null);

        assertThat(new Phase.Settling(ended)
                        .requestedAgain(Map.of("team", "two"))
                        .labels())
                .isEqualTo(Map.of("team", "two"));
        assertThat(new Phase.Settling(ended).requestedAgain(Map.of())).isEqualTo(ended);
    }

    private static TrackedSession seen(String state, @Nullable Instant stoppedAt) {
        Session session = SessionSample.in(state).session();
        return new TrackedSession(
                KEY, Map.of(), Origin.PUBLISHED, START, stoppedAt, 1, TrackedSession.Seen.of(session, START, START));
    }
}
