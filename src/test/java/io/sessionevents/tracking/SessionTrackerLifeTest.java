package io.sessionevents.tracking;

import static io.sessionevents.session.SessionSample.KEY;
import static io.sessionevents.session.SessionSample.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.sessionevents.calls.CallBudget;
import io.sessionevents.calls.LookupDispatcher;
import io.sessionevents.calls.LookupLimits;
import io.sessionevents.calls.SourceStatistics;
import io.sessionevents.session.Lookup;
import io.sessionevents.session.LookupSchedule;
import io.sessionevents.session.Origin;
import io.sessionevents.session.RecordLimit;
import io.sessionevents.session.Request;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.SettlementDetector;
import io.sessionevents.session.SettlementPlan;
import io.sessionevents.session.TimeSource;
import io.sessionevents.session.TrackedSession;
import io.sessionevents.session.TransitionDetector;
import io.sessionevents.session.UsageSample;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.Punctuator;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedPunctuator;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Kafka Streams revives a task with the same processor: closed, and opened again. */
class SessionTrackerLifeTest {
    private static final Duration DRAIN = Duration.ofMillis(15);
    private static final SettlementDetector SETTLEMENT = new SettlementDetector(SettlementPlan.USUAL);

    private final LookupDispatcher dispatcher = new LookupDispatcher(
            (key, permit) -> new Lookup.NotFound(),
            new CallBudget(System::nanoTime),
            new LookupLimits(10, 1, 8),
            System::nanoTime,
            () -> START);
    private final KeyValueStore<SessionKey, TrackedSession> store = Stores.keyValueStoreBuilder(
                    Stores.inMemoryKeyValueStore(TrackingTopology.STORE),
                    TextSerdes.keys(),
                    TextSerdes.objects(TrackedSession.class))
            .withLoggingDisabled()
            .build();
    private final SessionTracker tracker = new SessionTracker(new Tracking(
            dispatcher,
            new SessionSteps(
                    new TransitionDetector(),
                    new LookupSchedule(Duration.ofSeconds(2)),
                    (change, limit) -> new EventEncoder.Encoded(new byte[0], new RecordHeaders()),
                    SETTLEMENT,
                    NoAlerts.STEPS,
                    (topic, session) -> new byte[0],
                    new RecordLimit(RecordLimit.KAFKA_DEFAULT)),
            new SettlementSteps(
                    SETTLEMENT,
                    new LookupSchedule(Duration.ofSeconds(2)),
                    (usage, limit) -> new EventEncoder.Encoded(new byte[0], new RecordHeaders()),
                    (topic, session) -> new byte[0],
                    new RecordLimit(RecordLimit.KAFKA_DEFAULT)),
            new LossWatch(new LookupSchedule(Duration.ofSeconds(2)), new TimeSource(() -> START, System::nanoTime)),
            TrackingListener.NONE,
            Duration.ofDays(7),
            DRAIN,
            () -> START));
    private final MockProcessorContext<SessionKey, Outgoing> context = new MockProcessorContext<>(new Properties());

    @BeforeEach
    void openStore() {
        store.init(context.getStateStoreContext(), store);
        context.addStateStore(store);
        store.put(KEY, TrackedSession.startTracking(KEY, Map.of(), START));
    }

    @Test
    void shouldCancelItsPunctuationsAndCloseItsLaneWhenClosed() {
        tracker.init(context);
        tracker.process(new Record<>(KEY, new Request.Track(KEY, Map.of()), 0));

        tracker.close();

        assertThat(context.scheduledPunctuators()).isNotEmpty().allMatch(CapturedPunctuator::cancelled);
        assertThat(dispatcher.statistics().partitions()).isZero();
        assertThat(dispatcher.statistics().tracked()).isZero();
    }

    /** Whether its end was reported by a version that settles, or by one that did not. */
    @Test
    void shouldTakeUpEndedSessionsThatAreNotSettledAndNoOthers() {
        TrackedSession ended = ended();
        store.put(KEY, ended);
        open();
        assertThat(settling()).isOne();

        TrackedSession begun = SETTLEMENT.resume(ended, START);
        store.put(KEY, begun);
        open();
        assertThat(settling()).isOne();

        store.put(KEY, UsageSample.closed(begun));
        open();
        assertThat(settling()).isZero();
    }

    /** Sessions are taken up with the first punctuation. */
    private void open() {
        tracker.init(context);
        for (CapturedPunctuator punctuator : context.scheduledPunctuators()) {
            if (!punctuator.cancelled() && punctuator.getInterval().equals(DRAIN)) {
                punctuator.getPunctuator().punctuate(0);
            }
        }
    }

    private int settling() {
        return dispatcher.statistics().sources().values().stream()
                .mapToInt(SourceStatistics::settling)
                .sum();
    }

    private static TrackedSession ended() {
        var seen = new TrackedSession.Seen("FAILED", START, START, START, START, null, null, null);
        return new TrackedSession(KEY, Map.of(), Origin.PUBLISHED, START, null, 1, seen);
    }

    @Test
    void shouldWorkAsBeforeWhenOpenedAgain() {
        open();
        tracker.close();

        open();

        assertThat(context.scheduledPunctuators())
                .filteredOn(timer -> !timer.cancelled())
                .hasSize(2);
        assertThat(dispatcher.statistics().partitions()).isOne();
        assertThat(dispatcher.statistics().tracked()).isOne();
    }

    @Test
    void shouldOpenOneLaneIfItWasNeverClosed() {
        tracker.init(context);
        tracker.init(context);

        assertThat(dispatcher.statistics().partitions()).isOne();
        assertThat(context.scheduledPunctuators())
                .filteredOn(timer -> !timer.cancelled())
                .hasSize(2);
    }

    @Test
    void shouldLeaveNoLaneBehindWhenOpeningFails() {
        MockProcessorContext<SessionKey, Outgoing> withoutSchedule = new MockProcessorContext<>(new Properties()) {
            @Override
            public Cancellable schedule(Duration interval, PunctuationType type, Punctuator callback) {
                throw new IllegalStateException("no schedule");
            }
        };
        withoutSchedule.addStateStore(store);

        assertThatIllegalStateException().isThrownBy(() -> tracker.init(withoutSchedule));

        assertThat(dispatcher.statistics().partitions()).isZero();
        assertThat(dispatcher.threads()).isEmpty();
    }
}
