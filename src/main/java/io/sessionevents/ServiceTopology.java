package io.sessionevents;

import io.sessionevents.avro.InternalSerdes;
import io.sessionevents.calls.CallBudget;
import io.sessionevents.calls.LookupDispatcher;
import io.sessionevents.calls.LookupListener;
import io.sessionevents.config.Configuration;
import io.sessionevents.config.Configuration.StateStore;
import io.sessionevents.session.LookupSchedule;
import io.sessionevents.streams.StreamsSettings;
import io.sessionevents.tracking.ChangeEncoder;
import io.sessionevents.tracking.RequestDecoder;
import io.sessionevents.tracking.TrackingListener;
import io.sessionevents.tracking.TrackingTopology;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Properties;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;

/** The topology that a configuration leads to. */
final class ServiceTopology {
    private static final Duration DRAIN_INTERVAL = Duration.ofMillis(15);

    private ServiceTopology() {}

    /**
     * Builds it.
     *
     * @param limits what the public topics take
     * @param decoder of input records
     * @param changes format of the events
     * @param listener hears of what the topology does
     */
    static Topology build(
            Configuration configuration,
            TrackingTopology.Limits limits,
            RequestDecoder decoder,
            ChangeEncoder changes,
            LookupDispatcher dispatcher,
            TrackingListener listener,
            InstantSource clock,
            Properties settings) {
        var topics = configuration.topics();
        return TrackingTopology.build(
                new TrackingTopology.Topics(
                        topics.input(), topics.output(), topics.deadLetter(), configuration.trackingPartitions()),
                limits,
                new TrackingTopology.Formats(
                        decoder,
                        InternalSerdes.keys(),
                        InternalSerdes.requests(),
                        InternalSerdes.trackedSessions(),
                        InternalSerdes.waitingInput(),
                        changes),
                new TrackingTopology.Keeping(
                        configuration.stateStore() == StateStore.PERSISTENT,
                        configuration.sessionRetention(),
                        configuration.schemaPatience(),
                        DRAIN_INTERVAL),
                dispatcher,
                listener,
                new LookupSchedule(configuration.lookups().intervalMin()),
                clock,
                settings);
    }

    /** Budget and concurrency of the lookups. */
    static LookupDispatcher.Limits limits(Configuration configuration) {
        var lookups = configuration.lookups();
        return new LookupDispatcher.Limits(
                lookups.budget(), configuration.trackingPartitions(), lookups.maxConcurrent());
    }

    /** What it looks like: connects to nothing, reads nothing, runs nothing. */
    static TopologyDescription describe(Configuration configuration) {
        var never = new LookupDispatcher(
                (key, permit) -> {
                    throw new UnsupportedOperationException("described, not run");
                },
                new CallBudget(System::nanoTime),
                limits(configuration),
                System::nanoTime,
                InstantSource.system(),
                LookupListener.NONE);
        RequestDecoder decoder = (topic, key, value, headers) -> {
            throw new UnsupportedOperationException("described, not run");
        };
        ChangeEncoder changes = (change, limit) -> {
            throw new UnsupportedOperationException("described, not run");
        };
        return build(
                        configuration,
                        TrackingTopology.Limits.unknown(),
                        decoder,
                        changes,
                        never,
                        TrackingListener.NONE,
                        InstantSource.system(),
                        StreamsSettings.of(configuration))
                .describe();
    }
}
