package io.sessionevents.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.streams.MembershipProof.Heartbeats;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MembershipProofTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long TIMEOUT = 20 * SECOND;
    private static final double NONE_SENT = -1;

    private final MembershipProof proof = new MembershipProof(TIMEOUT, 0);
    private double polls;

    @Test
    void shouldProveNothingAtFirst() {
        observe(0, NONE_SENT, 0);
        observe(0, 0, SECOND);

        assertThat(proof.provenUntil()).isZero();
    }

    @Test
    void shouldCountFromWhenTheAnsweredHeartbeatCanHaveBeenSent() {
        observe(7, 3, 10 * SECOND);
        observe(8, 0, 11 * SECOND);
        assertThat(proof.provenUntil())
                .as("nobody knows when that one was sent")
                .isZero();
        observe(9, 0, 12 * SECOND);
        assertThat(proof.provenUntil()).as("until the thread has polled").isZero();

        observe(9, 0, 13 * SECOND);

        assertThat(proof.provenUntil()).isEqualTo(10 * SECOND + TIMEOUT);
    }

    /** The age of a heartbeat is told by the wall clock: by one that was set back, one under way is not sent yet. */
    @ParameterizedTest
    @ValueSource(doubles = {-3600, -2, -1, 0, 3600})
    void shouldNotBelieveAWallClockThatWasSet(double secondsSinceSent) {
        observe(7, 0, 10 * SECOND);
        observe(8, 0, 11 * SECOND);
        observe(8, secondsSinceSent, 29 * SECOND);
        observe(9, 0, 30 * SECOND);
        observe(9, 0, 31 * SECOND);

        assertThat(proof.provenUntil()).isEqualTo(10 * SECOND + TIMEOUT);
    }

    @Test
    void shouldProveNothingByAClientThatCountsFromTheBeginning() {
        observe(7, 0, 10 * SECOND);
        observe(8, 0, 11 * SECOND);
        observe(1, 0, 30 * SECOND);
        observe(2, 0, 31 * SECOND);
        observe(2, 0, 32 * SECOND);

        assertThat(proof.provenUntil()).isZero();
    }

    @Test
    void shouldTakeTheFirstHeartbeatOfAllAsSentAfterTheObservationBefore() {
        observe(0, NONE_SENT, 5 * SECOND);
        observe(1, 0, 6 * SECOND);
        observe(1, 0, 7 * SECOND);

        assertThat(proof.provenUntil()).isEqualTo(5 * SECOND + TIMEOUT);
    }

    @Test
    void shouldStayAheadWhileHeartbeatsAreAnswered() {
        for (int second = 0; second < 100; second++) {
            observe(second, 0, second * SECOND);
            observe(second, 1, second * SECOND + SECOND / 2);
        }

        assertThat(proof.provenUntil()).isGreaterThan(110 * SECOND);
    }

    @Test
    void shouldNotTakeAnAnswerFromBeforeAFreezeForAFreshOne() {
        observe(7, 0, 0);
        observe(7, 0, SECOND);

        long awake = 30 * SECOND;
        observe(8, 0, awake);
        observe(8, 0, awake + SECOND);

        assertThat(proof.provenUntil()).isLessThanOrEqualTo(SECOND + TIMEOUT);
    }

    @Test
    void shouldProveNothingWhileTheThreadDoesNotPoll() {
        double stuck = 50;
        for (int second = 0; second < 100; second++) {
            proof.observe(new Heartbeats(second, 0, stuck), second * SECOND);
        }

        assertThat(proof.provenUntil()).isZero();
    }

    /** The poll that was under way when the answer came may have begun before it, so it shows nothing. */
    @Test
    void shouldNotTakeThePollThatWasUnderWayForOneThatFollowed() {
        proof.observe(new Heartbeats(6, 0, 50), 9 * SECOND);
        proof.observe(new Heartbeats(7, 0, 50), 10 * SECOND);
        proof.observe(new Heartbeats(8, 0, 50), 11 * SECOND);
        proof.observe(new Heartbeats(8, 0, 51), 12 * SECOND);
        assertThat(proof.provenUntil()).isZero();

        proof.observe(new Heartbeats(8, 0, 52), 13 * SECOND);

        assertThat(proof.provenUntil()).isPositive();
    }

    private void observe(double answered, double secondsSinceSent, long now) {
        polls += 10;
        proof.observe(new Heartbeats(answered, secondsSinceSent, polls), now);
    }
}
