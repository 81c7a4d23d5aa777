package io.sessionevents.tracking;

import io.sessionevents.session.Request;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.Topics;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;

/** Where the records of the topology end: in topics of others, or in one between two of its stages. */
record TopologySinks(Topics topics, Formats formats) {

    /** Written to the repartition topic without being joined to its other sources, which would tie their partitions. */
    void request(KStream<?, Outgoing> accepted, String name) {
        bySession(accepted, name + "-by-session")
                .to(
                        TrackingTopology.REQUESTS + InternalTopics.REPARTITION,
                        Produced.with(formats.key(), formats.request()).withName(name + "-session-requests"));
    }

    /** The same for applications. */
    void requestSweeps(KStream<?, Outgoing> accepted, String name) {
        bySource(accepted, name + "-by-source")
                .to(
                        TrackingTopology.SWEEPS + InternalTopics.REPARTITION,
                        Produced.with(Serdes.String(), formats.applicationRequest())
                                .withName(name + "-sweep-requests"));
    }

    static KStream<String, Request.OfApplication> bySource(KStream<?, Outgoing> accepted, String name) {
        return accepted.map(
                (key, out) -> {
                    Request.OfApplication request = ((Outgoing.ForApplication) out).request();
                    return KeyValue.pair(request.key().source(), request);
                },
                Named.as(name));
    }

    static KStream<SessionKey, Request.OfSession> bySession(KStream<?, Outgoing> accepted, String name) {
        return accepted.map(
                (key, out) -> {
                    Request.OfSession request = ((Outgoing.ForSession) out).request();
                    return KeyValue.pair(request.key(), request);
                },
                Named.as(name));
    }

    void changes(KStream<SessionKey, Outgoing> changes) {
        changes.mapValues(out -> ((Outgoing.Change) out).event(), Named.as("state-changes"))
                .to(
                        topics.output(),
                        Produced.with(formats.key(), Serdes.ByteArray()).withName("session-state-changed"));
    }

    void usage(KStream<SessionKey, Outgoing> usage) {
        usage.mapValues(out -> ((Outgoing.Usage) out).record(), Named.as("settled-usage"))
                .to(
                        topics.usage(),
                        Produced.with(formats.key(), Serdes.ByteArray()).withName("session-usage"));
    }

    void alerts(KStream<SessionKey, Outgoing> alerts) {
        alerts.mapValues(out -> ((Outgoing.Alert) out).record(), Named.as("alerts"))
                .to(
                        topics.alerts(),
                        Produced.with(formats.key(), Serdes.ByteArray()).withName("session-alerts"));
    }

    void deadLetters(KStream<?, Outgoing> dead, String name) {
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
}
