package io.sessionevents.local.command.bench;

import io.sessionevents.local.Poll;
import io.sessionevents.local.scenario.workload.Workload;
import io.sessionevents.local.simulator.Faults;
import io.sessionevents.local.simulator.SimulatedEmrServerless;
import io.sessionevents.local.testbed.LocalEnvironment;
import io.sessionevents.local.testbed.RunningService;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.internal.CompressionType;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What the records of both output topics weigh in Kafka's batches, and what making the batches costs, by compression. */
final class CompressedSize {
    private static final long SEED = 42;
    private static final double FASTER = 600;
    private static final int SESSIONS = 200;
    private static final int RECORDS = 60;
    private static final int ROUNDS = 200;
    private static final List<Integer> BATCHES = List.of(1, 3, 10);
    private static final List<CompressionType> TYPES =
            List.of(CompressionType.NONE, CompressionType.GZIP, CompressionType.LZ4);

    private CompressedSize() {}

    static void measure(Path directory, PrintWriter out) throws IOException, InterruptedException {
        var calls = new SimulatedEmrServerless.Options(1e9, 1_000_000, Duration.ofMillis(50), Faults.NONE);
        Map<String, String> settings = Map.of("usage.settle.after", "1 s", "usage.looks", "2 s, 4 s, 8 s");
        try (var environment = LocalEnvironment.start(0, 0, directory, calls);
                var _ = RunningService.start(environment, settings);
                var workload = Workload.of(environment, SEED, FASTER)) {
            workload.mixed(SESSIONS);
            for (String topic : List.of(LocalEnvironment.OUTPUT, LocalEnvironment.USAGE)) {
                List<SimpleRecord> records = first(environment, topic);
                BATCHES.forEach(size -> TYPES.forEach(type -> print(out, topic, batches(records, size), type)));
            }
        }
    }

    private static List<SimpleRecord> first(LocalEnvironment environment, String topic) throws InterruptedException {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", environment.kafka().bootstrapServers());
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            List<SimpleRecord> records = new ArrayList<>();
            Poll.await("records of " + topic, records::size, () -> {
                consumer.poll(Duration.ofMillis(50)).forEach(record -> records.add(asWritten(record)));
                return records.size() >= RECORDS;
            });
            return records.subList(0, RECORDS);
        }
    }

    private static SimpleRecord asWritten(ConsumerRecord<byte[], byte[]> record) {
        return new SimpleRecord(
                record.timestamp(),
                record.key(),
                record.value(),
                record.headers().toArray());
    }

    private static List<SimpleRecord[]> batches(List<SimpleRecord> records, int size) {
        List<SimpleRecord[]> batches = new ArrayList<>();
        for (int from = 0; from + size <= records.size(); from += size) {
            batches.add(records.subList(from, from + size).toArray(SimpleRecord[]::new));
        }
        return batches;
    }

    private static void print(PrintWriter out, String topic, List<SimpleRecord[]> batches, CompressionType type) {
        Compression compression = Compression.of(type).build();
        bytes(batches, compression);
        long began = System.nanoTime();
        long bytes = bytes(batches, compression);
        long nanos = System.nanoTime() - began;
        int written = ROUNDS * batches.size() * batches.getFirst().length;
        out.printf(
                "%s, %d in a batch, %s: %d bytes and %.1f µs a record%n",
                topic, batches.getFirst().length, type.name, bytes / written, nanos / 1e3 / written);
    }

    private static long bytes(List<SimpleRecord[]> batches, Compression compression) {
        long bytes = 0;
        for (int round = 0; round < ROUNDS; round++) {
            for (SimpleRecord[] batch : batches) {
                bytes += MemoryRecords.withRecords(compression, batch).sizeInBytes();
            }
        }
        return bytes;
    }
}
