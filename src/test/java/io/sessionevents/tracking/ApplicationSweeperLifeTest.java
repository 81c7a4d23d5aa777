package io.sessionevents.tracking;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.calls.CallBudget;
import io.sessionevents.calls.LookupDispatcher;
import io.sessionevents.calls.LookupLimits;
import io.sessionevents.calls.LookupListener;
import io.sessionevents.calls.LookupSource;
import io.sessionevents.calls.SweepLimits;
import io.sessionevents.calls.SweepSource;
import io.sessionevents.session.ApplicationKey;
import io.sessionevents.session.ApplicationListing;
import io.sessionevents.session.Discovery;
import io.sessionevents.session.Listing;
import io.sessionevents.session.Lookup;
import io.sessionevents.session.Request;
import io.sessionevents.session.SessionSummary;
import io.sessionevents.session.Source;
import io.sessionevents.session.SweptApplication;
import java.io.File;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedPunctuator;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kafka Streams revives a task with the same processor: closed, and opened again. */
class ApplicationSweeperLifeTest {
    private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");
    private static final ApplicationKey APP = new ApplicationKey(Source.DEFAULT, "app");
    private static final Request.TrackApplication TRACK = new Request.TrackApplication(APP, Map.of());

    private final LookupDispatcher dispatcher = new LookupDispatcher(
            List.of(new LookupSource(
                    Source.DEFAULT,
                    (key, permit) -> new Lookup.NotFound(),
                    new CallBudget(System::nanoTime),
                    new LookupLimits(10, 1, 8),
                    LookupListener.NONE)),
            List.of(new SweepSource(
                    Source.DEFAULT,
                    (query, permit) -> {
                        permit.use();
                        return new Listing.Page(
                                List.of(new SessionSummary(APP.session("one"), "IDLE", "arn", NOON, NOON)), 0, null);
                    },
                    new CallBudget(System::nanoTime),
                    (query, permit) -> new ApplicationListing.Page(List.of(), 0, null),
                    new CallBudget(System::nanoTime),
                    new SweepLimits(100, 0, Duration.ofMinutes(10), Duration.ofMinutes(5), Duration.ofMinutes(15)),
                    Discovery.NONE)),
            System::nanoTime,
            () -> NOON);
    private final KeyValueStore<ApplicationKey, SweptApplication> store = Stores.keyValueStoreBuilder(
                    Stores.inMemoryKeyValueStore(TrackingTopology.SWEPT),
                    Serdes.serdeFrom(
                            (topic, key) -> key.toString().getBytes(UTF_8),
                            (topic, bytes) -> ApplicationKey.parse(new String(bytes, UTF_8))),
                    TextSerdes.objects(SweptApplication.class))
            .withLoggingDisabled()
            .build();
    private final ApplicationSweeper sweeper =
            new ApplicationSweeper(dispatcher.sweeps(), TrackingListener.NONE, () -> NOON, dispatcher.commits());
    private MockProcessorContext<String, Outgoing> context = new MockProcessorContext<>(new Properties());

    @BeforeEach
    void openStore(@TempDir File directory) {
        var task = new TaskId(2, ApplicationSweeper.partition(Source.DEFAULT));
        context = new MockProcessorContext<>(new Properties(), task, directory);
        store.init(context.getStateStoreContext(), store);
        context.addStateStore(store);
    }

    /** A transaction that was aborted took the discoveries with it that this process remembers. */
    @Test
    void shouldTellAgainOfWhatItHasSeenWhenItIsOpenedAgain() {
        sweeper.init(context);
        sweeper.process(new Record<>(Source.DEFAULT, TRACK, 0));
        awaitDiscovery();
        context.resetForwards();

        sweeper.init(context);

        awaitDiscovery();
        sweeper.close();
        assertThat(context.scheduledPunctuators()).isNotEmpty().allMatch(CapturedPunctuator::cancelled);
        assertThat(dispatcher.sweeps().statistics()).isEmpty();
    }

    /** Nothing that is in an internal topic ends the StreamThread again and again. */
    @Test
    void shouldBearARecordWithoutAValue() {
        sweeper.init(context);
        sweeper.process(noValue(Source.DEFAULT));
        sweeper.process(noValue("other"));

        assertThat(context.forwarded()).isEmpty();
    }

    @SuppressWarnings("NullAway") // a record may have none
    private static Record<String, Request.OfApplication> noValue(String source) {
        return new Record<>(source, null, 0);
    }

    private void awaitDiscovery() {
        Awaitility.await().until(() -> {
            context.scheduledPunctuators().stream()
                    .filter(timer -> !timer.cancelled())
                    .toList()
                    .forEach(timer -> timer.getPunctuator().punctuate(0));
            return context.forwarded().stream()
                    .anyMatch(out -> out.record().value() instanceof Outgoing.ForSession(Request.Discover _));
        });
    }
}
