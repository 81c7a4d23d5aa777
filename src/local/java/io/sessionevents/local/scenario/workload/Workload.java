package io.sessionevents.local.scenario.workload;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sessionevents.local.judge.Evidence;
import io.sessionevents.local.judge.consumer.ObservedChange;
import io.sessionevents.local.simulator.SessionFactory;
import io.sessionevents.local.simulator.SessionKey;
import io.sessionevents.local.simulator.SimulatedEmrServerless;
import io.sessionevents.local.simulator.SimulatedSession;
import io.sessionevents.local.testbed.LocalEnvironment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Sessions that are made at the simulated endpoint and published, and the books of what the broker has of them: whatever goes on
 * in a run goes on by way of this. Used by one thread; the books may be read by any.
 */
public final class Workload implements AutoCloseable {
    private final SimulatedEmrServerless emr;
    private final String input;
    private final SessionFactory factory;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Map<SessionKey, Instant> published = new ConcurrentHashMap<>();
    private final Map<String, Instant> applications = new ConcurrentHashMap<>();
    private final AtomicInteger unreadable = new AtomicInteger();
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    /**
     * An empty one.
     *
     * @param input topic of the ids
     * @param random by which sessions are drawn
     * @param compression how many times faster than real time they live
     */
    public Workload(LocalEnvironment environment, String input, RandomGenerator random, double compression) {
        this(environment, environment.emr(), input, random, compression);
    }

    private Workload(
            LocalEnvironment environment,
            SimulatedEmrServerless emr,
            String input,
            RandomGenerator random,
            double compression) {
        this.emr = emr;
        this.input = input;
        this.factory = new SessionFactory(random, compression, emr.account());
        this.producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        environment.kafka().bootstrapServers(),
                        "linger.ms",
                        0,
                        "max.block.ms",
                        180_000,
                        "delivery.timeout.ms",
                        240_000,
                        // The topics are so new that a partition may have had no leader at the first look.
                        "metadata.max.age.ms",
                        5_000),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Of the usual topic. */
    public static Workload of(LocalEnvironment environment, long seed, double compression) {
        return new Workload(environment, LocalEnvironment.INPUT, new Random(seed), compression);
    }

    /** Of the usual topic, with sessions of another account that is published there too. */
    public static Workload at(SimulatedEmrServerless emr, LocalEnvironment environment, long seed) {
        return new Workload(environment, emr, LocalEnvironment.INPUT, new Random(seed), 1);
    }

    /** Makes the sessions. */
    public SessionFactory sessions() {
        return factory;
    }

    /** Adds it to the endpoint, and publishes it. */
    public SimulatedSession track(SimulatedSession session) {
        emr.add(session);
        publish(session.key());
        return session;
    }

    /** One that is idle for good. */
    public SimulatedSession idle(Instant now) {
        return track(factory.full(factory.key()).then("IDLE", now));
    }

    /** So many that are idle for good; returns when the broker has them. */
    public void idle(int sessions) {
        for (int i = 0; i < sessions; i++) {
            idle(Instant.now());
        }
        flush();
    }

    /** Half of them live and end, the others stay idle, so that there is always work; returns when the broker has them. */
    public void mixed(int sessions) {
        unpublished(sessions).forEach(this::publish);
        flush();
    }

    /** The same, but somebody else will publish them. */
    public List<SessionKey> unpublished(int sessions) {
        List<SessionKey> keys = new ArrayList<>();
        for (int i = 0; i < sessions; i++) {
            Instant now = Instant.now();
            SimulatedSession session = i % 2 == 0
                    ? factory.living(now)
                    : factory.full(factory.key()).then("IDLE", now);
            emr.add(session);
            keys.add(session.key());
        }
        return keys;
    }

    /** Makes an idle session busy now, and a busy one idle. */
    void alternate(SessionKey key) {
        emr.become(key, emr.truth(key).getLast().state().equals("IDLE") ? "BUSY" : "IDLE");
    }

    /** Ends a session now. */
    void end(SessionKey key) {
        emr.become(key, "TERMINATED");
    }

    /** A session that the service can have heard of at that time only. */
    public void observableSince(SessionKey key, Instant since) {
        published.put(key, since);
    }

    /** Publishes an id; again, if it was published before. */
    public void publish(SessionKey key) {
        publish(key, key.toString());
    }

    /** Publishes an application, all of whose sessions are to be tracked. */
    public void publishApplication(String applicationId) {
        String source = emr.account().source();
        String text = source.equals(SessionKey.DEFAULT_SOURCE) ? applicationId : source + ":" + applicationId;
        send(text, () -> observableApplication(applicationId, Instant.now()));
    }

    /** An application that the service finds by itself since that time. */
    public void observableApplication(String applicationId, Instant since) {
        applications.putIfAbsent(applicationId, since);
    }

    /** Publishes an id in the words of its publisher. */
    void publish(SessionKey key, String text) {
        send(text, () -> published.putIfAbsent(key, Instant.now()));
    }

    /** Publishes what no one can read. */
    void publishUnreadable(String text) {
        send(text, unreadable::incrementAndGet);
    }

    private void send(String text, Runnable whenAcknowledged) {
        var _ = producer.send(new ProducerRecord<>(input, text.getBytes(UTF_8)), (metadata, exception) -> {
            if (exception == null) {
                whenAcknowledged.run();
            } else {
                failure.compareAndSet(null, exception);
            }
        });
    }

    /** Returns when the broker has everything; fails if it did not take it. */
    public void flush() {
        producer.flush();
        Exception failed = failure.get();
        if (failed != null) {
            throw new IllegalStateException("not published to " + input, failed);
        }
    }

    /** When the broker had each session. */
    public Map<SessionKey, Instant> published() {
        return Map.copyOf(published);
    }

    /** What the service was asked for. */
    public Evidence.Asked asked() {
        return new Evidence.Asked(published, applications, Map.of(), unreadable.get());
    }

    /** All that is known of a run of one instance with these sessions and no other; the budget is judged elsewhere. */
    public Evidence evidence(List<ObservedChange> events) {
        return Evidence.of(emr.truth(), published, events, Evidence.Limits.ofOneInstance(Double.POSITIVE_INFINITY));
    }

    @Override
    public void close() {
        producer.close();
    }
}
