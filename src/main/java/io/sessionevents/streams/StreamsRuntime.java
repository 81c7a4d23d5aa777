package io.sessionevents.streams;

import io.sessionevents.calls.LookupDispatcher;
import io.sessionevents.calls.SteadyClock;
import io.sessionevents.health.Health.Check;
import io.sessionevents.kafka.Refusals;
import io.sessionevents.session.FleetSessions;
import io.sessionevents.session.SessionKey;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kafka Streams as this service runs it: under the name of the instance, with clients that fence it, StreamThreads that are replaced,
 * and a budget of calls that is leased by the group. Runs nothing before {@link #start}.
 */
public final class StreamsRuntime implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(StreamsRuntime.class);

    /** How long it is waited for its end. */
    public static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(15);

    private final KafkaStreams streams;
    private final @Nullable String address;
    private final InstanceName name;
    private final CloseOptions closing;
    private final GroupContact contact;
    private final Liveness liveness;

    /**
     * What it tells of itself.
     *
     * @param threadReplaced called for every StreamThread that is replaced
     * @param failed called when it has ended by itself
     */
    public record Listener(Runnable threadReplaced, Runnable failed) {}

    /**
     * Puts it together.
     *
     * @param settings of Kafka Streams; they have the name of the instance afterwards
     * @param input a topic that others may delete and create anew
     * @param refusals hears of records that topics refused
     */
    public StreamsRuntime(
            Topology topology,
            Properties settings,
            InstanceNaming naming,
            String input,
            Refusals refusals,
            LookupDispatcher dispatcher,
            SteadyClock steady,
            InstantSource clock,
            Listener listener) {
        String givenName = StreamsSettings.givenName(settings);
        address = settings.getProperty(StreamsConfig.APPLICATION_SERVER_CONFIG);
        closing = StreamsSettings.closing(settings, CLOSE_TIMEOUT);
        name = InstanceName.of(naming, settings);
        if (name.predecessorMayLive() && StreamsSettings.givenName(settings) != null) {
            dispatcher.hold().forPredecessor(StreamsSettings.sessionTimeout(settings));
        }
        streams = new KafkaStreams(
                topology, settings, new FencedClients(dispatcher.commits(), givenName == null, input, refusals));
        streams.setUncaughtExceptionHandler(
                new ThreadFailures(clock, listener.threadReplaced(), StreamsSettings.givenName(settings)));
        streams.setStateListener((next, previous) -> stateChanged(next, listener));
        var polls = new PollWatch(StreamsSettings.longestPollInterval(settings));
        contact = new GroupContact(
                streams::metrics,
                dispatcher::threads,
                dispatcher::leaseUntil,
                StreamsSettings.sessionTimeout(settings),
                polls,
                steady);
        liveness = new Liveness(polls, dispatcher, contact);
    }

    /** Joins the group; returns at once. */
    public void start() {
        contact.start();
        streams.start();
    }

    /** Whether it has its tasks and is at work. */
    public boolean running() {
        return streams.state() == KafkaStreams.State.RUNNING;
    }

    /** Its state and the tasks that it has. */
    public LocalTasks tasks() {
        return LocalTasks.of(streams);
    }

    /** The sessions of this instance and of the others. */
    public FleetSessions sessions(StoredSessions.Store store, Serializer<SessionKey> keys) {
        return new StoredSessions(streams, store, keys, address);
    }

    /** What Kafka's clients say of themselves. */
    public Map<MetricName, ? extends Metric> metrics() {
        return streams.metrics();
    }

    /** What nothing but a restart would fix. */
    public List<Check> progressChecks() {
        return liveness.checks();
    }

    /** Whether it is at work. */
    public Check check() {
        return new Check("streams", running(), "Kafka Streams is " + streams.state());
    }

    /** Leaves the group, if nobody gave the instance its name, and ends. */
    @Override
    public void close() {
        if (streams.close(closing)) {
            name.ended();
        } else {
            log.atWarn().log("The service did not end within {}", CLOSE_TIMEOUT);
        }
        contact.close();
    }

    /** Another process may use the state directory from now on. */
    public void release() {
        name.close();
    }

    private static void stateChanged(KafkaStreams.State next, Listener listener) {
        log.atInfo().addKeyValue("state", next).log("Kafka Streams");
        if (next == KafkaStreams.State.ERROR) {
            listener.failed().run();
        }
    }
}
