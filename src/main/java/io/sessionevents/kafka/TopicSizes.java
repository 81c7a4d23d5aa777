package io.sessionevents.kafka;

import io.sessionevents.session.Topics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How large a record of a topic may be, as its brokers say. */
final class TopicSizes {
    private static final Logger log = LoggerFactory.getLogger(TopicSizes.class);

    private TopicSizes() {}

    /**
     * Asks for those that are written to; a topic that does not exist, or whose settings this client may not see, is left out.
     *
     * @param settings of Kafka's admin client
     * @return bytes ({@code max.message.bytes}) by topic; empty if the brokers do not answer within ten seconds
     */
    static Map<String, Integer> read(Map<String, Object> settings, Topics topics, List<String> internal) {
        Map<String, Integer> sizes = new HashMap<>();
        try (Admin admin = Admin.create(AdminCalls.bounded(settings))) {
            List<ConfigResource> resources = Stream.concat(topics.written().stream(), internal.stream())
                    .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
                    .toList();
            for (var answer : admin.describeConfigs(resources).values().entrySet()) {
                size(answer.getKey().name(), answer.getValue(), sizes);
            }
        } catch (KafkaException | TimeoutException e) {
            log.atWarn().log("The sizes of topics cannot be read, Kafka's default counts: {}", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return sizes;
    }

    private static void size(String topic, KafkaFuture<Config> answer, Map<String, Integer> sizes)
            throws InterruptedException, TimeoutException {
        try {
            ConfigEntry entry = AdminCalls.get(answer).get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG);
            if (entry != null && entry.value() != null) {
                sizes.put(topic, Integer.valueOf(entry.value()));
            }
        } catch (ExecutionException e) {
            log.atDebug()
                    .addKeyValue("topic", topic)
                    .log("Its size cannot be read: {}", AdminCalls.cause(e).toString());
        }
    }
}
