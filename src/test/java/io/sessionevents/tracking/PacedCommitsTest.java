package io.sessionevents.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.calls.CommitWatch;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedPunctuator;
import org.junit.jupiter.api.Test;

class PacedCommitsTest {
    private static final String THREAD = Thread.currentThread().getName();

    private final AtomicLong now = new AtomicLong();
    private final CommitWatch watch = new CommitWatch(now::get);
    private final MockProcessorContext<Void, Void> context = new MockProcessorContext<>();
    private final PacedCommits commits = new PacedCommits(context, watch);

    @Test
    void shouldCommitTheFirstRequestAtOnce() {
        commits.request();

        assertThat(asked()).isTrue();
        assertThat(context.scheduledPunctuators()).isEmpty();
    }

    @Test
    void shouldCommitAtOnceAgainAfterAPause() {
        watch.committed(THREAD);
        pass(PacedCommits.GAP);

        commits.request();

        assertThat(asked()).isTrue();
    }

    @Test
    void shouldGatherAFloodBehindACommitHoweverLongThatTook() {
        commits.request();
        commits.request();
        assertThat(asked()).isTrue();
        pass(Duration.ofSeconds(1));
        watch.committed(THREAD);

        commits.request();
        commits.request();
        tick(PacedCommits.GAP.dividedBy(2));
        commits.request();
        assertThat(asked()).isFalse();
        tick(PacedCommits.GAP.dividedBy(2));

        assertThat(asked()).isTrue();
        assertThat(ticking()).isFalse();
    }

    /** One commit is for all tasks of the StreamThread, whoever asked for it. */
    @Test
    void shouldNotAskForWhatAnotherTaskHasCommitted() {
        committedForMany();
        commits.request();
        tick(Duration.ofMillis(5));
        watch.committed(THREAD);

        tick(PacedCommits.GAP);

        assertThat(asked()).isFalse();
        assertThat(ticking()).isFalse();
    }

    @Test
    void shouldNotTakeACommitForOneThatCameAfterTheRequest() {
        committedForMany();
        commits.request();
        committedForMany();
        commits.request();
        assertThat(asked()).isFalse();

        tick(PacedCommits.GAP);

        assertThat(asked()).isTrue();
    }

    /** Twelve tasks share a StreamThread: a flood into all of them commits no more often than one into one. */
    @Test
    void shouldShareTheGapAmongTheTasksOfAStreamThread() {
        var others = new PacedCommits(new MockProcessorContext<Void, Void>(), watch);
        int asked = 0;
        for (int millis = 0; millis < 1000; millis++) {
            commits.request();
            others.request();
            tick(Duration.ofMillis(1));
            if (asked()) {
                asked++;
                watch.committed(THREAD);
            }
        }

        assertThat(asked).isBetween(80, 100);
    }

    /** Between two commits a StreamThread takes more and more records. */
    @Test
    void shouldCommitSeldomInAFlood() {
        flood(THREAD);
        int asked = 0;
        for (int millis = 0; millis < 1000; millis++) {
            commits.request();
            tick(Duration.ofMillis(1));
            if (asked()) {
                asked++;
                watch.committed(THREAD);
            }
        }

        assertThat(asked).isBetween(9, 11);
    }

    @Test
    void shouldCommitTheLastOfAFlood() {
        flood(THREAD);
        watch.committed(THREAD);
        commits.request();
        tick(PacedCommits.GAP_IN_FLOOD);

        assertThat(asked()).isTrue();
        assertThat(ticking()).isFalse();
    }

    @Test
    void shouldCommitWhatNobodyWaitsForLater() {
        commits.requestInPassing();
        assertThat(asked()).isFalse();
        assertThat(context.scheduledPunctuators())
                .singleElement()
                .returns(PacedCommits.IN_PASSING, CapturedPunctuator::getInterval);

        tick(PacedCommits.IN_PASSING);

        assertThat(asked()).isTrue();
        assertThat(ticking()).isFalse();
    }

    @Test
    void shouldCommitWhatNobodyWaitsForWithWhatSomebodyDoes() {
        committedForMany();
        commits.requestInPassing();
        commits.request();
        commits.requestInPassing();
        tick(PacedCommits.GAP);
        assertThat(asked()).isTrue();
        watch.committed(THREAD);

        tick(PacedCommits.IN_PASSING);

        assertThat(asked()).isFalse();
        assertThat(ticking()).isFalse();
    }

    @Test
    void shouldAskForWhatNobodyWaitsForAndCameAfterAnothersCommit() {
        commits.requestInPassing();
        watch.committed(THREAD);
        commits.requestInPassing();

        tick(PacedCommits.IN_PASSING);

        assertThat(asked()).isTrue();
    }

    /** Waiting would gather nothing. */
    @Test
    void shouldCommitRequestsThatComeOneByOneAtOnce() {
        for (int i = 0; i < 3; i++) {
            commits.request();
            assertThat(asked()).isTrue();
            watch.committed(THREAD);
        }
        committedForMany();

        commits.request();

        assertThat(asked()).as("the last commit was asked for twice").isFalse();
        assertThat(ticking()).isTrue();
    }

    @Test
    void shouldNotAskForWhatAnotherTaskCommitsMeanwhile() {
        commits.requestInPassing();
        watch.committed(THREAD);

        tick(PacedCommits.IN_PASSING);

        assertThat(asked()).isFalse();
        assertThat(ticking()).isFalse();
    }

    @Test
    void shouldLeaveNothingBehindWhenItsTaskIsClosedInAFlood() {
        committedForMany();
        commits.request();
        commits.request();

        commits.close();
        commits.close();
        tick(PacedCommits.GAP);
        commits.request();

        assertThat(asked()).isFalse();
        assertThat(ticking()).isFalse();
    }

    /** So that the next request waits for others. */
    private void committedForMany() {
        watch.requested(THREAD);
        watch.requested(THREAD);
        watch.committed(THREAD);
    }

    /** Whether a commit was asked for since the last time. */
    private boolean asked() {
        boolean committed = context.committed();
        context.resetCommit();
        return committed;
    }

    private boolean ticking() {
        return context.scheduledPunctuators().stream().anyMatch(punctuator -> !punctuator.cancelled());
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    private void flood(String thread) {
        watch.polled(thread, 100);
        watch.polled(thread, 100);
    }

    private void tick(Duration time) {
        pass(time);
        for (CapturedPunctuator punctuator : context.scheduledPunctuators()) {
            if (!punctuator.cancelled()) {
                punctuator.getPunctuator().punctuate(0);
            }
        }
    }
}
