package io.sessionevents.local.judge;

import io.sessionevents.local.Poll;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What a fleet that was stopped must not leave behind: open transactions, and input that nobody has read. */
public record ClusterLeftovers(String bootstrapServers) {
    private static final String GROUP = "session-events";
    private static final Duration POLL = Duration.ofMillis(100);

    /** Whether everything that was published has been read. */
    public boolean nothingUnread() throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            return unread(admin).isEmpty();
        }
    }

    public List<String> problems() throws ExecutionException, InterruptedException {
        List<String> problems = new ArrayList<>();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            if (!Poll.awaited(() -> open(admin).isEmpty())) {
                problems.add("open transactions in " + open(admin));
            }
            unread(admin).forEach((partition, count) -> problems.add(count + " records of " + partition + " unread"));
        }
        return problems;
    }

    private static List<TopicPartition> open(Admin admin) throws ExecutionException, InterruptedException {
        List<TopicPartition> partitions = new ArrayList<>();
        admin.describeTopics(admin.listTopics().names().get())
                .allTopicNames()
                .get()
                .values()
                .forEach(topic -> topic.partitions()
                        .forEach(partition -> partitions.add(new TopicPartition(topic.name(), partition.partition()))));
        Map<TopicPartition, Long> stable = ends(admin, partitions, IsolationLevel.READ_COMMITTED);
        Map<TopicPartition, Long> all = ends(admin, partitions, IsolationLevel.READ_UNCOMMITTED);
        return partitions.stream()
                .filter(partition -> !Objects.equals(stable.get(partition), all.get(partition)))
                .toList();
    }

    private static Map<TopicPartition, Long> ends(
            Admin admin, List<TopicPartition> partitions, IsolationLevel isolation)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
        partitions.forEach(partition -> wanted.put(partition, OffsetSpec.latest()));
        Map<TopicPartition, Long> ends = new HashMap<>();
        admin.listOffsets(wanted, new ListOffsetsOptions(isolation))
                .all()
                .get()
                .forEach((partition, result) -> ends.put(partition, result.offset()));
        return ends;
    }

    /** Records behind the committed offsets; transaction markers do not count. */
    private Map<TopicPartition, Integer> unread(Admin admin) throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(GROUP)
                .partitionsToOffsetAndMetadata()
                .get();
        if (committed.isEmpty()) {
            throw new IllegalStateException("the group " + GROUP + " has no offsets");
        }
        Map<TopicPartition, Integer> unread = new HashMap<>();
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(committed.keySet());
            committed.forEach((partition, offset) -> consumer.seek(partition, offset.offset()));
            Map<TopicPartition, Long> ends = consumer.endOffsets(committed.keySet());
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(POLL)
                        .forEach(record ->
                                unread.merge(new TopicPartition(record.topic(), record.partition()), 1, Integer::sum));
            }
        }
        return unread;
    }
}
