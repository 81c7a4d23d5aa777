package io.sessionevents.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sessionevents.local.scenario.workload.HostileRecord;
import io.sessionevents.local.scenario.workload.HostileRecord.Fate;
import io.sessionevents.local.scenario.workload.HostileRecords;
import io.sessionevents.local.simulator.SessionFactory;
import io.sessionevents.local.simulator.SessionKey;
import io.sessionevents.local.simulator.SimulatedEmrServerless;
import io.sessionevents.local.testbed.LocalEnvironment;
import io.sessionevents.local.testbed.LocalRegistry;
import io.sessionevents.local.testbed.RunningService;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Thousands of records that are not as they should be: every good one is tracked, every bad one accounted for, nobody dies. */
class HostileRecordsIT {
    private static final long SEED = Long.getLong("session-events.hostile.seed", 20261126);
    private static final int RECORDS = Integer.getInteger("session-events.hostile.records", 3_000);

    /** Smaller than what is published, so dead letters must be cut. */
    private static final String DEAD_LETTER_BYTES = "1048588";

    @TempDir
    private Path directory;

    private final Map<Integer, String> expected = new TreeMap<>();
    private final Set<SessionKey> tracked = new HashSet<>();
    private long waiting;

    @Test
    void shouldAccountForEveryRecord() throws Exception {
        try (var environment = LocalEnvironment.start(0, 0, directory, SimulatedEmrServerless.Options.UNLIMITED)) {
            limitDeadLetters(environment);
            try (var running = RunningService.quick(environment, Map.of("input.schema.patience", "5 s"));
                    var events = new Events(environment)) {
                publish(environment);

                await().pollInterval(Duration.ofSeconds(1))
                        .untilAsserted(() -> assertThat(deadLetters(environment))
                                .as("seed %d", SEED)
                                .isEqualTo(expected));
                await().untilAsserted(() -> {
                    Set<SessionKey> missing = new HashSet<>(tracked);
                    events.all().forEach(event -> missing.remove(event.key()));
                    assertThat(missing).as("seed %d", SEED).isEmpty();
                });
                assertThat(running.service().metrics())
                        .contains("session_events_stream_threads_replaced_total 0.0")
                        .contains("session_events_input_waiting " + (double) waiting);
                assertThat(running.service().running()).isTrue();
            }
        }
    }

    private void publish(LocalEnvironment environment) {
        var records = new HostileRecords(SEED, (LocalRegistry) environment.registry());
        var factory = new SessionFactory(new Random(SEED), 1);
        Map<String, Publisher> publishers = new TreeMap<>();
        List.of("none", "gzip", "zstd", "lz4", "snappy")
                .forEach(type -> publishers.put(type, new Publisher(environment, Map.of("compression.type", type))));
        for (int i = 0; i < RECORDS; i++) {
            HostileRecord next = records.next();
            switch (next.fate()) {
                case Fate.DeadLetter letter -> expected.put(next.number(), letter.reason());
                case Fate.Tracked session -> {
                    tracked.add(session.session());
                    environment.emr().add(factory.minimal(session.session()).then("IDLE", Instant.now()));
                }
                case Fate.Waiting _ -> waiting++;
                case Fate.Nothing _ -> {}
            }
            requireNonNull(publishers.get(next.compression())).publish(next);
        }
        publishers.values().forEach(Publisher::close);
    }

    private static Map<Integer, String> deadLetters(LocalEnvironment environment) {
        Map<Integer, String> letters = new TreeMap<>();
        for (ConsumerRecord<byte[], byte[]> letter : environment.deadLetters()) {
            Stream.of("session-events.reason", "__streams.errors.offset")
                    .forEach(name -> assertThat(letter.headers().headers(name)).hasSize(1));
            String reason = text(letter, "session-events.reason");
            String twice = letters.put(Integer.valueOf(text(letter, HostileRecord.NUMBER)), reason);
            assertThat(twice).as("written twice").isNull();
        }
        return letters;
    }

    private static String text(ConsumerRecord<byte[], byte[]> letter, String header) {
        return new String(letter.headers().lastHeader(header).value(), UTF_8);
    }

    private static void limitDeadLetters(LocalEnvironment environment) throws Exception {
        var topic = new ConfigResource(ConfigResource.Type.TOPIC, LocalEnvironment.DEAD_LETTERS);
        var smaller =
                new AlterConfigOp(new ConfigEntry("max.message.bytes", DEAD_LETTER_BYTES), AlterConfigOp.OpType.SET);
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", environment.kafka().bootstrapServers()))) {
            admin.incrementalAlterConfigs(Map.of(topic, List.of(smaller))).all().get();
        }
    }
}
