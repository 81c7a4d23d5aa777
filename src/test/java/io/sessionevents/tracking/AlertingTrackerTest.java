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
import io.sessionevents.session.AlertKind;
import io.sessionevents.session.AlertSample;
import io.sessionevents.session.AlertState;
import io.sessionevents.session.AlertThresholds;
import io.sessionevents.session.Lookup;
import io.sessionevents.session.LookupSchedule;
import io.sessionevents.session.Moment;
import io.sessionevents.session.RecordLimits;
import io.sessionevents.session.Request;
import io.sessionevents.session.Session;
import io.sessionevents.session.SessionAlert;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.SessionSample;
import io.sessionevents.session.SettlementPlan;
import io.sessionevents.session.Source;
import io.sessionevents.session.Topics;
import io.sessionevents.session.TrackedSession;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
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

/** Alerts in the topology, in Kafka's own test driver. */
class AlertingTrackerTest {
    private static final TrackingSettings SETTINGS = new TrackingSettings(
            new Topics("in", "out", "usage", "alerts", true, "dlq"),
            1,
            StateStore.IN_MEMORY,
            Duration.ofDays(7),
            Duration.ofMinutes(1),
            SettlementPlan.USUAL,
            new AlertThresholds(Duration.ofMinutes(1), null, null, 10.0));

    private final AtomicReference<Lookup> aws = new AtomicReference<>(new Lookup.NotFound());
    private final LookupDispatcher dispatcher = new LookupDispatcher(
            (key, permit) -> aws.get(),
            new CallBudget(System::nanoTime),
            new LookupLimits(10_000, 1, 8),
            System::nanoTime,
            InstantSource.system());
    private final List<SessionAlert> told = new ArrayList<>();

    @TempDir
    private Path stateDirectory;

    private TopologyTestDriver driver;
    private TestInputTopic<byte[], byte[]> input;
    private TestOutputTopic<SessionKey, SessionAlert> alerts;
    private TestOutputTopic<byte[], byte[]> deadLetters;

    @BeforeEach
    void start() {
        dispatcher.start(failure -> fail(failure));
        var settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        settings.put(StreamsConfig.STATE_DIR_CONFIG, stateDirectory.toString());
        settings.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        driver = new TopologyTestDriver(
                TrackingTopology.build(
                        SETTINGS,
                        RecordLimits.unknown(),
                        TextSerdes.formats(AlertingTrackerTest::decode),
                        dispatcher,
                        TrackingListener.NONE,
                        new LookupSchedule(Duration.ofMillis(5)),
                        InstantSource.system(),
                        settings),
                settings);
        input = driver.createInputTopic("in", new ByteArraySerializer(), new ByteArraySerializer());
        alerts = driver.createOutputTopic(
                "alerts",
                TextSerdes.keys().deserializer(),
                TextSerdes.objects(SessionAlert.class).deserializer());
        deadLetters = driver.createOutputTopic("dlq", new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @AfterEach
    void stop() {
        driver.close();
        dispatcher.close();
    }

    @Test
    void shouldTellEachCrossingOnceAndCountWhatIsRaised() {
        find(SessionSample.in("IDLE").idleSince(START));
        publish();
        awaitAlerts(1);
        assertThat(raised()).isEqualTo(1);
        find(SessionSample.in("BUSY").updatedAt(START.plusSeconds(1)).billed(billed(12)));
        awaitAlerts(3);
        find(SessionSample.in("TERMINATED")
                .updatedAt(START.plusSeconds(2))
                .endedAt(Instant.now())
                .billed(billed(13)));
        awaitAlerts(4);

        assertThat(told)
                .extracting(alert -> alert.kind() + " " + alert.status())
                .containsExactly(
                        "IDLE RAISED", "IDLE CLEARED", "BILLED_VCPU_HOURS RAISED", "BILLED_VCPU_HOURS CLEARED");
        assertThat(raised()).isZero();
    }

    @Test
    void shouldClearAtATombstone() {
        find(SessionSample.in("IDLE").idleSince(START));
        publish();
        awaitAlerts(1);

        input.pipeInput(new TestRecord<>(KEY.toString().getBytes(UTF_8), null));
        awaitAlerts(2);

        assertThat(requireNonNull(told.getLast().over()).why()).isEqualTo(SessionAlert.ClearReason.NOT_TRACKED);
        assertThat(kept().alerts().raised()).isEmpty();
        assertThat(raised()).isZero();
    }

    /** AWS rejects its identifiers: given up at once where it was never found, whatever looks are still on their way. */
    @Test
    void shouldClearWhenTheSessionIsGivenUp() {
        find(SessionSample.in("IDLE").idleSince(START));
        publish();
        awaitAlerts(1);
        aws.set(new Lookup.Refused(Lookup.Refusal.VALIDATION, "no such identifier"));

        await().until(() -> {
            TrackedSession kept = kept();
            if (kept.tracked()) {
                store().put(KEY, unseen(kept));
            }
            advance();
            return told.size() >= 2;
        });

        assertThat(requireNonNull(told.getLast().over()).why()).isEqualTo(SessionAlert.ClearReason.NOT_TRACKED);
        assertThat(kept().tracked()).isFalse();
        assertThat(deadLetters.readRecordsToList()).hasSize(1);
    }

    /** Nobody looks at it any more, so no look clears it. */
    @Test
    void shouldClearWhatIsRaisedOfASourceThatWasTakenAway() {
        var gone = new SessionKey("gone", KEY.applicationId(), KEY.sessionId());
        SessionAlert raised = AlertSample.raised(gone, null, Map.of());
        var crossing = new AlertState.Crossing(2, raised.raisedAt(), raised.beganAt(), raised.threshold());
        store().put(
                        gone,
                        TrackedSession.startTracking(gone, Map.of(), START)
                                .withAlerts(new AlertState(Map.of(AlertKind.IDLE, crossing), raised.identity())));

        awaitAlerts(1);
        advance();

        assertThat(told).singleElement().satisfies(alert -> {
            assertThat(alert.key()).isEqualTo(gone);
            assertThat(alert.crossing()).isEqualTo(2);
            assertThat(requireNonNull(alert.over()).why()).isEqualTo(SessionAlert.ClearReason.NOT_TRACKED);
        });
        assertThat(requireNonNull(store().get(gone)).alerts().raised()).isEmpty();
    }

    private static TrackedSession unseen(TrackedSession kept) {
        return new TrackedSession(
                KEY,
                Map.of(),
                kept.origin(),
                kept.trackedAt(),
                null,
                false,
                kept.sequence(),
                null,
                null,
                kept.alerts());
    }

    private void find(SessionSample session) {
        Instant now = Instant.now();
        aws.set(new Lookup.Found(session.session(), new Moment(now, System.nanoTime())));
    }

    private static Session.ResourceUtilization billed(double vCPUHours) {
        return Session.ResourceUtilization.of(vCPUHours, null, null);
    }

    private void publish() {
        input.pipeInput(KEY.toString().getBytes(UTF_8));
    }

    private void awaitAlerts(int count) {
        await().until(() -> {
            advance();
            return told.size() >= count;
        });
    }

    private void advance() {
        driver.advanceWallClockTime(Duration.ofMillis(15));
        told.addAll(alerts.readValuesToList());
    }

    private int raised() {
        return requireNonNull(dispatcher.statistics().sources().get(Source.DEFAULT)).raised().values().stream()
                .mapToInt(Integer::intValue)
                .sum();
    }

    private TrackedSession kept() {
        return requireNonNull(store().get(KEY));
    }

    private KeyValueStore<SessionKey, TrackedSession> store() {
        return driver.getKeyValueStore(TrackingTopology.STORE);
    }

    private static Request decode(String topic, byte @Nullable [] key, byte @Nullable [] value, Object headers) {
        return value == null
                ? new Request.Stop(SessionKey.parse(new String(requireNonNull(key), UTF_8)))
                : new Request.Track(SessionKey.parse(new String(value, UTF_8)), Map.of());
    }
}
