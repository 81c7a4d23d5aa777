package io.sessionevents.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sessionevents.local.simulator.SessionFactory;
import io.sessionevents.local.simulator.SessionKey;
import io.sessionevents.local.simulator.SimulatedEmrServerless;
import io.sessionevents.local.simulator.SimulatedSession;
import io.sessionevents.local.testbed.LocalEnvironment;
import io.sessionevents.local.testbed.RunningService;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The input topic belongs to others: it gets more partitions, and is deleted and made anew, while ids are published. */
class InputPartitionsIT {
    private static final Map<String, String> QUICK =
            Map.of("kafka.main.consumer.metadata.max.age.ms", "2000", "kafka.num.stream.threads", "2");

    /** A publisher that gives up soon, because a topic that is gone does not come back at once. */
    private static final Map<String, Object> PUBLISHING = Map.of(
            "metadata.max.age.ms",
            500,
            "max.block.ms",
            1_000,
            "request.timeout.ms",
            1_000,
            "delivery.timeout.ms",
            2_000);

    @TempDir
    private Path directory;

    private final SessionFactory factory = new SessionFactory(new Random(7), 1);
    private final Set<SessionKey> published = ConcurrentHashMap.newKeySet();

    @Test
    void shouldGoOnWithMorePartitionsAndWithATopicMadeAnew() throws Exception {
        try (var environment = LocalEnvironment.start(0, 0, directory, SimulatedEmrServerless.Options.UNLIMITED);
                var running = RunningService.quick(environment, QUICK);
                var events = new Events(environment);
                Admin admin = Admin.create(
                        Map.of("bootstrap.servers", environment.kafka().bootstrapServers()))) {
            publishDuring(environment, () -> {
                awaitPublished(200);
                admin.createPartitions(Map.of(LocalEnvironment.INPUT, NewPartitions.increaseTo(24)))
                        .all()
                        .get();
                // The publisher's own client learns of the new partitions, and uses them.
                awaitPublished(published.size() + 600);
            });
            awaitAllReported(events);
            assertThat(occupiedPartitions(admin))
                    .as("partitions that were used")
                    .isGreaterThan(18);
            String before = replaced(running);

            admin.deleteTopics(List.of(LocalEnvironment.INPUT)).all().get();
            awaitLookedAt(environment, events);
            environment.kafka().createTopic(LocalEnvironment.INPUT, 24, Map.of());
            publishDuring(environment, () -> awaitPublished(published.size() + 300));
            awaitAllReported(events);

            assertThat(running.service().running()).isTrue();
            assertThat(replaced(running)).isEqualTo(before).endsWith(" 0.0");
        }
    }

    @Test
    void shouldNotDieOfATopicThatIsDeletedAndMadeAnewUnderLoad() throws Exception {
        try (var environment = LocalEnvironment.start(0, 0, directory, SimulatedEmrServerless.Options.UNLIMITED);
                var running = RunningService.quick(environment, QUICK);
                var events = new Events(environment);
                Admin admin = Admin.create(
                        Map.of("bootstrap.servers", environment.kafka().bootstrapServers()))) {
            for (int round = 0; round < 3; round++) {
                publishDuring(environment, () -> {
                    awaitPublished(published.size() + 100);
                    await().until(() -> !events.all().isEmpty());
                    admin.deleteTopics(List.of(LocalEnvironment.INPUT)).all().get();
                });
                awaitLookedAt(environment, events);
                // What lay in the deleted topic unread is gone; what is published from now on is not.
                published.clear();
                await().ignoreExceptions()
                        .until(() -> !admin.listTopics().names().get().contains(LocalEnvironment.INPUT));
                environment.kafka().createTopic(LocalEnvironment.INPUT, 12, Map.of());
                publishDuring(environment, () -> awaitPublished(200));
                awaitAllReported(events);
            }
            assertThat(running.service().running()).isTrue();
            assertThat(replaced(running)).endsWith(" 0.0");
        }
    }

    private interface Action {
        void run() throws ExecutionException, InterruptedException;
    }

    /** A new session about every five milliseconds, as long as the action takes. */
    private void publishDuring(LocalEnvironment environment, Action action) throws Exception {
        var enough = new AtomicBoolean();
        Thread load = Thread.ofVirtual().start(() -> {
            try (var publisher = new Publisher(environment, PUBLISHING)) {
                while (!enough.get()) {
                    SimulatedSession session = factory.minimal(factory.key()).then("IDLE", Instant.now());
                    environment.emr().add(session);
                    if (publisher.published(session.key().toString(), session.key())) {
                        published.add(session.key());
                    }
                }
            }
        });
        try {
            action.run();
        } finally {
            enough.set(true);
            load.join();
        }
    }

    private void awaitPublished(int number) {
        await().until(() -> published.size() >= number);
    }

    /** A StreamThread that waits for a topic that is gone would look at nothing for minutes. */
    private void awaitLookedAt(LocalEnvironment environment, Events events) {
        SessionKey known = events.all().getFirst().key();
        String next = "BUSY".equals(last(events, known)) ? "IDLE" : "BUSY";
        environment.emr().become(known, next);
        await().untilAsserted(() -> assertThat(last(events, known))
                .as("sessions are looked at while there is no input topic")
                .isEqualTo(next));
    }

    private static String last(Events events, SessionKey session) {
        return events.all().stream()
                .filter(event -> event.key().equals(session))
                .toList()
                .getLast()
                .rawState();
    }

    private void awaitAllReported(Events events) {
        await().untilAsserted(() -> {
            Set<SessionKey> missing = new HashSet<>(published);
            events.all().forEach(event -> missing.remove(event.key()));
            assertThat(missing).isEmpty();
        });
    }

    private static long occupiedPartitions(Admin admin) throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> all = IntStream.range(0, 24)
                .mapToObj(partition -> new TopicPartition(LocalEnvironment.INPUT, partition))
                .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
        return admin.listOffsets(all).all().get().values().stream()
                .filter(end -> end.offset() > 0)
                .count();
    }

    private static String replaced(RunningService running) throws IOException {
        return running.service()
                .metrics()
                .lines()
                .filter(line -> line.startsWith("session_events_stream_threads_replaced_total"))
                .findFirst()
                .orElseThrow();
    }
}
