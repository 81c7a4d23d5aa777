package io.sessionevents.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sessionevents.local.simulator.SessionFactory;
import io.sessionevents.local.simulator.SimulatedEmrServerless;
import io.sessionevents.local.simulator.SimulatedSession;
import io.sessionevents.local.testbed.LocalEnvironment;
import io.sessionevents.local.testbed.RunningService;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the commands of an operator do with dead letters. */
class DeadLetterIT {
    @TempDir
    private Path directory;

    @Test
    void shouldListShowAndReplay() throws IOException, InterruptedException {
        try (var environment = LocalEnvironment.start(0, 0, directory, SimulatedEmrServerless.Options.UNLIMITED);
                var publisher = new Publisher(environment);
                var events = new Events(environment)) {
            var factory = new SessionFactory(new Random(3), 1);
            SimulatedSession late = factory.minimal(factory.key());
            try (var _ = RunningService.quick(environment, Map.of())) {
                // Escape sequences that a terminal must not see.
                publisher.publish("key\u001b[31m".getBytes(UTF_8), "nonsense\u0007".getBytes(UTF_8));
                publisher.publish(null, new byte[0]);
                await().until(() -> environment.deadLetters().size() == 2);
            }
            environment.emr().add(late.then("IDLE", Instant.now()));

            String listed = dlq(environment, 0, "ls");
            assertThat(listed).contains("unreadable-text", "empty-value").doesNotContain("\u001b", "\u0007");
            assertThat(dlq(environment, 0, "ls", "--reason", "empty-value", "--output", "json")
                            .lines())
                    .singleElement()
                    .asString()
                    .contains("\"reason\":\"empty-value\"");
            assertThat(dlq(environment, 2, "ls", "--reason", "bad-luck")).contains("bad-luck", "session-not-found");

            String place = listed.lines()
                    .filter(line -> line.contains("unreadable-text"))
                    .map(line -> line.substring(0, line.indexOf(' ')))
                    .findFirst()
                    .orElseThrow();
            assertThat(dlq(environment, 0, "show", place))
                    .contains("header session-events.reason", "0x6e6f6e73656e736507");
            assertThat(dlq(environment, 1, "show", "0:99999")).contains("0:99999");
            assertThat(dlq(environment, 2, "show", "here")).contains("PARTITION:OFFSET");

            assertThat(dlq(environment, 0, "replay", "--dry-run")).contains("Would publish 2 dead letters");
            assertThat(slow(environment, "replay", "--dry-run"))
                    .contains("Reading originals of session-ids: 1 of 2 (50 %)");
            assertThat(dlq(environment, 0, "replay", "--reason", "empty-value")).contains("Published 1 dead letter to");
            assertThat(dlq(environment, 0, "replay", "--reason", "empty-value")).contains("Published 0 dead letters");
            assertThat(dlq(environment, 0, "replay", "--dry-run")).contains("Would publish 1 dead letter to");
            assertThat(dlq(environment, 0, "ls").lines())
                    .as("a heading and the letters")
                    .hasSize(3);
            publisher.publish(late.key());
            try (var _ = RunningService.quick(environment, Map.of())) {
                events.await(late.key(), "IDLE");
                await().until(() -> environment.deadLetters().size() == 3);
            }
            assertThat(environment.deadLetters())
                    .allSatisfy(letter -> assertThat(letter.headers().headers("session-events.reason"))
                            .hasSize(1));
        }
    }

    @Test
    void shouldReplayTheOriginalOfALetterThatWasCut() throws Exception {
        try (var environment = LocalEnvironment.start(0, 0, directory, SimulatedEmrServerless.Options.UNLIMITED);
                var publisher = new Publisher(environment, Map.of("compression.type", "gzip"));
                Admin admin = Admin.create(
                        Map.of("bootstrap.servers", environment.kafka().bootstrapServers()))) {
            limit(admin, LocalEnvironment.DEAD_LETTERS, 200_000);
            limit(admin, LocalEnvironment.INPUT, 1_048_588);
            try (var running = RunningService.quick(environment, Map.of())) {
                publisher.publish(null, hexDigits(1_500_000));
                publisher.publish("behind it");
                await().until(() -> environment.deadLetters().size() == 2);
                String place = placeOf(dlq(environment, 0, "ls"), "too-large");
                assertThat(dlq(environment, 0, "show", place))
                        .contains("was cut; the value has 1500000 bytes", "The original is in session-ids, partition");

                // Somebody makes the topic smaller meanwhile: refused once, and then cut further.
                limit(admin, LocalEnvironment.DEAD_LETTERS, 40_000);
                assertThat(dlq(environment, 0, "replay", place)).contains("Published 1 dead letter to");
                assertThat(dlq(environment, 0, "replay", place)).contains("Published 0 dead letters");
                await().until(() -> environment.deadLetters().size() == 3);
                assertThat(environment.deadLetters().stream()
                                .filter(letter -> letter.headers().lastHeader("session-events.cut.value.bytes") != null)
                                .map(letter -> letter.headers()
                                        .lastHeader("session-events.cut.value.sha256")
                                        .value())
                                .map(String::new)
                                .distinct())
                        .as("the same record")
                        .hasSize(1);
                assertThat(running.service().metrics()).contains("session_events_stream_threads_replaced_total 0.0");
            }
            deleteInput(admin);
            assertThat(dlq(environment, 1, "replay", "--reason", "too-large"))
                    .contains("the original is gone", "Published 0 dead letters", "1 dead letter cannot be replayed");
        }
    }

    @Test
    void shouldReplayOnceBehindSomebodysOpenTransaction() throws IOException, InterruptedException {
        try (var environment = LocalEnvironment.start(0, 0, directory, SimulatedEmrServerless.Options.UNLIMITED);
                var publisher = new Publisher(environment);
                var other = somebodyElse(environment)) {
            try (var _ = RunningService.quick(environment, Map.of())) {
                publisher.publish(null, new byte[0]);
                await().until(() -> environment.deadLetters().size() == 1);
            }
            other.initTransactions();
            other.beginTransaction();
            var _ = other.send(new ProducerRecord<>(LocalEnvironment.DEAD_LETTERS, 0, null, new byte[] {1}));
            other.flush();

            CompletableFuture<List<String>> replays = CompletableFuture.supplyAsync(
                    () -> List.of(dlq(environment, 0, "replay"), dlq(environment, 0, "replay")));
            assertThat(replays).as("it waits for what may be a mark").failsWithin(Duration.ofSeconds(3));
            other.abortTransaction();

            assertThat(replays.join())
                    .satisfiesExactly(
                            first -> assertThat(first).contains("Published 1 dead letter to"),
                            second -> assertThat(second).contains("Published 0 dead letters"));
        }
    }

    private static Producer<byte[], byte[]> somebodyElse(LocalEnvironment environment) {
        return new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        environment.kafka().bootstrapServers(),
                        "transactional.id",
                        "somebody-else"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private static String placeOf(String listed, String reason) {
        return listed.lines()
                .filter(line -> line.contains(reason))
                .map(line -> line.substring(0, line.indexOf(' ')))
                .findFirst()
                .orElseThrow();
    }

    /** As of a dump: gzip makes half of it, and lz4 no less than all. */
    private static byte[] hexDigits(int number) {
        var random = new Random(3);
        byte[] digits = new byte[number];
        for (int i = 0; i < number; i++) {
            digits[i] = (byte) Character.forDigit(random.nextInt(16), 16);
        }
        return digits;
    }

    private static void limit(Admin admin, String topic, int bytes) throws Exception {
        var change = new AlterConfigOp(
                new ConfigEntry("max.message.bytes", Integer.toString(bytes)), AlterConfigOp.OpType.SET);
        admin.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.TOPIC, topic), List.of(change)))
                .all()
                .get();
    }

    private static void deleteInput(Admin admin) throws Exception {
        Map<TopicPartition, RecordsToDelete> all = IntStream.range(0, 12)
                .mapToObj(partition -> new TopicPartition(LocalEnvironment.INPUT, partition))
                .collect(Collectors.toMap(partition -> partition, partition -> RecordsToDelete.beforeOffset(-1)));
        admin.deleteRecords(all).all().get();
    }

    private static String dlq(LocalEnvironment environment, int exitCode, String... arguments) {
        return Commands.run(exitCode, command(environment, arguments));
    }

    /** A minute passes between any two looks at the clock. */
    private static String slow(LocalEnvironment environment, String... arguments) {
        var minutes = new AtomicInteger();
        return Commands.run(
                0,
                () -> Instant.EPOCH.plus(Duration.ofMinutes(minutes.incrementAndGet())),
                command(environment, arguments));
    }

    private static List<String> command(LocalEnvironment environment, String... arguments) {
        List<String> all = new ArrayList<>(List.of("dlq"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("-X", "bootstrap.servers=" + environment.kafka().bootstrapServers()));
        return all;
    }
}
