package io.sessionevents.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.sessionevents.calls.CommitWatch;
import io.sessionevents.local.simulator.SimulatedEmrServerless;
import io.sessionevents.local.testbed.LocalEnvironment;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A member that has lost its partitions commits nothing, even if it has consumed nothing. */
class FencedProducerIT {
    private static final String GROUP = "fenced";
    private static final String THREAD = "client-StreamThread-1";

    @TempDir
    private Path directory;

    private LocalEnvironment environment;
    private Consumer<byte[], byte[]> consumer;
    private Producer<byte[], byte[]> producer;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        environment = LocalEnvironment.start(0, 0, directory, SimulatedEmrServerless.Options.UNLIMITED);
        var clients = new FencedClients(new CommitWatch(System::nanoTime), true, "other", refused -> {});
        consumer = clients.getConsumer(settings(
                Map.of("client.id", THREAD + "-consumer", "group.id", GROUP, "auto.offset.reset", "earliest")));
        producer = clients.getProducer(
                settings(Map.of("client.id", THREAD + "-producer", "transactional.id", "fenced-1")));
        consumer.subscribe(List.of(LocalEnvironment.INPUT));
        await().until(() -> {
            consumer.poll(Duration.ofMillis(100));
            return !consumer.assignment().isEmpty();
        });
        producer.initTransactions();
    }

    @AfterEach
    void stop() {
        producer.close(Duration.ZERO);
        consumer.close();
        environment.close();
    }

    @Test
    void shouldCommitWithoutOffsetsOfItsOwnWhileItIsAMember() {
        write("first");
        producer.sendOffsetsToTransaction(Map.of(), consumer.groupMetadata());
        producer.commitTransaction();

        await().untilAsserted(() -> assertThat(
                        consumer.committed(consumer.assignment()).values())
                .filteredOn(offset -> offset != null)
                .singleElement()
                .extracting(OffsetAndMetadata::offset)
                .isEqualTo(0L));
    }

    @Test
    void shouldLeaveWhatIsCommittedAsItIs() {
        TopicPartition partition = consumer.assignment().iterator().next();
        write("first");
        producer.sendOffsetsToTransaction(
                Map.of(partition, new OffsetAndMetadata(7, "mine")), consumer.groupMetadata());
        producer.commitTransaction();

        write("second");
        producer.sendOffsetsToTransaction(Map.of(), consumer.groupMetadata());
        producer.commitTransaction();

        // For a moment after a commit the coordinator may answer with what was committed before.
        await().untilAsserted(() -> assertThat(
                        consumer.committed(consumer.assignment()).get(partition))
                .isEqualTo(new OffsetAndMetadata(7, "mine")));
    }

    @Test
    void shouldNotCommitWhenThePartitionsHaveMoved() throws ExecutionException, InterruptedException {
        write("of a former owner");
        try (Admin admin = Admin.create(settings(Map.of()))) {
            admin.removeMembersFromConsumerGroup(GROUP, new RemoveMembersFromConsumerGroupOptions())
                    .all()
                    .get();
        }

        assertThatExceptionOfType(CommitFailedException.class)
                .isThrownBy(() -> producer.sendOffsetsToTransaction(Map.of(), consumer.groupMetadata()));
        producer.abortTransaction();
    }

    /** The generation stays as it is when a static member joins again: the member id has to tell the two apart. */
    @Test
    void shouldNotCommitUnderANameThatAnotherProcessHasTaken() {
        var clients = new FencedClients(new CommitWatch(System::nanoTime), true, "other", refused -> {});
        Consumer<byte[], byte[]> frozen = named(clients, "frozen");
        Producer<byte[], byte[]> writing =
                clients.getProducer(settings(Map.of("client.id", "frozen-producer", "transactional.id", "named-1")));
        try (frozen) {
            writing.initTransactions();
            writing.beginTransaction();
            var _ = writing.send(new ProducerRecord<>(LocalEnvironment.OUTPUT, "of the frozen one".getBytes(UTF_8)));
            int generation = frozen.groupMetadata().generationId();
            try (Consumer<byte[], byte[]> successor = named(clients, "successor")) {
                assertThat(successor.groupMetadata().generationId()).isEqualTo(generation);

                assertThatExceptionOfType(KafkaException.class)
                        .isThrownBy(() -> {
                            writing.sendOffsetsToTransaction(Map.of(), frozen.groupMetadata());
                            writing.commitTransaction();
                        })
                        .satisfies(e -> assertThat(e.toString()).contains("FencedInstanceId"));
            }
        } finally {
            writing.close(Duration.ZERO);
        }
    }

    private Consumer<byte[], byte[]> named(FencedClients clients, String client) {
        Consumer<byte[], byte[]> member = clients.getConsumer(settings(Map.of(
                "client.id",
                client + "-consumer",
                "group.id",
                "named",
                "group.instance.id",
                "billing",
                "auto.offset.reset",
                "earliest")));
        member.subscribe(List.of(LocalEnvironment.INPUT));
        await().until(() -> {
            member.poll(Duration.ofMillis(100));
            return !member.assignment().isEmpty();
        });
        return member;
    }

    private void write(String value) {
        producer.beginTransaction();
        var _ = producer.send(new ProducerRecord<>(LocalEnvironment.OUTPUT, value.getBytes(UTF_8)));
    }

    private Map<String, Object> settings(Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(more);
        settings.put("bootstrap.servers", environment.kafka().bootstrapServers());
        return settings;
    }
}
