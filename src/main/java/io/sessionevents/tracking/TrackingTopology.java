package io.sessionevents.tracking;

import io.sessionevents.session.InputRecord;
import io.sessionevents.session.LookupSchedule;
import io.sessionevents.session.Request;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.TrackedSession;
import io.sessionevents.session.TransitionDetector;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Branched;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.WallclockTimestampExtractor;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.Stores;

/**
 * The topology as a function; tests call it too.
 *
 * <pre>
 * input ─► read-requests ─┬─► session-requests (repartition) ─► track-sessions ─┬─► state changes ─► output
 *                waiting-input                                   tracked-sessions │
 *                         │                                                       │
 *                         └─► unreadable ─► dead letters ◄─ lost sessions ◄───────┘
 * </pre>
 *
 * <p>Nothing depends on the time of the input records, and a producer may send any, so they are taken as of now: a record
 * from the past would be deleted soon from the topics behind, and one from the future is refused by them.
 */
public final class TrackingTopology {
    public static final String STORE = "tracked-sessions";
    public static final String WAITING = "waiting-input";
    public static final String REQUESTS = "session-requests";

    private TrackingTopology() {}

    /**
     * The topics and what concerns them.
     *
     * @param partitions partitions of the repartition topic
     */
    public record Topics(String input, String output, String deadLetter, int partitions) {}

    /** What the public topics take. */
    public record Limits(RecordLimit output, RecordLimit deadLetter) {
        /** Kafka's own defaults, for want of better knowledge. */
        public static Limits unknown() {
            return new Limits(new RecordLimit(RecordLimit.KAFKA_DEFAULT), new RecordLimit(RecordLimit.KAFKA_DEFAULT));
        }
    }

    /** The formats; requests and sessions are internal, changes are public. */
    public record Formats(
            RequestDecoder decoder,
            Serde<SessionKey> key,
            Serde<Request> request,
            Serde<TrackedSession> session,
            Serde<InputRecord> waiting,
            ChangeEncoder change) {}

    /**
     * How sessions are kept.
     *
     * @param persistent whether the store lies on disk
     * @param retention how long an ended or stopped session is remembered
     * @param drainInterval how often results of lookups are taken in
     */
    public record Keeping(boolean persistent, Duration retention, Duration drainInterval) {}

    /** Builds the topology. */
    public static Topology build(
            Topics topics,
            Limits limits,
            Formats formats,
            Keeping keeping,
            LookupDispatcher dispatcher,
            LookupSchedule schedule,
            InstantSource clock,
            Properties settings) {
        var steps = new SessionSteps(
                new TransitionDetector(),
                schedule,
                formats.change(),
                formats.session().serializer(),
                limits.output());
        var losses = new LossWatch(dispatcher.listener(), schedule);
        var tracking = new SessionTracker.Tracking(
                dispatcher, steps, losses, keeping.retention(), keeping.drainInterval(), clock);
        var builder = new StreamsBuilder();
        builder.addStateStore(Stores.keyValueStoreBuilder(store(STORE, keeping), formats.key(), formats.session()));
        builder.addStateStore(Stores.keyValueStoreBuilder(store(WAITING, keeping), Serdes.Long(), formats.waiting()));

        builder.stream(
                        topics.input(),
                        Consumed.with(Serdes.ByteArray(), Serdes.ByteArray())
                                .withTimestampExtractor(new WallclockTimestampExtractor())
                                .withName("session-ids"))
                .process(
                        () -> new RequestReader(formats.decoder(), topics.input(), dispatcher.listener()),
                        Named.as("read-requests"),
                        WAITING)
                .split(Named.as("read-"))
                .branch(
                        (key, out) -> out instanceof Outgoing.DeadLetter,
                        Branched.withConsumer(dead -> deadLetters(dead, topics, "unreadable"), "unreadable"))
                .branch(
                        (key, out) -> out instanceof Outgoing.Accepted,
                        Branched.withConsumer(accepted -> track(accepted, topics, formats, tracking), "accepted"));
        return builder.build(settings);
    }

    private static void track(
            KStream<byte[], Outgoing> accepted, Topics topics, Formats formats, SessionTracker.Tracking tracking) {
        accepted.map(
                        (key, out) -> {
                            var request = (Outgoing.Accepted) out;
                            return KeyValue.pair(request.key(), request.request());
                        },
                        Named.as("by-session"))
                .repartition(Repartitioned.with(formats.key(), formats.request())
                        .withName(REQUESTS)
                        .withNumberOfPartitions(topics.partitions()))
                .process(() -> new SessionTracker(tracking), Named.as("track-sessions"), STORE)
                .split(Named.as("tracked-"))
                .branch(
                        (key, out) -> out instanceof Outgoing.Change,
                        Branched.withConsumer(changes -> changes(changes, topics, formats), "changes"))
                .branch(
                        (key, out) -> out instanceof Outgoing.DeadLetter,
                        Branched.withConsumer(dead -> deadLetters(dead, topics, "lost"), "lost"));
    }

    private static void changes(KStream<SessionKey, Outgoing> changes, Topics topics, Formats formats) {
        changes.mapValues(out -> ((Outgoing.Change) out).event(), Named.as("state-changes"))
                .to(
                        topics.output(),
                        Produced.with(formats.key(), Serdes.ByteArray()).withName("session-state-changed"));
    }

    private static void deadLetters(KStream<?, Outgoing> dead, Topics topics, String name) {
        dead.map(
                        (key, out) -> {
                            var letter = (Outgoing.DeadLetter) out;
                            return KeyValue.pair(letter.key(), letter.value());
                        },
                        Named.as(name + "-bytes"))
                .to(
                        topics.deadLetter(),
                        Produced.with(Serdes.ByteArray(), Serdes.ByteArray()).withName(name + "-dead-letters"));
    }

    private static KeyValueBytesStoreSupplier store(String name, Keeping keeping) {
        return keeping.persistent() ? Stores.persistentKeyValueStore(name) : Stores.inMemoryKeyValueStore(name);
    }
}
