package io.sessionevents.tracking;

import io.sessionevents.calls.LookupDispatcher;
import io.sessionevents.session.LookupSchedule;
import io.sessionevents.session.RecordLimit;
import io.sessionevents.session.Request;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.TrackedSession;
import io.sessionevents.session.TransitionDetector;
import io.sessionevents.session.WaitingInput;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Properties;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerConfig;
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
 *                         │              ▲                       tracked-sessions │
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
    public static final String WAITING = "input-in-waiting";
    public static final String UNREAD = "waiting-input";
    public static final String REQUESTS = "session-requests";

    private TrackingTopology() {}

    /**
     * The topics and what concerns them.
     *
     * @param partitions partitions of the repartition topics
     */
    public record Topics(String input, String output, String deadLetter, int partitions) {}

    /**
     * What the topics take.
     *
     * @param internal the smallest of those that Kafka Streams makes for itself
     */
    public record Limits(RecordLimit output, RecordLimit deadLetter, RecordLimit internal) {
        /** Kafka's own defaults, for want of better knowledge. */
        public static Limits unknown() {
            return new Limits(
                    new RecordLimit(RecordLimit.KAFKA_DEFAULT),
                    new RecordLimit(RecordLimit.KAFKA_DEFAULT),
                    new RecordLimit(RecordLimit.KAFKA_DEFAULT));
        }
    }

    /** The formats; requests and sessions are internal, changes are public. */
    public record Formats(
            RequestDecoder decoder,
            Serde<SessionKey> key,
            Serde<Request> request,
            Serde<TrackedSession> session,
            Serde<WaitingInput> waiting,
            ChangeEncoder change) {}

    /**
     * How sessions are kept.
     *
     * @param persistent whether the store lies on disk
     * @param retention how long an ended or stopped session is remembered
     * @param schemaPatience how long the registry may not know a schema before its records are given up
     * @param drainInterval how often results of lookups are taken in
     */
    public record Keeping(boolean persistent, Duration retention, Duration schemaPatience, Duration drainInterval) {
        /** With a minute's patience for schemas. */
        public Keeping(boolean persistent, Duration retention, Duration drainInterval) {
            this(persistent, retention, Duration.ofMinutes(1), drainInterval);
        }
    }

    /** What the parts of the topology are made of. */
    private record Parts(
            Topics topics, Limits limits, Formats formats, Duration schemaPatience, TrackingListener listener) {}

    /** Builds the topology. */
    public static Topology build(
            Topics topics,
            Limits limits,
            Formats formats,
            Keeping keeping,
            LookupDispatcher dispatcher,
            TrackingListener listener,
            LookupSchedule schedule,
            InstantSource clock,
            Properties settings) {
        var steps = new SessionSteps(
                new TransitionDetector(),
                schedule,
                formats.change(),
                formats.session().serializer(),
                limits.output());
        var losses = new LossWatch(listener, schedule);
        var tracking = new SessionTracker.Tracking(
                dispatcher, steps, losses, listener, keeping.retention(), keeping.drainInterval(), clock);
        var parts = new Parts(topics, limits, formats, keeping.schemaPatience(), listener);
        var builder = new StreamsBuilder();
        builder.addStateStore(Stores.keyValueStoreBuilder(store(STORE, keeping), formats.key(), formats.session()));
        builder.addStateStore(Stores.keyValueStoreBuilder(store(WAITING, keeping), Serdes.Long(), formats.waiting()));

        source(builder, topics, settings)
                .process(
                        () -> new RequestReader(formats.decoder(), topics.input(), limits, listener),
                        Named.as("read-requests"))
                .split(Named.as("read-"))
                .branch(
                        (key, out) -> out instanceof Outgoing.DeadLetter,
                        Branched.withConsumer(dead -> deadLetters(dead, topics, "unreadable"), "unreadable"))
                .branch(
                        (key, out) -> out instanceof Outgoing.Accepted,
                        Branched.withConsumer(accepted -> track(accepted, topics, formats, tracking), "accepted"))
                // Last, because sub-topologies are numbered in this order, and tasks and their directories after them.
                .branch(
                        (key, out) -> out instanceof Outgoing.Unread,
                        Branched.withConsumer(unread -> await(unread, parts), "unread"));
        return builder.build(settings);
    }

    /**
     * By pattern, because a topic that is subscribed to by name and deleted ends every StreamThread of the fleet; one that a
     * pattern matches no more is read no more, until it is there again. The group protocol {@code streams} has no patterns.
     */
    private static KStream<byte[], byte[]> source(StreamsBuilder builder, Topics topics, Properties settings) {
        var consumed = Consumed.with(Serdes.ByteArray(), Serdes.ByteArray())
                .withTimestampExtractor(new WallclockTimestampExtractor())
                .withName("session-ids");
        boolean patterns =
                !"streams".equalsIgnoreCase(String.valueOf(settings.get(ConsumerConfig.GROUP_PROTOCOL_CONFIG)));
        return patterns
                ? builder.stream(Pattern.compile(topics.input().replace(".", "\\.")), consumed)
                : builder.stream(topics.input(), consumed);
    }

    /** In the order in which they come from each partition of the input topic. */
    private static void await(KStream<byte[], Outgoing> unread, Parts parts) {
        unread.map(
                        (key, out) -> {
                            WaitingInput waiting = ((Outgoing.Unread) out).waiting();
                            return KeyValue.pair(waiting.input().partition(), waiting);
                        },
                        Named.as("by-input-partition"))
                .repartition(
                        Repartitioned.with(Serdes.Integer(), parts.formats().waiting())
                                .withName(UNREAD)
                                .withNumberOfPartitions(parts.topics().partitions()))
                .process(
                        () -> new WaitingInputReader(
                                parts.formats().decoder(),
                                parts.schemaPatience(),
                                parts.topics().input(),
                                parts.limits().deadLetter(),
                                parts.listener()),
                        Named.as("read-waiting-input"),
                        WAITING)
                .split(Named.as("waited-"))
                .branch(
                        (key, out) -> out instanceof Outgoing.DeadLetter,
                        Branched.withConsumer(dead -> deadLetters(dead, parts.topics(), "given-up"), "given-up"))
                .branch(
                        (key, out) -> out instanceof Outgoing.Accepted,
                        Branched.withConsumer(accepted -> request(accepted, parts.formats()), "accepted"));
    }

    /** Written to the repartition topic without being joined to its other source, which would tie their partitions. */
    private static void request(KStream<byte[], Outgoing> accepted, Formats formats) {
        bySession(accepted, "waited-by-session")
                .to(
                        REQUESTS + "-repartition",
                        Produced.with(formats.key(), formats.request()).withName("waited-session-requests"));
    }

    private static KStream<SessionKey, Request> bySession(KStream<byte[], Outgoing> accepted, String name) {
        return accepted.map(
                (key, out) -> {
                    var request = (Outgoing.Accepted) out;
                    return KeyValue.pair(request.key(), request.request());
                },
                Named.as(name));
    }

    private static void track(
            KStream<byte[], Outgoing> accepted, Topics topics, Formats formats, SessionTracker.Tracking tracking) {
        bySession(accepted, "by-session")
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
