package io.sessionevents.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sessionevents.avro.ChangeEvents;
import io.sessionevents.avro.ChangeWriter;
import io.sessionevents.avro.ConfigurationDetail;
import io.sessionevents.avro.ConfluentSchemaRegistry;
import io.sessionevents.avro.RegistryAvroSerde;
import io.sessionevents.avro.UsageWriter;
import io.sessionevents.history.HistoryTopics;
import io.sessionevents.history.TopicHistories;
import io.sessionevents.local.simulator.SimulatedEmrServerless;
import io.sessionevents.local.testbed.LocalEnvironment;
import io.sessionevents.session.HistoryEntry.Change;
import io.sessionevents.session.HistoryEntry.Unreadable;
import io.sessionevents.session.HistoryEntry.UsageRevision;
import io.sessionevents.session.Origin;
import io.sessionevents.session.SessionHistory;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.SessionSample;
import io.sessionevents.session.SessionState;
import io.sessionevents.session.StateChange;
import io.sessionevents.session.UsageRecord;
import io.sessionevents.session.UsageSample;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The history of one session out of a broker's topics, where much else lies. */
class HistoryIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final SessionKey KEY = SessionSample.KEY;
    private static final Instant START = SessionSample.START;
    private static final int PARTITIONS = 12;
    private static final int CHANGES = 40;

    @TempDir
    private static Path directory;

    private static LocalEnvironment environment;
    private static ConfluentSchemaRegistry registry;
    private static KafkaProducer<String, byte[]> unfinished;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        environment = LocalEnvironment.start(0, 0, directory, SimulatedEmrServerless.Options.UNLIMITED);
        registry = environment.registryClient();
        try (var producer = producer("writer")) {
            producer.initTransactions();
            inTransaction(producer, () -> {
                for (int i = 1; i <= CHANGES; i++) {
                    send(producer, change(KEY, i));
                    send(producer, change(twin(), i));
                }
                send(producer, unreadable(LocalEnvironment.OUTPUT, twin()));
                send(producer, new ProducerRecord<>(LocalEnvironment.USAGE, KEY.toString(), "erased".getBytes(UTF_8)));
                send(producer, new ProducerRecord<>(LocalEnvironment.USAGE, KEY.toString(), null));
                send(producer, unreadable(LocalEnvironment.OUTPUT, KEY));
                send(producer, usage(KEY));
            });
            producer.beginTransaction();
            send(producer, change(KEY, 77));
            producer.flush();
            producer.abortTransaction();
            inTransaction(producer, () -> send(producer, change(KEY, CHANGES + 1)));
        }
        unfinished = producer("unfinished");
        unfinished.initTransactions();
        unfinished.beginTransaction();
        send(unfinished, change(KEY, 88));
        unfinished.flush();
    }

    @AfterAll
    static void stop() {
        unfinished.close();
        registry.close();
        environment.close();
    }

    @Test
    void shouldReadWhatIsCommittedOfTheSession() throws InterruptedException {
        SessionHistory history = history(KEY, null);

        assertThat(history.whole()).isTrue();
        assertThat(history.missingChanges()).isZero();
        assertThat(sequences(history))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, CHANGES + 1)
                        .mapToObj(Long::valueOf)
                        .toList());
        assertThat(history.entries().stream()
                        .filter(UsageRevision.class::isInstance)
                        .map(UsageRevision.class::cast)
                        .map(UsageRevision::usage))
                .containsExactly(usageOf(KEY));
        assertThat(history.entries())
                .filteredOn(Unreadable.class::isInstance)
                .singleElement()
                .asString()
                .contains("magic byte")
                .doesNotContain("secret");
    }

    @Test
    void shouldReadNoneOfAnotherSession() throws InterruptedException {
        assertThat(sequences(history(twin(), null))).hasSize(CHANGES);
        assertThat(history(new SessionKey("app", "nobody"), null).unknown()).isTrue();
    }

    @Test
    void shouldBeginWhereTheSessionDid() throws InterruptedException {
        SessionHistory late = history(KEY, at(CHANGES));

        assertThat(sequences(late)).contains((long) CHANGES, CHANGES + 1L).doesNotContain(CHANGES - 1L);
        assertThat(late.recordsRead()).isLessThan(history(KEY, null).recordsRead());
    }

    @Test
    void shouldPrintTheHistory() {
        String table = run(0, "history", KEY.toString());

        assertThat(table)
                .containsPattern("TIME +SEQ +WHAT +WINDOW +NOTE")
                .containsPattern("2026-11-23 09:00:01 +1 +· +→ IDLE")
                .containsPattern("2026-11-23 09:00:02 +2 +IDLE +→ BUSY +1\\.0 s +missed STARTING")
                .containsPattern(
                        "unreadable +· +offset \\d+ of partition \\d+ of session-state-changed: the magic byte")
                .containsPattern("2 +usage CORRECTED +· +billed 0\\.1 vCPU h, 1E-7 memory GB h")
                .doesNotContain("secret", "any more");
        assertThat(table.lines()).hasSize(1 + CHANGES + 1 + 2);
    }

    @Test
    void shouldPrintItAsJson() throws IOException {
        List<JsonNode> lines = new ArrayList<>();
        for (String line :
                run(0, "history", KEY.toString(), "--output", "json").lines().toList()) {
            lines.add(JSON.readTree(line));
        }

        assertThat(lines).hasSize(CHANGES + 1 + 2);
        assertThat(lines.getFirst().path("kind").asText()).isEqualTo("change");
        assertThat(lines.getFirst().at("/record/session/createdBy").asText()).endsWith("user/ada");
        assertThat(lines)
                .filteredOn(line -> line.path("kind").asText().equals("usage"))
                .singleElement()
                .extracting(line -> line.at("/record/billed/memoryGBHourText").asText())
                .isEqualTo("1E-7");
        assertThat(lines)
                .filteredOn(line -> line.path("kind").asText().equals("unreadable"))
                .hasSize(1);
    }

    @Test
    void shouldSayWhatIsLeftOut() {
        String text = run(1, "history", KEY.toString(), "--max", "2", "--output", "json");

        assertThat(text.lines().filter(line -> line.startsWith("{"))).hasSize(2);
        assertThat(text).contains((CHANGES + 1) + " older entries are left out: there are more than --max 2");
        assertThat(run(0, "history", KEY.toString(), "--since", at(CHANGES).toString()))
                .doesNotContain("any more");
    }

    @Test
    void shouldSayThatNothingIsKnown() {
        assertThat(run(1, "history", "app/nobody"))
                .contains(
                        "Nothing of session app/nobody is in session-state-changed, session-usage and session-alerts: it"
                                + " was never published, or its events are deleted by now.");
        assertThat(run(1, "history", KEY.toString(), "--since", "2999-01-01T00:00:00Z"))
                .contains("since 2999-01-01T00:00:00Z: begin earlier.");
        assertThat(run(1, "history", "app/nobody", "-X", "usage.topic=nowhere"))
                .contains("Topic nowhere does not exist. kafka-topics.sh ", "--topic nowhere");
    }

    /** A partition of which nothing comes is given up when the time is over. */
    @Test
    void shouldEndWhenTheTimeIsOver() {
        assertThat(run(1, "history", KEY.toString(), "--timeout", "1ms", "--output", "json"))
                .containsPattern("The youngest \\d+ records beside it were not read within 0.001 s: set --timeout");
    }

    private static List<Long> sequences(SessionHistory history) {
        return history.entries().stream()
                .filter(Change.class::isInstance)
                .map(Change.class::cast)
                .map(change -> change.change().sequence())
                .toList();
    }

    private static SessionHistory history(SessionKey key, @Nullable Instant since) throws InterruptedException {
        return TopicHistories.of(
                        environment.configuration(Map.of()).kafka().client("consumer."),
                        HistoryTopics.of(environment.configuration(Map.of()).topics()),
                        registry,
                        System::nanoTime)
                .of(key, since);
    }

    private static String run(int exitCode, String... arguments) {
        List<String> command = new ArrayList<>(List.of(arguments));
        environment.settings().forEach((key, value) -> command.addAll(List.of("-X", key + "=" + value)));
        return Commands.run(exitCode, command);
    }

    private static KafkaProducer<String, byte[]> producer(String transactions) {
        return new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        environment.kafka().bootstrapServers(),
                        "transactional.id",
                        transactions,
                        "compression.type",
                        "gzip",
                        "linger.ms",
                        "100"),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    private static void send(Producer<String, byte[]> producer, ProducerRecord<String, byte[]> record) {
        // A transaction fails with whatever it sends.
        var _ = producer.send(record);
    }

    private static void inTransaction(Producer<String, byte[]> producer, Runnable writing) {
        producer.beginTransaction();
        writing.run();
        producer.commitTransaction();
    }

    /** Another session whose records lie in the same partition. */
    private static SessionKey twin() {
        return IntStream.range(0, 1000)
                .mapToObj(i -> new SessionKey(KEY.applicationId(), "twin" + i))
                .filter(key -> partition(key) == partition(KEY))
                .findFirst()
                .orElseThrow();
    }

    private static int partition(SessionKey key) {
        return BuiltInPartitioner.partitionForKey(key.toString().getBytes(UTF_8), PARTITIONS);
    }

    private static Instant at(int sequence) {
        return START.plusSeconds(sequence);
    }

    private static ProducerRecord<String, byte[]> change(SessionKey key, int sequence) {
        var change = new StateChange(
                key,
                sequence,
                sequence == 1 ? null : sequence % 2 == 0 ? SessionState.IDLE : SessionState.BUSY,
                sequence == 1 ? List.of() : List.of(SessionState.STARTING),
                at(sequence),
                at(sequence),
                sequence == 1 ? null : at(sequence - 1),
                Map.of("team", "blue"),
                Origin.PUBLISHED,
                SessionSample.of(key)
                        .state(sequence % 2 == 0 ? "BUSY" : "IDLE")
                        .updatedAt(at(sequence))
                        .session());
        var writer = new ChangeWriter(
                LocalEnvironment.OUTPUT,
                new ChangeEvents(ConfigurationDetail.REDACTED),
                new RegistryAvroSerde<IndexedRecord>(registry, true).serializer(),
                true,
                null);
        return record(LocalEnvironment.OUTPUT, key, at(sequence), writer.write(change, bytes -> true));
    }

    private static UsageRecord usageOf(SessionKey key) {
        return UsageSample.record(key, null, Map.of());
    }

    private static ProducerRecord<String, byte[]> usage(SessionKey key) {
        UsageRecord usage = usageOf(key);
        var writer = new UsageWriter(
                LocalEnvironment.USAGE, new RegistryAvroSerde<IndexedRecord>(registry, true).serializer(), true, null);
        return record(LocalEnvironment.USAGE, key, usage.settledAt(), writer.write(usage, bytes -> true));
    }

    private static ProducerRecord<String, byte[]> record(
            String topic, SessionKey key, Instant at, ChangeWriter.Written written) {
        return new ProducerRecord<>(topic, null, at.toEpochMilli(), key.toString(), written.value(), written.headers());
    }

    private static ProducerRecord<String, byte[]> unreadable(String topic, SessionKey key) {
        return new ProducerRecord<>(topic, null, at(CHANGES).toEpochMilli(), key.toString(), "secret".getBytes(UTF_8));
    }
}
