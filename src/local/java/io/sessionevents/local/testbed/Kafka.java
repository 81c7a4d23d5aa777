package io.sessionevents.local.testbed;

import io.sessionevents.local.Poll;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** A Kafka cluster for the local environment and the tests. */
public interface Kafka extends AutoCloseable {
    String bootstrapServers();

    /** How many brokers hold each partition. */
    short replication();

    /** Creates a topic unless it exists, and waits until brokers tell the leaders of its partitions. */
    default void createTopic(String name, int partitions, Map<String, String> config) throws InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(name, partitions, replication()).configs(config)))
                    .all()
                    .get();
            // The controller has made the topic, but brokers learn of it in their own time.
            Poll.await("leaders of " + name, () -> hasLeaders(admin, name));
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new IllegalStateException("topic " + name + " could not be created", e.getCause());
            }
        }
    }

    private static boolean hasLeaders(Admin admin, String name) throws InterruptedException, ExecutionException {
        try {
            return admin.describeTopics(List.of(name)).allTopicNames().get().values().stream()
                    .flatMap(topic -> topic.partitions().stream())
                    .allMatch(partition -> partition.leader() != null);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return false;
            }
            throw e;
        }
    }

    @Override
    void close();
}
