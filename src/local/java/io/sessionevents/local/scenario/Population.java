package io.sessionevents.local.scenario;

import io.sessionevents.local.judge.Evidence;
import io.sessionevents.local.judge.consumer.ObservedChange;
import io.sessionevents.local.simulator.SessionFactory;
import io.sessionevents.local.simulator.SessionKey;
import io.sessionevents.local.simulator.SimulatedSession;
import io.sessionevents.local.testbed.LocalEnvironment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** The sessions of a campaign: half of them live and end, the others stay idle, so that there is always work. */
public final class Population {
    private final LocalEnvironment environment;
    private final SessionFactory factory;
    private final Map<SessionKey, Instant> published = new HashMap<>();

    /**
     * An empty one.
     *
     * @param compression how many times faster than real time sessions live
     */
    public Population(LocalEnvironment environment, long seed, double compression) {
        this.environment = environment;
        this.factory = new SessionFactory(new Random(seed), compression);
    }

    public Map<SessionKey, Instant> published() {
        return Map.copyOf(published);
    }

    /** Makes sessions that somebody else will publish. */
    public List<SessionKey> add(int sessions) {
        List<SessionKey> keys = new ArrayList<>();
        for (int i = 0; i < sessions; i++) {
            keys.add(one(i).key());
        }
        return keys;
    }

    /** A session that the service can have heard of at that time only. */
    public void observableSince(SessionKey key, Instant since) {
        published.put(key, since);
    }

    private SimulatedSession one(int number) {
        Instant now = Instant.now();
        SimulatedSession session = number % 2 == 0
                ? factory.living(now)
                : factory.full(factory.key()).then("IDLE", now);
        environment.emr().add(session);
        published.put(session.key(), now);
        return session;
    }

    public void publish(int sessions) {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", environment.kafka().bootstrapServers());
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            for (int i = 0; i < sessions; i++) {
                SimulatedSession session = one(i);
                var _ = producer.send(new ProducerRecord<>(
                        LocalEnvironment.INPUT, session.key().toString()));
            }
        }
    }

    /** Everything committed to the output topic so far. */
    public List<ObservedChange> events() {
        List<ObservedChange> events = new ArrayList<>();
        try (var reader = environment.changes()) {
            reader.pollToEnd(event -> events.add(ObservedChange.of(event)));
        }
        return events;
    }

    /** All that is known of a run with them, and with nothing else; the budget is judged elsewhere. */
    public Evidence evidence(List<ObservedChange> events) {
        return Evidence.of(
                environment.emr().truth(), published, events, Evidence.Limits.ofOneInstance(Double.POSITIVE_INFINITY));
    }
}
