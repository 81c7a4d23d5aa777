package io.sessionevents.local.scenario.workload;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.sessionevents.local.scenario.workload.HostileRecord.Fate;
import io.sessionevents.local.simulator.SessionFactory;
import io.sessionevents.local.simulator.SessionKey;
import io.sessionevents.local.testbed.LocalEnvironment;
import io.sessionevents.local.testbed.LocalRegistry;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Hostile records for the input topic, and the books of what must become of each. */
public final class HostileInput {
    private static final List<String> COMPRESSIONS = List.of("none", "gzip", "zstd", "lz4", "snappy");
    private static final String LARGEST_REQUEST = Integer.toString(64 * 1024 * 1024);

    private final LocalEnvironment environment;
    private final long seed;
    private final Map<Integer, String> deadLetters = new HashMap<>();
    private final Map<SessionKey, Instant> tracked = new HashMap<>();
    private int waiting;

    public HostileInput(LocalEnvironment environment, long seed) {
        this.environment = environment;
        this.seed = seed;
    }

    /** Publishes so many; a session that is to be tracked has ended, so that one look tells all. */
    public void publish(int records) {
        var hostile = new HostileRecords(seed, (LocalRegistry) environment.registry());
        var factory = new SessionFactory(new Random(seed), 1);
        Map<String, KafkaProducer<byte[], byte[]>> producers = new HashMap<>();
        COMPRESSIONS.forEach(type -> producers.put(type, producer(type)));
        for (int i = 0; i < records; i++) {
            HostileRecord next = hostile.next();
            enter(next, factory);
            var _ = requireNonNull(producers.get(next.compression()))
                    .send(new ProducerRecord<>(
                            LocalEnvironment.INPUT, null, next.timestamp(), next.key(), next.value(), next.headers()));
        }
        producers.values().forEach(KafkaProducer::close);
    }

    private void enter(HostileRecord next, SessionFactory factory) {
        switch (next.fate()) {
            case Fate.DeadLetter(String reason) -> deadLetters.put(next.number(), reason);
            case Fate.Tracked(SessionKey session) -> {
                Instant now = Instant.now();
                tracked.put(session, now);
                environment.emr().add(factory.minimal(session).then("TERMINATED", now));
            }
            case Fate.Waiting _ -> waiting++;
            case Fate.Nothing _ -> {}
        }
    }

    private KafkaProducer<byte[], byte[]> producer(String compression) {
        return new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        environment.kafka().bootstrapServers(),
                        "compression.type",
                        compression,
                        "max.request.size",
                        LARGEST_REQUEST,
                        "buffer.memory",
                        LARGEST_REQUEST),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Sessions that are to be tracked, with the time of their publication. */
    public Map<SessionKey, Instant> tracked() {
        return Map.copyOf(tracked);
    }

    /** Records that must become dead letters. */
    public int bad() {
        return deadLetters.size();
    }

    /** Records that must wait. */
    public int waiting() {
        return waiting;
    }

    /** Numbers of the records that did not become the dead letter that they must, or became one and must not, or twice. */
    public Set<Integer> unaccounted() {
        Map<Integer, String> missing = new HashMap<>(deadLetters);
        Set<Integer> wrong = new HashSet<>();
        for (ConsumerRecord<byte[], byte[]> letter : environment.deadLetters()) {
            Header number = letter.headers().lastHeader(HostileRecord.NUMBER);
            int of = number == null ? -1 : Integer.parseInt(new String(number.value(), UTF_8));
            String reason = new String(
                    letter.headers().lastHeader("session-events.reason").value(), UTF_8);
            if (!reason.equals(missing.remove(of))) {
                wrong.add(of);
            }
        }
        wrong.addAll(missing.keySet());
        return wrong;
    }
}
