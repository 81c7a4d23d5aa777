package io.sessionevents.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedPunctuator;
import org.junit.jupiter.api.Test;

class PacedCommitsTest {
    private final MockProcessorContext<Void, Void> context = new MockProcessorContext<>();
    private final PacedCommits commits = new PacedCommits(context);

    @Test
    void shouldCommitTheFirstRequestAtOnce() {
        commits.request();

        assertThat(committed()).isTrue();
    }

    @Test
    void shouldCommitAtOnceAgainAfterAPause() {
        commits.request();
        boolean _ = committed();
        tick();
        assertThat(committed()).isFalse();

        commits.request();

        assertThat(committed()).isTrue();
    }

    @Test
    void shouldGatherAFloodBehindACommitHoweverLongThatTook() {
        commits.request();
        boolean _ = committed();
        commits.request();
        // The commit took longer than the gap, so the first tick comes right behind the first record.
        tick();
        assertThat(committed()).isFalse();
        commits.request();
        commits.request();

        tick();

        assertThat(committed()).isTrue();
        tick();
        assertThat(committed()).isFalse();
    }

    @Test
    void shouldLeaveNothingBehindWhenItsTaskIsClosedInAFlood() {
        commits.request();
        commits.request();
        boolean _ = committed();

        commits.close();
        commits.close();
        tick();
        tick();
        commits.request();

        assertThat(committed()).isFalse();
        assertThat(context.scheduledPunctuators()).allMatch(CapturedPunctuator::cancelled);
    }

    /** Whether a commit was asked for since the last time. */
    private boolean committed() {
        boolean committed = context.committed();
        context.resetCommit();
        return committed;
    }

    /** The gap has passed. */
    private void tick() {
        for (CapturedPunctuator punctuator : context.scheduledPunctuators()) {
            if (!punctuator.cancelled()) {
                punctuator.getPunctuator().punctuate(0);
            }
        }
    }
}
