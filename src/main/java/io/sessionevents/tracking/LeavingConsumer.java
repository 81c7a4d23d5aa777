package io.sessionevents.tracking;

import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A consumer that leaves its group whenever it is closed. Kafka Streams (4.3.1) lets a StreamThread that dies and is replaced stay
 * in the group, under a name of its own or without one; nobody answers for it any more, so the whole group would wait for its
 * session to time out, and commit nothing meanwhile.
 */
final class LeavingConsumer extends KafkaConsumer<byte[], byte[]> {
    LeavingConsumer(Map<String, Object> config) {
        super(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public void close(CloseOptions options) {
        super.close(options.withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
    }
}
