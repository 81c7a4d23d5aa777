package io.sessionevents.avro;

import io.sessionevents.session.Sources;
import io.sessionevents.session.Topics;
import io.sessionevents.tracking.Formats;
import java.util.Map;
import java.util.function.Consumer;

/** Every format of the topology. */
public final class TopologyFormats {
    private TopologyFormats() {}

    /**
     * Makes them.
     *
     * @param settings of Confluent's registry client
     * @param registry where the schemas of the events are registered
     * @param schemas where those of the input come from, without waiting
     * @param sources whose sessions and applications are taken
     * @param topics of the events
     * @param waits told why input waits
     */
    public static Formats of(
            EventSettings events,
            Map<String, String> settings,
            SchemaRegistry registry,
            SchemaResolver schemas,
            Sources sources,
            Topics topics,
            Consumer<String> waits) {
        var values = ValueSerdes.of(events, settings, registry);
        var input = ValueSerdes.of(events, settings, schemas);
        return new Formats(
                new WaitingDecoder(new SessionIdDecoder(input.deserializer(), sources), waits),
                InternalSerdes.keys(),
                InternalSerdes.sessionRequests(),
                InternalSerdes.applicationRequests(),
                InternalSerdes.applicationKeys(),
                InternalSerdes.sweptApplications(),
                InternalSerdes.trackedSessions(),
                InternalSerdes.waitingInput(),
                ValueSerdes.changes(events, topics.output(), values),
                ValueSerdes.usage(events, topics.usage(), values),
                ValueSerdes.alerts(events, topics.alerts(), values));
    }
}
