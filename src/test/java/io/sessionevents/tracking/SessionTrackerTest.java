package io.sessionevents.tracking;

import static io.sessionevents.session.SessionSample.KEY;
import static io.sessionevents.session.SessionSample.START;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;

import io.sessionevents.calls.CallBudget;
import io.sessionevents.calls.LookupDispatcher;
import io.sessionevents.calls.LookupLimits;
import io.sessionevents.session.AlertThresholds;
import io.sessionevents.session.DeadLetterReason;
import io.sessionevents.session.Lookup;
import io.sessionevents.session.LookupSchedule;
import io.sessionevents.session.Phase;
import io.sessionevents.session.RecordLimits;
import io.sessionevents.session.Request;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.SessionSample;
import io.sessionevents.session.SessionState;
import io.sessionevents.session.SettlementPlan;
import io.sessionevents.session.Sighting;
import io.sessionevents.session.StateChange;
import io.sessionevents.session.Topics;
import io.sessionevents.session.TrackedSession;
import io.sessionevents.session.UsageSample;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The topology in Kafka's own test driver, with a fake AWS behind the real dispatcher. */
class SessionTrackerTest {
    private static final Duration RETENTION = Duration.ofDays(7);

    /** What a sweep has found, as this test's input says it. */
    private static final String LISTED = "listed ";

    private static final Map<String, String> OF_APPLICATION = Map.of("team", "blue");
    private static final TrackingSettings SETTINGS = new TrackingSettings(
            new Topics("in", "out", "usage", "alerts", false, "dlq"),
            1,
            StateStore.IN_MEMORY,
            RETENTION,
            Duration.ofMinutes(1),
            SettlementPlan.USUAL,
            AlertThresholds.NONE);

    private final Map<SessionKey, Lookup> aws = new ConcurrentHashMap<>();
    private final AtomicInteger calls = new AtomicInteger();
    private final List<StateChange> changes = new ArrayList<>();
    private final HeardTracking heard = new HeardTracking();

    @TempDir
    private Path stateDirectory;

    private @Nullable LookupDispatcher dispatcher;
    private @Nullable TopologyTestDriver driver;
    private TestInputTopic<byte[], byte[]> input;
    private TestOutputTopic<SessionKey, StateChange> output;
    private TestOutputTopic<byte[], byte[]> deadLetters;

    @BeforeEach
    void start() {
        var budget = new CallBudget(System::nanoTime);
        dispatcher = new LookupDispatcher(
                (key, permit) -> {
                    calls.incrementAndGet();
                    return aws.getOrDefault(key, new Lookup.NotFound());
                },
                budget,
                new LookupLimits(10_000, 1, 8),
                System::nanoTime,
                () -> START.plusSeconds(calls.get()),
                heard);
        dispatcher.start(failure -> fail(failure));
        var settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        settings.put(StreamsConfig.STATE_DIR_CONFIG, stateDirectory.toString());
        settings.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        var topology = TrackingTopology.build(
                SETTINGS,
                RecordLimits.unknown(),
                TextSerdes.formats(SessionTrackerTest::decode),
                dispatcher,
                heard,
                new LookupSchedule(Duration.ofMillis(5)),
                () -> START,
                settings);
        driver = new TopologyTestDriver(topology, settings, START);
        input = driver.createInputTopic("in", new ByteArraySerializer(), new ByteArraySerializer());
        output = driver.createOutputTopic(
                "out",
                TextSerdes.keys().deserializer(),
                TextSerdes.objects(StateChange.class).deserializer());
        deadLetters = driver.createOutputTopic("dlq", new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @AfterEach
    void stop() {
        closeTasks();
        dispatcher().close();
    }

    @Test
    void shouldReportOnePublishedSessionFromItsFirstSightToItsEnd() {
        answer("SUBMITTED");
        publish(KEY.toString());

        awaitChanges(1);
        answer("IDLE");
        awaitChanges(2);
        answer("TERMINATED");
        awaitChanges(3);

        assertThat(changes)
                .extracting(change -> change.session().state())
                .containsExactly("SUBMITTED", "IDLE", "TERMINATED");
        assertThat(changes).extracting(StateChange::sequence).containsExactly(1L, 2L, 3L);
        assertThat(changes)
                .extracting(StateChange::previousState)
                .containsExactly(null, SessionState.SUBMITTED, SessionState.IDLE);
    }

    @Test
    void shouldCarryNoHeaderOfTheInputInAnEvent() {
        answer("IDLE");
        input.pipeInput(new TestRecord<>(
                null,
                KEY.toString().getBytes(UTF_8),
                new RecordHeaders().add("ce_id", "of the publisher".getBytes(UTF_8))));
        await().until(() -> {
            driver().advanceWallClockTime(Duration.ofMillis(15));
            return !output.isEmpty();
        });

        assertThat(output.readRecord().headers()).isEmpty();
    }

    @Test
    void shouldCountTrackedSessionsByStateAndTellOfWhatItDoes() {
        publish(KEY.toString());
        assertThat(dispatcher().statistics().tracked(null)).isOne();
        answer("SUBMITTED");
        awaitChanges(1);
        assertThat(dispatcher().statistics().tracked(null)).isZero();
        assertThat(dispatcher().statistics().tracked(SessionState.SUBMITTED)).isOne();
        answer("IDLE");
        awaitChanges(2);
        input.pipeInput(new TestRecord<>(KEY.toString().getBytes(UTF_8), null));
        assertThat(dispatcher().statistics().tracked(SessionState.IDLE)).isZero();
        publish(KEY.toString());
        assertThat(dispatcher().statistics().tracked(SessionState.IDLE)).isOne();

        closeTasks();

        assertThat(dispatcher().statistics().tracked(SessionState.IDLE)).isZero();
        assertThat(heard.changes).isEqualTo(changes);
        assertThat(heard.lookups).hasAtLeastOneElementOfType(Lookup.Found.class);
        assertThat(heard.inputs)
                .containsExactly(
                        TrackingListener.Input.TRACK, TrackingListener.Input.STOP, TrackingListener.Input.TRACK);
    }

    @Test
    void shouldLookNoMoreAfterTheEnd() {
        answer("FAILED");
        publish(KEY.toString());
        awaitChanges(1);

        publish(KEY.toString());
        settle();

        assertThat(dispatcher().statistics().tracked()).isZero();
        assertThat(changes).hasSize(1);
    }

    @Test
    void shouldReportNothingWhileNothingChanges() {
        answer("IDLE");
        publish(KEY.toString());
        awaitChanges(1);

        int before = calls.get();
        await().until(() -> {
            settle();
            return calls.get() > before + 20;
        });

        assertThat(changes).hasSize(1);
    }

    @Test
    void shouldStopAtATombstoneAndGoOnWithTheSequenceWhenPublishedAgain() {
        answer("IDLE");
        publish(KEY.toString());
        awaitChanges(1);

        input.pipeInput(new TestRecord<>(KEY.toString().getBytes(UTF_8), null));
        assertThat(dispatcher().statistics().tracked()).isZero();
        answer("BUSY");
        settle();
        assertThat(changes).hasSize(1);

        publish(KEY.toString());
        awaitChanges(2);
        assertThat(changes.getLast().sequence()).isEqualTo(2);
    }

    @Test
    void shouldDeadLetterWhatItCannotReadWithItsBytesAndAReason() {
        input.pipeInput("k".getBytes(UTF_8), "nonsense".getBytes(UTF_8));

        var letter = deadLetters.readRecord();
        assertThat(letter.key()).asString(UTF_8).isEqualTo("k");
        assertThat(letter.value()).asString(UTF_8).isEqualTo("nonsense");
        assertThat(letter.headers().lastHeader("session-events.reason").value())
                .asString(UTF_8)
                .isEqualTo("session-rejected");
        assertThat(letter.headers().lastHeader("__streams.errors.topic").value())
                .asString(UTF_8)
                .isEqualTo("in");
        assertThat(letter.headers().lastHeader("__streams.errors.offset").value())
                .asString(UTF_8)
                .isEqualTo("0");
    }

    @Test
    void shouldDeadLetterASessionThatAwsRejectsAndGoOnWithTheOthers() {
        SessionKey rejected = new SessionKey("app", "bad");
        aws.put(rejected, new Lookup.Refused(Lookup.Refusal.VALIDATION, "no"));
        answer("IDLE");

        publish(rejected.toString());
        publish(KEY.toString());
        awaitChanges(1);
        await().until(() -> {
            settle();
            return !deadLetters.isEmpty();
        });

        assertThat(deadLetters.readRecord().value()).asString(UTF_8).isEqualTo("app/bad");
        assertThat(heard.deadLetters).containsExactly(DeadLetterReason.SESSION_REJECTED);
    }

    @Test
    void shouldGiveUpNoneOfManyThatAwsRejectsAtOnceUntilItShowsASession() {
        int many = 30;
        for (int i = 0; i < many; i++) {
            SessionKey rejected = new SessionKey("app", "bad" + i);
            aws.put(rejected, new Lookup.Refused(Lookup.Refusal.VALIDATION, "no"));
            publish(rejected.toString());
        }
        await().until(() -> {
            settle();
            return calls.get() > 2 * many;
        });
        assertThat(heard.deadLetters).hasSizeLessThan(5);
        assertThat(heard.massLoss()).contains("none is given up");

        answer("IDLE");
        publish(KEY.toString());
        await().until(() -> {
            settle();
            return heard.deadLetters.size() == many;
        });

        assertThat(heard.massLoss()).isNull();
    }

    @Test
    void shouldForgetAnEndedSessionAfterItsRetention() {
        answer("TERMINATED");
        publish(KEY.toString());
        awaitChanges(1);

        store().put(
                        KEY,
                        new Phase.Tracked(UsageSample.closed(store().get(KEY)))
                                .stopped(START.minus(RETENTION).minusSeconds(1)));
        driver().advanceWallClockTime(Duration.ofHours(1));

        assertThat(store().get(KEY)).isNull();
    }

    @Test
    void shouldTrackWhatWasGivenUpAgainWhenAListingShowsIt() {
        store().put(KEY, new Phase.Tracked(TrackedSession.startTracking(KEY, Map.of(), START)).givenUp(START));
        answer("IDLE");

        publish(LISTED + KEY);

        awaitChanges(1);
        assertThat(changes.getFirst().labels()).isEqualTo(OF_APPLICATION);
        assertThat(store().get(KEY)).returns(false, TrackedSession::givenUp);
    }

    @Test
    void shouldNotTrackAgainWhatATombstoneStopped() {
        store().put(KEY, new Phase.Tracked(TrackedSession.startTracking(KEY, Map.of(), START)).stopped(START));
        answer("IDLE");

        publish(LISTED + KEY);
        settle();

        assertThat(dispatcher().statistics().tracked()).isZero();
        assertThat(changes).isEmpty();
    }

    @Test
    void shouldNotTrackAgainWhatATombstoneStoppedAfterItWasGivenUp() {
        store().put(KEY, new Phase.Tracked(TrackedSession.startTracking(KEY, Map.of(), START)).givenUp(START));
        answer("IDLE");

        input.pipeInput(new TestRecord<>(KEY.toString().getBytes(UTF_8), null));
        publish(LISTED + KEY);
        settle();

        assertThat(dispatcher().statistics().tracked()).isZero();
        assertThat(store().get(KEY)).returns(false, TrackedSession::givenUp);
    }

    /** Whichever comes first. */
    @Test
    void shouldCarryTheLabelsOfItsApplicationWhereItsOwnPublisherGaveNone() {
        publish(KEY.toString());
        publish(LISTED + KEY);
        publish(KEY.toString());

        answer("IDLE");

        awaitChanges(1);
        assertThat(changes.getFirst().labels()).isEqualTo(OF_APPLICATION);
    }

    private KeyValueStore<SessionKey, TrackedSession> store() {
        return driver().getKeyValueStore(TrackingTopology.STORE);
    }

    private void closeTasks() {
        if (driver != null) {
            driver.close();
            driver = null;
        }
    }

    private void answer(String state) {
        aws.put(KEY, SessionSample.in(state).found());
    }

    private void publish(String text) {
        input.pipeInput(text.getBytes(UTF_8));
    }

    private void awaitChanges(int count) {
        await().untilAsserted(() -> {
            settle();
            assertThat(changes).hasSizeGreaterThanOrEqualTo(count);
        });
    }

    private void settle() {
        driver().advanceWallClockTime(Duration.ofMillis(15));
        changes.addAll(output.readValuesToList());
    }

    private static Request decode(String topic, byte @Nullable [] key, byte @Nullable [] value, Object headers) {
        if (value == null) {
            return new Request.Stop(SessionKey.parse(new String(requireNonNull(key), UTF_8)));
        }
        try {
            String text = new String(value, UTF_8);
            if (text.startsWith(LISTED)) {
                var listed = SessionKey.parse(text.substring(LISTED.length()));
                return new Request.Discover(listed, OF_APPLICATION, new Sighting("IDLE", START));
            }
            return new Request.Track(SessionKey.parse(text), Map.of());
        } catch (IllegalArgumentException e) {
            return new Request.Unreadable(DeadLetterReason.SESSION_REJECTED, String.valueOf(e.getMessage()));
        }
    }

    private TopologyTestDriver driver() {
        return requireNonNull(driver);
    }

    private LookupDispatcher dispatcher() {
        return requireNonNull(dispatcher);
    }
}
