package io.sessionevents.local.kafka;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;

/** A Kafka cluster for the local environment and the tests. */
public interface Kafka extends AutoCloseable {

    String bootstrapServers();

    /** How many brokers hold each partition. */
    short replication();

    /** Creates a topic unless it exists. */
    default void createTopic(String name, int partitions, Map<String, String> config) throws InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(name, partitions, replication()).configs(config)))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new IllegalStateException("topic " + name + " could not be created", e.getCause());
            }
        }
    }

    @Override
    void close();
}
