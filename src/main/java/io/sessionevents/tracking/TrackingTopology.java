package io.sessionevents.tracking;

import io.sessionevents.calls.CommitWatch;
import io.sessionevents.calls.LookupDispatcher;
import io.sessionevents.session.AlertDetector;
import io.sessionevents.session.LookupSchedule;
import io.sessionevents.session.RecordLimits;
import io.sessionevents.session.SettlementDetector;
import io.sessionevents.session.TimeSource;
import io.sessionevents.session.Topics;
import io.sessionevents.session.TransitionDetector;
import io.sessionevents.session.WaitingInput;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Properties;
import java.util.regex.Pattern;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Branched;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.WallclockTimestampExtractor;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.Stores;

/**
 * The topology as a function; tests call it too.
 *
 * <pre>
 * input ─► read-requests ─┬─► session-requests (repartition) ─► track-sessions ─┬─► state changes ─► output
 *                         │         ▲    ▲                       tracked-sessions │
 *                         │         │    └────────────── sweep-applications       │
 *                         ├─► sweep-requests (repartition) ──► swept-applications │
 *                         ├─► waiting-input (repartition) ─► read-waiting-input   │
 *                         │                                  input-in-waiting│    │
 *                         └─► unreadable ─► dead letters ◄───────────────────┴────┘ lost sessions
 * </pre>
 *
 * <p>Nothing of ours depends on the partitions of the input topic, because it belongs to others: the stage that reads it keeps
 * nothing, and both topics behind it have a number of partitions of their own.
 *
 * <p>Nothing depends on the time of the input records, and a producer may send any, so they are taken as of now: a record
 * from the past would be deleted soon from the topics behind, and one from the future is refused by them.
 */
public final class TrackingTopology {
    public static final String STORE = "tracked-sessions";

    /** Sources are spread over so many tasks of the fleet; fixed once the topic exists. */
    public static final int SWEEP_PARTITIONS = 4;

    static final String WAITING = "input-in-waiting";
    static final String UNREAD = "waiting-input";
    static final String REQUESTS = "session-requests";
    static final String SWEPT = "swept-applications";
    static final String SWEEPS = "sweep-requests";

    private static final Duration DRAIN_INTERVAL = Duration.ofMillis(15);

    private final TrackingSettings tracking;
    private final RecordLimits limits;
    private final Formats formats;
    private final TrackingListener listener;
    private final CommitWatch watch;
    private final TopologySinks sinks;

    private TrackingTopology(
            TrackingSettings tracking,
            RecordLimits limits,
            Formats formats,
            TrackingListener listener,
            CommitWatch watch) {
        this.tracking = tracking;
        this.limits = limits;
        this.formats = formats;
        this.listener = listener;
        this.watch = watch;
        this.sinks = new TopologySinks(tracking.topics(), formats);
    }

    /**
     * Builds the topology.
     *
     * @param limits what the topics take; they may change while it runs
     * @param listener hears of what it does
     * @param settings of Kafka Streams
     */
    public static Topology build(
            TrackingSettings tracking,
            RecordLimits limits,
            Formats formats,
            LookupDispatcher dispatcher,
            TrackingListener listener,
            LookupSchedule schedule,
            InstantSource clock,
            Properties settings) {
        var settlement = new SettlementDetector(tracking.settlement());
        var kept = new KeptSerializer(formats.session().serializer(), limits.internal());
        var steps = new SessionSteps(
                new TransitionDetector(),
                schedule,
                formats.change(),
                settlement,
                new AlertSteps(new AlertDetector(tracking.alerts()), formats.alert(), limits.alerts()),
                kept,
                limits.output());
        var losses = new LossWatch(schedule, new TimeSource(clock, dispatcher.nanoClock()));
        listener.mayAskForLosses(losses::suspicion);
        var settlements = new SettlementSteps(settlement, schedule, formats.usage(), kept, limits.usage());
        var sessions = new Tracking(
                dispatcher, steps, settlements, losses, listener, tracking.retention(), DRAIN_INTERVAL, clock);
        return new TrackingTopology(tracking, limits, formats, listener, dispatcher.commits())
                .build(sessions, settings);
    }

    private Topology build(Tracking sessions, Properties settings) {
        var builder = new StreamsBuilder();
        builder.addStateStore(Stores.keyValueStoreBuilder(store(STORE), formats.key(), formats.session()));
        builder.addStateStore(Stores.keyValueStoreBuilder(store(WAITING), Serdes.Long(), formats.waiting()));
        builder.addStateStore(
                Stores.keyValueStoreBuilder(store(SWEPT), formats.applicationKey(), formats.application()));
        source(builder)
                .process(
                        () -> new RequestReader(formats.decoder(), topics().input(), limits, listener, watch),
                        Named.as("read-requests"))
                .split(Named.as("read-"))
                .branch(
                        (key, out) -> out instanceof Outgoing.DeadLetter,
                        Branched.withConsumer(dead -> sinks.deadLetters(dead, "unreadable"), "unreadable"))
                .branch(
                        (key, out) -> out instanceof Outgoing.ForSession,
                        Branched.withConsumer(accepted -> track(accepted, sessions), "accepted"))
                // In this order, because sub-topologies are numbered in it, and tasks and their directories after them.
                .branch((key, out) -> out instanceof Outgoing.Unread, Branched.withConsumer(this::await, "unread"))
                .branch(
                        (key, out) -> out instanceof Outgoing.ForApplication,
                        Branched.withConsumer(accepted -> sweep(accepted, sessions), "applications"));
        return builder.build(settings);
    }

    private Topics topics() {
        return tracking.topics();
    }

    /**
     * By pattern, because a topic that is subscribed to by name and deleted ends every StreamThread of the fleet; one that a
     * pattern matches no more is read no more, until it is there again.
     */
    private KStream<byte[], byte[]> source(StreamsBuilder builder) {
        var consumed = Consumed.with(Serdes.ByteArray(), Serdes.ByteArray())
                .withTimestampExtractor(new WallclockTimestampExtractor())
                .withName("session-ids");
        return builder.stream(Pattern.compile(topics().input().replace(".", "\\.")), consumed);
    }

    /** In the order in which they come from each partition of the input topic. */
    private void await(KStream<byte[], Outgoing> unread) {
        unread.map(
                        (key, out) -> {
                            WaitingInput waiting = ((Outgoing.Unread) out).waiting();
                            return KeyValue.pair(waiting.input().partition(), waiting);
                        },
                        Named.as("by-input-partition"))
                .repartition(Repartitioned.with(Serdes.Integer(), formats.waiting())
                        .withName(UNREAD)
                        .withNumberOfPartitions(tracking.partitions()))
                .process(
                        () -> new WaitingInputReader(
                                formats.decoder(),
                                tracking.schemaPatience(),
                                topics().input(),
                                limits.deadLetter(),
                                listener,
                                watch),
                        Named.as("read-waiting-input"),
                        WAITING)
                .split(Named.as("waited-"))
                .branch(
                        (key, out) -> out instanceof Outgoing.DeadLetter,
                        Branched.withConsumer(dead -> sinks.deadLetters(dead, "given-up"), "given-up"))
                .branch(
                        (key, out) -> out instanceof Outgoing.ForSession,
                        Branched.withConsumer(accepted -> sinks.request(accepted, "waited"), "accepted"))
                .branch(
                        (key, out) -> out instanceof Outgoing.ForApplication,
                        Branched.withConsumer(accepted -> sinks.requestSweeps(accepted, "waited"), "applications"));
    }

    private void sweep(KStream<byte[], Outgoing> accepted, Tracking sessions) {
        TopologySinks.bySource(accepted, "by-source")
                .repartition(Repartitioned.with(Serdes.String(), formats.applicationRequest())
                        .withName(SWEEPS)
                        .withNumberOfPartitions(SWEEP_PARTITIONS))
                .process(
                        () -> new ApplicationSweeper(sessions.dispatcher().sweeps(), listener, sessions.clock(), watch),
                        Named.as("sweep-applications"),
                        SWEPT)
                .split(Named.as("swept-"))
                .branch(
                        (key, out) -> out instanceof Outgoing.ForSession,
                        Branched.withConsumer(found -> sinks.request(found, "swept"), "sessions"))
                .branch(
                        (key, out) -> out instanceof Outgoing.DeadLetter,
                        Branched.withConsumer(dead -> sinks.deadLetters(dead, "unlisted"), "unlisted"));
    }

    private void track(KStream<byte[], Outgoing> accepted, Tracking sessions) {
        TopologySinks.bySession(accepted, "by-session")
                .repartition(Repartitioned.with(formats.key(), formats.request())
                        .withName(REQUESTS)
                        .withNumberOfPartitions(tracking.partitions()))
                .process(() -> new SessionTracker(sessions), Named.as("track-sessions"), STORE)
                .split(Named.as("tracked-"))
                .branch((key, out) -> out instanceof Outgoing.Change, Branched.withConsumer(sinks::changes, "changes"))
                .branch((key, out) -> out instanceof Outgoing.Usage, Branched.withConsumer(sinks::usage, "usage"))
                .branch((key, out) -> out instanceof Outgoing.Alert, Branched.withConsumer(sinks::alerts, "alerts"))
                .branch(
                        (key, out) -> out instanceof Outgoing.DeadLetter,
                        Branched.withConsumer(dead -> sinks.deadLetters(dead, "lost"), "lost"))
                .branch(
                        (key, out) -> out instanceof Outgoing.ForApplication,
                        Branched.withConsumer(some -> sinks.requestSweeps(some, "tracked"), "applications"));
    }

    private KeyValueBytesStoreSupplier store(String name) {
        return tracking.persistent() ? Stores.persistentKeyValueStore(name) : Stores.inMemoryKeyValueStore(name);
    }
}
