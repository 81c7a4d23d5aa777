package io.sessionevents.calls;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommitWatchTest {
    private static final String THREAD = "one-StreamThread-1";
    private static final String OTHER = "one-StreamThread-2";

    private final AtomicLong now = new AtomicLong(-7);
    private final CommitWatch watch = new CommitWatch(now::get);

    @Test
    void shouldFindNothingOverdueWhereNothingIsWritten() {
        pass(Duration.ofHours(1));

        assertThat(watch.overdue()).isFalse();
        assertThat(watch.open(THREAD)).isFalse();
    }

    @Test
    void shouldFindOverdueWhatWaitsForLongerThanTwoSecondsUntilItIsCommitted() {
        watch.written(THREAD);
        pass(Duration.ofMillis(1_500));
        watch.written(THREAD);
        pass(Duration.ofMillis(400));
        assertThat(watch.overdue()).isFalse();

        pass(Duration.ofMillis(200));
        assertThat(watch.overdue()).isTrue();
        assertThat(watch.open(THREAD)).isTrue();

        watch.committed(THREAD);
        assertThat(watch.overdue()).isFalse();
        assertThat(watch.ended(THREAD)).isEqualTo(1);
    }

    @Test
    void shouldForgetWhatWasUndone() {
        watch.written(THREAD);
        pass(Duration.ofMinutes(1));

        watch.aborted(THREAD);

        assertThat(watch.overdue()).isFalse();
        assertThat(watch.ended(THREAD)).isEqualTo(1);
    }

    @Test
    void shouldWatchEachThreadByItself() {
        watch.written(THREAD);
        watch.written(OTHER);
        pass(Duration.ofMillis(100));
        watch.committed(OTHER);
        pass(Duration.ofSeconds(2));

        assertThat(watch.overdue()).isTrue();
        assertThat(watch.open(OTHER)).isFalse();
        assertThat(watch.ended(THREAD)).isZero();
    }

    @Test
    void shouldNotCountACommitOfNothing() {
        watch.committed(THREAD);
        watch.aborted(THREAD);

        assertThat(watch.ended(THREAD)).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, 1_900})
    void shouldTakeSlowTransactionsOfABusyClusterForHealthy(int millis) {
        for (int i = 0; i < 100; i++) {
            transaction(Duration.ofMillis(millis), false);
        }
    }

    @Test
    void shouldGetUsedToTransactionsThatTakeThreeSeconds() {
        transaction(Duration.ofSeconds(3), true);
        for (int i = 0; i < 100; i++) {
            transaction(Duration.ofSeconds(3), false);
        }
    }

    @Test
    void shouldNotTakeAWaitForADeadMemberForUsual() {
        for (int i = 0; i < 10; i++) {
            transaction(Duration.ofMillis(20), false);
            transaction(Duration.ofSeconds(20), true);
        }
        watch.written(THREAD);
        pass(Duration.ofMillis(2_100));

        assertThat(watch.overdue()).isTrue();
    }

    @Test
    void shouldBeQuickAgainSomeTimeAfterSlowTransactions() {
        for (int i = 0; i < 10; i++) {
            transaction(Duration.ofMillis(1_500), false);
        }
        for (int i = 0; i < 30; i++) {
            transaction(Duration.ofMillis(20), false);
        }
        watch.written(THREAD);
        pass(Duration.ofMillis(2_100));

        assertThat(watch.overdue()).isTrue();
    }

    @Test
    void shouldNeverWaitForLongerThanTenSeconds() {
        for (double seconds = 1; seconds < 9; seconds *= 1.5) {
            transaction(Duration.ofMillis((long) (1_000 * seconds)), false);
        }
        watch.written(THREAD);
        pass(CommitWatch.MOST.plusMillis(1));

        assertThat(watch.overdue()).isTrue();
    }

    @Test
    void shouldNoticeWhatNobodyAskedACommitFor() {
        watch.written(THREAD);
        pass(Duration.ofMillis(500));
        assertThat(watch.lingering(THREAD)).isFalse();

        pass(Duration.ofMillis(1));
        assertThat(watch.lingering(THREAD)).isTrue();
        assertThat(watch.lingering(OTHER)).isFalse();

        watch.committed(THREAD);
        assertThat(watch.lingering(THREAD)).isFalse();
    }

    private void transaction(Duration took, boolean overdue) {
        watch.written(THREAD);
        pass(took);
        assertThat(watch.overdue()).isEqualTo(overdue);
        watch.committed(THREAD);
    }

    /** A page of a sweep asks for fifty sessions at once, once a second; in a flood all commits wait. */
    @Test
    void shouldNotTakeOnePageOfASweepForAFlood() {
        for (int page = 0; page < 10; page++) {
            watch.polled(THREAD, CommitWatch.FLOOD);
            watch.polled(THREAD, 0);
            assertThat(watch.flooded(THREAD)).isFalse();
            pass(Duration.ofSeconds(1));
        }
    }

    /** A StreamThread that commits each record by itself polls again seconds later. */
    @Test
    void shouldTakeForAFloodWhatTheNextPollBringsToo() {
        watch.polled(THREAD, CommitWatch.FLOOD);
        pass(Duration.ofSeconds(3));
        watch.polled(THREAD, CommitWatch.FLOOD);

        assertThat(watch.flooded(THREAD)).isTrue();
    }

    @Test
    void shouldTakeForAFloodWhatGoesOn() {
        watch.polled(THREAD, CommitWatch.FLOOD);
        watch.polled(THREAD, 1);
        pass(Duration.ofMillis(100));
        watch.polled(THREAD, CommitWatch.FLOOD);
        watch.polled(THREAD, 1);
        assertThat(watch.flooded(THREAD)).isTrue();
        assertThat(watch.flooded(OTHER)).isFalse();

        pass(CommitWatch.EBB);
        watch.polled(THREAD, 1);
        assertThat(watch.flooded(THREAD)).isTrue();

        pass(Duration.ofMillis(1));
        watch.polled(THREAD, 1);
        assertThat(watch.flooded(THREAD)).isFalse();
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }
}
