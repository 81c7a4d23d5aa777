package io.sessionevents.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.calls.CommitWatch;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedPunctuator;
import org.junit.jupiter.api.Test;

class RecurrenceTest {
    private static final String THREAD = Thread.currentThread().getName();
    private static final Duration USUAL = Duration.ofMillis(15);

    private final AtomicLong now = new AtomicLong();
    private final CommitWatch watch = new CommitWatch(now::get);
    private final MockProcessorContext<Void, Void> context = new MockProcessorContext<>();
    private int acted;
    private final Recurrence recurrence = new Recurrence(context, USUAL, watch, () -> acted++);

    @Test
    void shouldComeSeldomInAFloodAndAsUsualAfterIt() {
        punctuate();
        assertThat(intervals()).containsExactly(USUAL);

        flood(THREAD);
        punctuate();
        assertThat(intervals()).containsExactly(Recurrence.IN_FLOOD);

        watch.polled(THREAD, 3);
        punctuate();
        assertThat(intervals()).as("one small poll is no ebb").containsExactly(Recurrence.IN_FLOOD);

        now.addAndGet(Duration.ofSeconds(1).toNanos());
        watch.polled(THREAD, 3);
        punctuate();

        assertThat(intervals()).containsExactly(USUAL);
        assertThat(acted).isEqualTo(4);
    }

    @Test
    void shouldNotCareForTheFloodOfAnotherStreamThread() {
        flood("another");
        punctuate();

        assertThat(intervals()).containsExactly(USUAL);
    }

    @Test
    void shouldLeaveNothingBehind() {
        flood(THREAD);
        punctuate();

        recurrence.close();

        assertThat(intervals()).isEmpty();
    }

    private void flood(String thread) {
        watch.polled(thread, 100);
        watch.polled(thread, 100);
    }

    private List<Duration> intervals() {
        return context.scheduledPunctuators().stream()
                .filter(punctuator -> !punctuator.cancelled())
                .map(CapturedPunctuator::getInterval)
                .toList();
    }

    private void punctuate() {
        context.scheduledPunctuators().stream()
                .filter(punctuator -> !punctuator.cancelled())
                .toList()
                .forEach(punctuator -> punctuator.getPunctuator().punctuate(0));
    }
}
