package io.sessionevents.local.command.bench;

import io.sessionevents.local.Poll;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** What the service writes to Kafka in 20 s while it tracks 100 sessions that do not change. */
final class IdleWrites {
    private static final int SESSIONS = 100;
    private static final Duration SETTLE = Duration.ofSeconds(35);
    private static final Duration WINDOW = Duration.ofSeconds(20);
    private static final int WINDOWS = 3;

    private IdleWrites() {}

    static void measure(Path directory, PrintWriter out) throws IOException, InterruptedException {
        try (var bench = Bench.start(directory, Duration.ofMillis(50), Map.of());
                var admin = Admin.create(
                        Map.of("bootstrap.servers", bench.environment().kafka().bootstrapServers()))) {
            bench.workload().idle(SESSIONS);
            Poll.await(
                    "first lookups",
                    () -> bench.service().statistics().answered(),
                    () -> bench.service().statistics().answered() > SESSIONS);
            Poll.pause(SETTLE);
            for (int i = 0; i < WINDOWS; i++) {
                long lookups = bench.service().statistics().answered();
                Map<String, Long> before = records(admin);
                Poll.pause(WINDOW);
                Map<String, Long> written = records(admin);
                written.replaceAll((topic, end) -> end - before.getOrDefault(topic, 0L));
                written.values().removeIf(count -> count == 0);
                out.printf(
                        "records written in %d s during %d lookups that found nothing new: %s%n",
                        WINDOW.toSeconds(),
                        bench.service().statistics().answered() - lookups,
                        written.isEmpty() ? "none" : written);
            }
        }
    }

    /** Ends of all logs by topic, internal topics and transaction markers included. */
    private static Map<String, Long> records(Admin admin) throws InterruptedException {
        try {
            var topics = admin.listTopics(new ListTopicsOptions().listInternal(true))
                    .names()
                    .get();
            Map<TopicPartition, OffsetSpec> partitions =
                    admin.describeTopics(topics).allTopicNames().get().values().stream()
                            .flatMap(topic -> topic.partitions().stream()
                                    .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                            .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
            Map<String, Long> ends = new TreeMap<>();
            admin.listOffsets(partitions)
                    .all()
                    .get()
                    .forEach((partition, end) -> ends.merge(partition.topic(), end.offset(), Long::sum));
            return ends;
        } catch (ExecutionException e) {
            throw new IllegalStateException("the broker does not tell its offsets", e.getCause());
        }
    }
}
