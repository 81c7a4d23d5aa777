package io.sessionevents.tracking;

import static io.sessionevents.session.SessionSample.KEY;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;

import io.sessionevents.calls.CallBudget;
import io.sessionevents.calls.LookupDispatcher;
import io.sessionevents.calls.LookupLimits;
import io.sessionevents.session.AlertThresholds;
import io.sessionevents.session.Amount;
import io.sessionevents.session.Lookup;
import io.sessionevents.session.LookupSchedule;
import io.sessionevents.session.Moment;
import io.sessionevents.session.Phase;
import io.sessionevents.session.RecordLimits;
import io.sessionevents.session.Request;
import io.sessionevents.session.Session;
import io.sessionevents.session.Session.ResourceUtilization;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.SessionSample;
import io.sessionevents.session.SettlementPlan;
import io.sessionevents.session.Topics;
import io.sessionevents.session.TrackedSession;
import io.sessionevents.session.UsageRecord;
import io.sessionevents.session.UsageSample;
import io.sessionevents.session.UsageStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
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

/** From the end of a session to its usage, in Kafka's own test driver with time compressed. */
class SettlingTrackerTest {
    private static final SettlementPlan PLAN = new SettlementPlan(
            List.of(Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(500), Duration.ofSeconds(2)),
            Duration.ofMillis(60));
    private static final Duration RETENTION = Duration.ofMillis(1);

    private final AtomicReference<Session> aws =
            new AtomicReference<>(SessionSample.in("IDLE").session());
    private final LookupDispatcher dispatcher = new LookupDispatcher(
            (key, permit) -> new Lookup.Found(aws.get(), new Moment(Instant.now(), System.nanoTime())),
            new CallBudget(System::nanoTime),
            new LookupLimits(10_000, 1, 8),
            System::nanoTime,
            InstantSource.system());
    private final List<UsageRecord> records = new ArrayList<>();

    @TempDir
    private Path stateDirectory;

    private TopologyTestDriver driver;
    private TestInputTopic<byte[], byte[]> input;
    private TestOutputTopic<SessionKey, UsageRecord> usage;

    @BeforeEach
    void start() {
        dispatcher.start(failure -> fail(failure));
        var settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        settings.put(StreamsConfig.STATE_DIR_CONFIG, stateDirectory.toString());
        settings.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        driver = new TopologyTestDriver(
                TrackingTopology.build(
                        new TrackingSettings(
                                new Topics("in", "out", "usage", "alerts", false, "dlq"),
                                1,
                                StateStore.IN_MEMORY,
                                RETENTION,
                                Duration.ofMinutes(1),
                                PLAN,
                                AlertThresholds.NONE),
                        RecordLimits.unknown(),
                        TextSerdes.formats(SettlingTrackerTest::decode),
                        dispatcher,
                        TrackingListener.NONE,
                        new LookupSchedule(Duration.ofMillis(5)),
                        InstantSource.system(),
                        settings),
                settings);
        input = driver.createInputTopic("in", new ByteArraySerializer(), new ByteArraySerializer());
        usage = driver.createOutputTopic(
                "usage",
                TextSerdes.keys().deserializer(),
                TextSerdes.objects(UsageRecord.class).deserializer());
    }

    @AfterEach
    void stop() {
        driver.close();
        dispatcher.close();
    }

    @Test
    void shouldTellUsageOnceAndACorrectionAndThenLookNoMore() {
        billed("0.1");
        publish();
        awaitRecords(1);
        billed("0.3");
        awaitRecords(2);
        await().until(() -> {
            advance();
            return kept().phase() instanceof Phase.Closed;
        });

        assertThat(records).extracting(UsageRecord::status).containsExactly(UsageStatus.SETTLED, UsageStatus.CORRECTED);
        assertThat(records)
                .extracting(record -> requireNonNull(record.billedDelta()).vCPU())
                .containsExactly(Amount.parse("0.1"), Amount.parse("0.2"));
        assertThat(dispatcher.statistics().sources())
                .allSatisfy((name, source) -> assertThat(source.settling()).isZero());
    }

    @Test
    void shouldSettleASessionThatIsStoppedOrPublishedAgainMeanwhile() {
        billed("1");
        publish();
        await().until(() -> {
            advance();
            return store().get(KEY) != null && kept().phase() instanceof Phase.Settling;
        });
        input.pipeInput(new TestRecord<>(KEY.toString().getBytes(UTF_8), null));
        publish();

        awaitRecords(1);

        assertThat(records.getFirst().status()).isEqualTo(UsageStatus.SETTLED);
    }

    /** However short the retention, what is not told yet is not forgotten. */
    @Test
    void shouldForgetNoSessionThatIsSettling() {
        billed("1");
        publish();
        await().until(() -> {
            advance();
            return store().get(KEY) != null && kept().settling();
        });

        driver.advanceWallClockTime(Duration.ofHours(1));
        awaitRecords(1);
        await().until(() -> {
            driver.advanceWallClockTime(Duration.ofHours(1));
            return store().get(KEY) == null;
        });

        assertThat(records).hasSize(1);
    }

    @Test
    void shouldLookAgainAtUsageThatWasNeverToldWhenPublishedAgain() {
        billed("1");
        publish();
        await().until(() -> {
            advance();
            return store().get(KEY) != null && kept().settling();
        });
        store().put(KEY, UsageSample.closed(kept()));

        publish();

        awaitRecords(1);
    }

    private void billed(String vCPU) {
        Instant end = Instant.now();
        aws.set(SessionSample.in("TERMINATED")
                .updatedAt(end)
                .endedAt(end)
                .billed(new ResourceUtilization(Amount.parse(vCPU), null, null))
                .session());
    }

    private void publish() {
        input.pipeInput(KEY.toString().getBytes(UTF_8));
    }

    private void awaitRecords(int count) {
        await().until(() -> {
            advance();
            return records.size() >= count;
        });
    }

    private void advance() {
        driver.advanceWallClockTime(Duration.ofMillis(15));
        records.addAll(usage.readValuesToList());
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
