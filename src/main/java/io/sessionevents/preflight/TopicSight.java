package io.sessionevents.preflight;

import io.sessionevents.kafka.AdminCalls;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * What this client sees of a topic.
 *
 * @param description empty if there is no such topic, or if it is hidden
 * @param hidden whether this client may not even see whether it exists
 */
record TopicSight(RequiredTopic topic, Optional<TopicDescription> description, boolean hidden) {

    static List<TopicSight> of(Admin admin, List<RequiredTopic> topics)
            throws InterruptedException, ExecutionException, TimeoutException {
        List<String> names = topics.stream().map(RequiredTopic::name).toList();
        Map<String, KafkaFuture<TopicDescription>> answers = admin.describeTopics(
                        names, new DescribeTopicsOptions().includeAuthorizedOperations(true))
                .topicNameValues();
        List<TopicSight> sights = new ArrayList<>();
        for (RequiredTopic topic : topics) {
            sights.add(of(topic, answers.getOrDefault(topic.name(), KafkaFuture.completedFuture(null))));
        }
        return sights;
    }

    private static TopicSight of(RequiredTopic topic, KafkaFuture<TopicDescription> answer)
            throws InterruptedException, ExecutionException, TimeoutException {
        try {
            return new TopicSight(topic, Optional.of(AdminCalls.get(answer)), false);
        } catch (ExecutionException e) {
            return switch (AdminCalls.cause(e)) {
                case UnknownTopicOrPartitionException none -> new TopicSight(topic, Optional.empty(), false);
                case TopicAuthorizationException refused -> new TopicSight(topic, Optional.empty(), true);
                default -> throw e;
            };
        }
    }

    boolean missing() {
        return description.isEmpty() && !hidden;
    }

    int partitions() {
        return description.map(found -> found.partitions().size()).orElse(0);
    }

    /** Of those operations the ones that this client may not do; none if the brokers do not say. */
    List<AclOperation> without(List<AclOperation> operations) {
        Set<AclOperation> authorized =
                description.map(TopicDescription::authorizedOperations).orElse(null);
        if (authorized == null) {
            return List.of();
        }
        return operations.stream()
                .filter(operation -> operation != AclOperation.CREATE && !authorized.contains(operation))
                .toList();
    }
}
