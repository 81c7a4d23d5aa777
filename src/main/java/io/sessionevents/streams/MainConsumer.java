package io.sessionevents.streams;

import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.errors.TaskMigratedException;
import org.apache.kafka.streams.errors.TopologyException;

/**
 * The consumer of one StreamThread in the group. It tells how much each poll brings, and differs from Kafka's own in two things, seen with Kafka Streams 4.3.1 and unchanged in 4.4.0:
 *
 * <ul>
 *   <li>A StreamThread that dies and is replaced stays in the group, under a name of its own or without one; nobody answers for it
 *       any more, so the whole group would wait for its session to time out, and commit nothing meanwhile. This leaves the group
 *       whenever it is closed.
 *   <li>A StreamThread dies of an input topic that is deleted in the middle of a rebalance, see {@link #meant}.
 * </ul>
 */
final class MainConsumer extends KafkaConsumer<byte[], byte[]> {
    private final boolean leaving;
    private final TopicIdentity input;
    private final IntConsumer polled;

    /**
     * A consumer that is in no group yet.
     *
     * @param leaving whether it leaves the group when it is closed; else Kafka Streams decides
     * @param input the topic that others may delete
     * @param polled told how many records each poll has brought
     */
    MainConsumer(Map<String, Object> config, boolean leaving, TopicIdentity input, IntConsumer polled) {
        super(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.leaving = leaving;
        this.input = input;
        this.polled = polled;
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        try {
            ConsumerRecords<byte[], byte[]> records = super.poll(timeout);
            polled.accept(records.count());
            return records;
        } catch (KafkaException e) {
            throw meant(e, () -> input.gone(TopicIdentity.UNSAID));
        }
    }

    /**
     * What Kafka Streams should have been told of a rebalance that failed. Where its tasks have to be given up, and are had anew, it
     * must hear a {@link TaskMigratedException}; it dies of everything else.
     *
     * <ul>
     *   <li>Revoking commits. A commit that finds its topic gone says that tasks have migrated, but the consumer wraps what is thrown
     *       while the group is joined.
     *   <li>The StreamThreads of a process share the topics that a pattern stands for. One has seen that the topic is gone, another is
     *       assigned its partitions still: to that, the topic is unknown to the topology.
     * </ul>
     *
     * @param gone whether the brokers say that there is no input topic; asked only where it matters
     */
    static KafkaException meant(KafkaException failure, BooleanSupplier gone) {
        if (failure.getCause() instanceof TaskMigratedException migrated) {
            return migrated;
        }
        return failure instanceof TopologyException && gone.getAsBoolean()
                ? new TaskMigratedException("the input topic was deleted during a rebalance", failure)
                : failure;
    }

    @Override
    public void close(CloseOptions options) {
        super.close(
                leaving
                        ? options.withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP)
                        : options);
    }
}
