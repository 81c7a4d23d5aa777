package io.sessionevents.tracking;

import io.sessionevents.calls.CallBudget;
import io.sessionevents.calls.LookupDispatcher;
import io.sessionevents.calls.LookupLimits;
import io.sessionevents.session.LookupSchedule;
import io.sessionevents.session.RecordLimits;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Properties;
import java.util.function.LongSupplier;
import org.apache.kafka.streams.TopologyDescription;

/** What the topology looks like, without anything that runs in it. */
public final class TopologyShape {
    private TopologyShape() {}

    /**
     * Connects to nothing, reads nothing, runs nothing.
     *
     * @param settings of Kafka Streams
     */
    public static TopologyDescription describe(TrackingSettings tracking, Properties settings) {
        var never = new LookupDispatcher(
                (key, permit) -> {
                    throw Formats.notRun();
                },
                new CallBudget((LongSupplier) () -> 0),
                new LookupLimits(1, tracking.partitions(), 1),
                () -> 0,
                InstantSource.system());
        return TrackingTopology.build(
                        tracking,
                        RecordLimits.unknown(),
                        Formats.unused(),
                        never,
                        TrackingListener.NONE,
                        new LookupSchedule(Duration.ZERO),
                        InstantSource.system(),
                        settings)
                .describe();
    }
}
