package io.sessionevents.tracking;

import static io.sessionevents.session.SessionSample.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sessionevents.calls.CallBudget;
import io.sessionevents.calls.LookupDispatcher;
import io.sessionevents.calls.LookupLimits;
import io.sessionevents.session.LookupSchedule;
import io.sessionevents.session.Phase;
import io.sessionevents.session.RecordLimit;
import io.sessionevents.session.Request;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.SessionSample;
import io.sessionevents.session.SettlementDetector;
import io.sessionevents.session.SettlementPlan;
import io.sessionevents.session.TimeSource;
import io.sessionevents.session.TrackedSession;
import io.sessionevents.session.TransitionDetector;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedPunctuator;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A StreamThread has to poll, so a task works off what may be much in slices. */
class SlicedWorkTest {
    private static final SettlementDetector SETTLEMENT = new SettlementDetector(SettlementPlan.USUAL);
    private static final LookupSchedule SCHEDULE = new LookupSchedule(Duration.ofSeconds(2));
    private static final Duration RETENTION = Duration.ofDays(7);

    /** Beside the real time, so that work takes as long as a test says. */
    private final AtomicLong worked = new AtomicLong();

    private final Serde<TrackedSession> objects = TextSerdes.objects(TrackedSession.class);
    private Duration decoding = Duration.ZERO;

    private final Queue<SessionKey> looked = new ConcurrentLinkedQueue<>();

    private final LookupDispatcher dispatcher = new LookupDispatcher(
            (key, permit) -> {
                looked.add(key);
                return SessionSample.of(key).found();
            },
            new CallBudget(System::nanoTime),
            new LookupLimits(100_000, 1, 1),
            () -> System.nanoTime() + worked.get(),
            () -> START);
    private final KeyValueStore<SessionKey, TrackedSession> store = Stores.keyValueStoreBuilder(
                    Stores.inMemoryKeyValueStore(TrackingTopology.STORE),
                    TextSerdes.keys(),
                    Serdes.serdeFrom(objects.serializer(), (topic, bytes) -> {
                        worked.addAndGet(decoding.toNanos());
                        return objects.deserializer().deserialize(topic, bytes);
                    }))
            .withLoggingDisabled()
            .build();
    private final SessionTracker tracker = new SessionTracker(new Tracking(
            dispatcher,
            new SessionSteps(
                    new TransitionDetector(),
                    SCHEDULE,
                    (change, limit) -> {
                        worked.addAndGet(Duration.ofMillis(5).toNanos());
                        return new EventEncoder.Encoded(new byte[0], new RecordHeaders());
                    },
                    SETTLEMENT,
                    NoAlerts.STEPS,
                    (topic, session) -> new byte[0],
                    new RecordLimit(RecordLimit.KAFKA_DEFAULT)),
            new SettlementSteps(
                    SETTLEMENT,
                    SCHEDULE,
                    (usage, limit) -> new EventEncoder.Encoded(new byte[0], new RecordHeaders()),
                    (topic, session) -> new byte[0],
                    new RecordLimit(RecordLimit.KAFKA_DEFAULT)),
            new LossWatch(SCHEDULE, new TimeSource(() -> START, System::nanoTime)),
            TrackingListener.NONE,
            RETENTION,
            Duration.ofMillis(15),
            () -> START));
    private final MockProcessorContext<SessionKey, Outgoing> context = new MockProcessorContext<>(new Properties());

    @BeforeEach
    void openStore() {
        store.init(context.getStateStoreContext(), store);
        context.addStateStore(store);
    }

    @AfterEach
    void stop() {
        tracker.close();
        dispatcher.close();
    }

    /** Each takes 5 ms here, and 100 wait: at most 20 ms of them are taken at a time, and none is left in the end. */
    @Test
    void shouldTakeResultsForASliceOfTimeAtATime() {
        tracker.init(context);
        for (int i = 0; i < 100; i++) {
            tracker.process(new Record<>(key(i), new Request.Track(key(i), Map.of()), 0));
        }
        dispatcher.start(failure -> {});
        await().until(() -> dispatcher.statistics().answered() == 100);

        tick(Duration.ofMillis(15));
        assertThat(context.forwarded()).hasSizeBetween(1, 5);
        for (int i = 0; i < 100; i++) {
            tick(Duration.ofMillis(15));
        }

        assertThat(context.forwarded().stream().filter(sent -> sent.record().value() instanceof Outgoing.Change))
                .hasSize(100);
    }

    private static SessionKey key(int number) {
        return new SessionKey("app", "s%05d".formatted(number));
    }

    /** Runs what is to be done that often. */
    private void tick(Duration interval) {
        for (CapturedPunctuator punctuator : context.scheduledPunctuators()) {
            if (!punctuator.cancelled() && punctuator.getInterval().equals(interval)) {
                punctuator.getPunctuator().punctuate(0);
            }
        }
    }

    /** Of ten thousand in the store, and while something is asked of sessions that are not taken up yet. */
    @Test
    void shouldTakeUpEverySessionOnceInSlices() {
        int stored = 10_000;
        for (int i = 0; i < stored; i++) {
            store.put(key(i), TrackedSession.startTracking(key(i), Map.of(), START));
        }
        decoding = Duration.ofMillis(1);
        tracker.init(context);
        tick(Duration.ofMillis(15));
        assertThat(dispatcher.statistics().tracked()).isBetween(1, SessionResumption.LEAST);

        ask(new Request.Track(key(9_000), Map.of("a", "label")));
        ask(new Request.Track(key(9_000), Map.of()));
        ask(new Request.Track(new SessionKey("app", "s09500b"), Map.of()));
        ask(new Request.Stop(key(9_100)));
        ask(new Request.Stop(key(0)));
        for (int i = 0; i < stored && dispatcher.statistics().tracked() < stored - 1; i++) {
            tick(Duration.ofMillis(15));
        }
        tick(Duration.ofMillis(15));

        assertThat(dispatcher.statistics().tracked()).isEqualTo(stored + 1 - 2);
        assertThat(dispatcher.statistics().tracked(null)).as("counted once").isEqualTo(stored + 1 - 2);
    }

    /** Where results fill every slice of time, sessions are taken up all the same. */
    @Test
    void shouldTakeUpSessionsWhereOtherWorkFillsEverySlice() {
        int stored = 1_000;
        for (int i = 0; i < stored; i++) {
            store.put(key(i), TrackedSession.startTracking(key(i), Map.of(), START));
        }
        // A slice each.
        decoding = TimeSlice.LENGTH;
        tracker.init(context);
        for (int i = 0; i < stored / SessionResumption.LEAST; i++) {
            tick(Duration.ofMillis(15));
        }

        assertThat(dispatcher.statistics().tracked()).isEqualTo(stored);
    }

    /** What is published meanwhile waits for several rounds of all tasks. */
    @Test
    void shouldTakeUpFewAtATimeWhereManyTasksShareTheThread() {
        for (int i = 0; i < 1_000; i++) {
            store.put(key(i), TrackedSession.startTracking(key(i), Map.of(), START));
        }
        decoding = Duration.ofNanos(100_000);
        tracker.init(context);
        for (int partition = 1; partition < 12; partition++) {
            var _ = dispatcher.open(partition);
        }

        tick(Duration.ofMillis(15));

        assertThat(dispatcher.statistics().tracked()).as("2.5 ms of them").isBetween(SessionResumption.LEAST, 26);
    }

    /** What was never seen is asked for again when it is taken up, after what is published now, and is older. */
    @Test
    void shouldLookAtWhatIsPublishedWhileSessionsAreTakenUpBeforeThose() {
        int stored = 3 * SessionResumption.LEAST;
        for (int i = 0; i < stored; i++) {
            store.put(key(i), TrackedSession.startTracking(key(i), Map.of(), START.minusSeconds(3_600 - i)));
        }
        decoding = TimeSlice.LENGTH;
        tracker.init(context);
        SessionKey published = new SessionKey("app", "new");
        ask(new Request.Track(published, Map.of()));
        // The published one is in the store by then.
        for (int i = 0; i < 4; i++) {
            tick(Duration.ofMillis(15));
        }
        dispatcher.start(failure -> {});
        await().until(() -> dispatcher.statistics().answered() == stored + 1);

        assertThat(List.copyOf(looked).indexOf(published)).isLessThan(stored / 10);
    }

    private void ask(Request.OfSession request) {
        tracker.process(new Record<>(request.key(), request, 0));
    }

    @Test
    void shouldCleanInSlicesAndCommitBetween() {
        int old = 2 * SessionCleaning.MOST + 10;
        var ended = START.minus(RETENTION).minusSeconds(1);
        for (int i = 0; i < old; i++) {
            store.put(key(i), new Phase.Tracked(TrackedSession.startTracking(key(i), Map.of(), ended)).stopped(ended));
        }
        store.put(key(old), new Phase.Tracked(TrackedSession.startTracking(key(old), Map.of(), START)).stopped(START));
        tracker.init(context);
        context.resetCommit();

        tick(Duration.ofHours(1));
        assertThat(store.approximateNumEntries()).isEqualTo(old + 1 - SessionCleaning.MOST);
        tick(PacedCommits.IN_PASSING);
        assertThat(context.committed()).isTrue();
        tick(SessionCleaning.PAUSE);
        assertThat(store.approximateNumEntries()).isEqualTo(11);
        tick(SessionCleaning.PAUSE);

        assertThat(store.approximateNumEntries()).isOne();
        assertThat(store.get(key(old))).isNotNull();
        assertThat(context.scheduledPunctuators())
                .filteredOn(punctuator -> punctuator.getInterval().equals(SessionCleaning.PAUSE))
                .allMatch(CapturedPunctuator::cancelled);
    }
}
