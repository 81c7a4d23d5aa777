package io.sessionevents.cli;

import io.sessionevents.kafka.AdminCalls;
import io.sessionevents.preflight.RequiredTopic;
import io.sessionevents.settings.Configuration;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** Looks at topics and makes some. */
final class TopicAdmin implements AutoCloseable {
    private final Configuration configuration;
    private final Admin admin;

    /**
     * A topic as it is.
     *
     * @param partitions 0 if this client may not even see whether there is such a topic
     * @param cleanupPolicy null if this client may not see it
     * @param retentionMillis -1 for ever; null if this client may not see it
     */
    record Existing(
            int partitions,
            int replication,
            @Nullable String cleanupPolicy,
            @Nullable Long retentionMillis) {

        static final Existing HIDDEN = new Existing(0, 0, null, null);

        boolean hidden() {
            return partitions == 0;
        }

        String retentionText() {
            if (cleanupPolicy == null || retentionMillis == null) {
                return "not seen";
            }
            if (!cleanupPolicy.contains(TopicConfig.CLEANUP_POLICY_DELETE)) {
                return "compacted";
            }
            if (retentionMillis < 0) {
                return "for ever";
            }
            return RequiredTopic.duration(Duration.ofMillis(retentionMillis));
        }
    }

    TopicAdmin(Configuration configuration) {
        this.configuration = configuration;
        try {
            this.admin = Admin.create(AdminCalls.bounded(configuration.kafka().client("admin.")));
        } catch (KafkaException e) {
            throw KafkaFailure.of(configuration, "Connecting", e);
        }
    }

    /** Those that exist or are hidden, by name. */
    Map<String, Existing> existing(Collection<String> names) throws InterruptedException {
        Map<String, Existing> existing = new HashMap<>();
        for (var answer : admin.describeTopics(names).topicNameValues().entrySet()) {
            String name = answer.getKey();
            try {
                TopicDescription found = get(answer.getValue());
                existing.put(name, existing(found, config(name)));
            } catch (ExecutionException e) {
                switch (e.getCause()) {
                    case UnknownTopicOrPartitionException none -> {}
                    case TopicAuthorizationException refused -> existing.put(name, Existing.HIDDEN);
                    case null, default -> throw failed("Looking at " + name, e);
                }
            }
        }
        return existing;
    }

    private static Existing existing(TopicDescription found, @Nullable Config config) {
        int replication = found.partitions().getFirst().replicas().size();
        return config == null
                ? new Existing(found.partitions().size(), replication, null, null)
                : new Existing(
                        found.partitions().size(),
                        replication,
                        config.get(TopicConfig.CLEANUP_POLICY_CONFIG).value(),
                        Long.valueOf(config.get(TopicConfig.RETENTION_MS_CONFIG).value()));
    }

    private @Nullable Config config(String topic) throws InterruptedException, ExecutionException {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try {
            return get(admin.describeConfigs(List.of(resource)).all()).get(resource);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TopicAuthorizationException) {
                return null;
            }
            throw e;
        }
    }

    /** Makes the topic; false if it exists already. */
    boolean create(RequiredTopic topic, Optional<Short> replication) throws InterruptedException {
        var wanted = new NewTopic(topic.name(), Optional.of(topic.partitions()), replication).configs(topic.config());
        try {
            get(admin.createTopics(List.of(wanted)).all());
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TopicExistsException) {
                return false;
            }
            throw failed("Creating " + topic.name(), e);
        }
    }

    private <T> T get(KafkaFuture<T> future) throws InterruptedException, ExecutionException {
        try {
            return AdminCalls.get(future);
        } catch (TimeoutException e) {
            throw new ExecutionException(e);
        }
    }

    private CommandFailedException failed(String what, ExecutionException e) {
        return KafkaFailure.of(configuration, what, e);
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}
