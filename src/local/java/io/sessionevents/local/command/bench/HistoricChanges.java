package io.sessionevents.local.command.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sessionevents.avro.ChangeEvents;
import io.sessionevents.avro.ChangeWriter;
import io.sessionevents.avro.ConfigurationDetail;
import io.sessionevents.avro.RegistryAvroSerde;
import io.sessionevents.avro.SchemaRegistry;
import io.sessionevents.local.testbed.LocalEnvironment;
import io.sessionevents.session.Origin;
import io.sessionevents.session.Session;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.SessionState;
import io.sessionevents.session.StateChange;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * A topic as the service leaves it behind after some days. The partition of the one session is in the form that is hardest to read:
 * each change in a batch of its own, as a quiet fleet writes them.
 *
 * @param begin when the first change was
 * @param written how long writing took
 */
record HistoricChanges(Instant begin, Duration written) {
    static final SessionKey ONE = new SessionKey("00g92n5o091bas09", "00g92n6fhqd4qb09");
    static final int CHANGES = 1_000_000;
    static final int OF_ONE = 500;
    static final int SESSIONS = 10_000;
    static final int PARTITIONS = 12;
    static final int TRANSACTION = 10_000;

    /** All of them are younger than a week, after which brokers delete records by default. */
    private static final Duration EVERY = Duration.ofMillis(500);

    private static final List<SessionState> STATES = List.of(SessionState.IDLE, SessionState.BUSY);

    /** Writes them, the last one with the time now. */
    static HistoricChanges write(LocalEnvironment environment, SchemaRegistry registry, Instant now) {
        var past = new HistoricChanges(now.minus(EVERY.multipliedBy(CHANGES)), Duration.ZERO);
        long began = System.nanoTime();
        int partition = partition(ONE);
        try (var single = producer(environment, "single", Map.of("batch.size", "1"));
                var rest = producer(environment, "rest", Map.of());
                var serde = new RegistryAvroSerde<IndexedRecord>(registry, true)) {
            var writer = new ChangeWriter(
                    LocalEnvironment.OUTPUT,
                    new ChangeEvents(ConfigurationDetail.REDACTED),
                    serde.serializer(),
                    true,
                    RegistryAvroSerde.CONTENT_TYPE);
            List.of(single, rest).forEach(KafkaProducer::beginTransaction);
            for (int i = 0; i < CHANGES; i++) {
                StateChange change = past.change(i);
                var _ = (partition(change.key()) == partition ? single : rest).send(record(writer, change));
                if (i % TRANSACTION == TRANSACTION - 1) {
                    List.of(single, rest).forEach(producer -> {
                        producer.commitTransaction();
                        producer.beginTransaction();
                    });
                }
            }
            List.of(single, rest).forEach(KafkaProducer::commitTransaction);
        }
        return new HistoricChanges(past.begin, Duration.ofNanos(System.nanoTime() - began));
    }

    private static int partition(SessionKey key) {
        return BuiltInPartitioner.partitionForKey(key.toString().getBytes(UTF_8), PARTITIONS);
    }

    private static KafkaProducer<String, byte[]> producer(
            LocalEnvironment environment, String name, Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(more);
        settings.putAll(Map.of(
                "bootstrap.servers", environment.kafka().bootstrapServers(),
                "transactional.id", "bench-history-" + name,
                "compression.type", "gzip",
                "max.in.flight.requests.per.connection", "1",
                "max.block.ms", "240000"));
        var producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
        producer.initTransactions();
        return producer;
    }

    /** When the last tenth of the changes began. */
    Instant lastTenth() {
        return at(CHANGES / 10 * 9);
    }

    private static ProducerRecord<String, byte[]> record(ChangeWriter writer, StateChange change) {
        ChangeWriter.Written written = writer.write(change, bytes -> true);
        return new ProducerRecord<>(
                writer.topic(),
                null,
                change.observedAt().toEpochMilli(),
                change.key().toString(),
                written.value(),
                written.headers());
    }

    /** The one session has a change among each 2,000; the others take turns. */
    private StateChange change(int number) {
        int each = CHANGES / OF_ONE;
        boolean ofOne = number % each == each / 2;
        SessionKey key =
                ofOne ? ONE : new SessionKey(ONE.applicationId(), "00s%010d".formatted(number % (SESSIONS - 1)));
        long sequence = 1L + (ofOne ? number / each : number / (SESSIONS - 1));
        return new StateChange(
                key,
                sequence,
                sequence == 1 ? null : STATES.get((int) (sequence + 1) % 2),
                List.of(),
                at(number),
                at(number),
                sequence == 1 ? null : at(number).minusSeconds(3),
                Map.of("team", "analytics", "cost-center", "4711"),
                Origin.PUBLISHED,
                session(key, STATES.get((int) sequence % 2).name(), at(number)));
    }

    private Instant at(int number) {
        return begin.plus(EVERY.multipliedBy(number));
    }

    private Session session(SessionKey key, String state, Instant updatedAt) {
        return new Session(
                key.applicationId(),
                key.sessionId(),
                "arn:aws:emr-serverless:us-east-1:123456789012:/applications/" + key.applicationId() + "/sessions/"
                        + key.sessionId(),
                "notebook of " + key.sessionId(),
                state,
                "",
                "emr-7.13.0",
                "arn:aws:iam::123456789012:role/emr-serverless-runtime",
                "arn:aws:iam::123456789012:user/ada",
                begin,
                updatedAt,
                begin,
                null,
                updatedAt,
                null,
                null,
                60L,
                Map.of("Environment", "production", "Owner", "ada@example.org"),
                null,
                null,
                null);
    }
}
