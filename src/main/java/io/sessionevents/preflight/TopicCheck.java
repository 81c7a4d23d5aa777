package io.sessionevents.preflight;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Checks that Kafka answers, that the topics exist, and that the dead-letter topic takes whatever the input topic can hold.
 *
 * @param adminSettings settings of Kafka's admin client, {@code bootstrap.servers} among them
 * @param repartition name of the internal topic; its number of partitions cannot change once it exists
 * @param partitions partitions of the repartition topic as configured
 */
public record TopicCheck(
        Map<String, Object> adminSettings,
        String input,
        String output,
        String deadLetter,
        String repartition,
        int partitions) {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** Bytes that the headers of a dead letter take at most, with room. */
    private static final int HEADROOM_BYTES = 16 * 1024;

    /** Kafka's default of max.message.bytes. */
    private static final int DEFAULT_LARGEST_MESSAGE = 1_048_588;

    /** What is wrong; empty if nothing is. */
    public List<Finding> findings() throws InterruptedException {
        Map<String, Object> settings = new HashMap<>(adminSettings);
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) TIMEOUT.toMillis());
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) TIMEOUT.toMillis() / 2);
        try (Admin admin = Admin.create(settings)) {
            return check(admin);
        } catch (KafkaException e) {
            return List.of(cannotConnect(e));
        }
    }

    private List<Finding> check(Admin admin) throws InterruptedException {
        try {
            get(admin.describeCluster().clusterId());
            List<Finding> findings = new ArrayList<>(missingTopics(admin));
            int actual = partitionsOf(admin, repartition).orElse(partitions);
            if (actual != partitions) {
                findings.add(otherPartitions(actual));
            }
            if (findings.isEmpty()) {
                findings.addAll(tooSmallDeadLetterTopic(admin));
            }
            return findings;
        } catch (ExecutionException e) {
            return List.of(cannotConnect(e.getCause() == null ? e : e.getCause()));
        } catch (TimeoutException e) {
            return List.of(cannotConnect(e));
        }
    }

    private List<Finding> missingTopics(Admin admin) throws InterruptedException, ExecutionException, TimeoutException {
        List<Finding> findings = new ArrayList<>();
        for (String topic : List.of(input, output, deadLetter)) {
            if (partitionsOf(admin, topic).isEmpty()) {
                findings.add(new Finding("Topic " + topic + " does not exist.", createCommand(topic), false));
            }
        }
        return findings;
    }

    private String createCommand(String topic) {
        String command = "kafka-topics.sh --bootstrap-server " + adminSettings.get("bootstrap.servers")
                + " --create --topic " + topic + " --partitions " + partitions;
        return topic.equals(deadLetter)
                ? command + " --config max.message.bytes=" + (DEFAULT_LARGEST_MESSAGE + HEADROOM_BYTES)
                : command;
    }

    private Finding otherPartitions(int actual) {
        return new Finding(
                "tracking.partitions is " + partitions + ", but " + repartition + " has " + actual + " partitions.",
                "Set tracking.partitions=" + actual + ", or use another application.id.",
                false);
    }

    private List<Finding> tooSmallDeadLetterTopic(Admin admin)
            throws InterruptedException, ExecutionException, TimeoutException {
        OptionalLong largestInput = largestMessage(admin, input);
        OptionalLong largestDeadLetter = largestMessage(admin, deadLetter);
        if (largestInput.isEmpty() || largestDeadLetter.isEmpty()) {
            return List.of();
        }
        long needed = largestInput.getAsLong() + HEADROOM_BYTES;
        if (largestDeadLetter.getAsLong() >= needed) {
            return List.of();
        }
        return List.of(new Finding(
                "%s takes records of %d bytes, but needs to take %d: what %s can hold, and headers."
                        .formatted(deadLetter, largestDeadLetter.getAsLong(), needed, input),
                "kafka-configs.sh --bootstrap-server " + adminSettings.get("bootstrap.servers")
                        + " --alter --entity-type topics --entity-name " + deadLetter
                        + " --add-config max.message.bytes=" + needed,
                false));
    }

    /** Empty if this client may not see it: then the check is left out, for the service itself does not need that right. */
    private static OptionalLong largestMessage(Admin admin, String topic)
            throws InterruptedException, ExecutionException, TimeoutException {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try {
            return get(admin.describeConfigs(List.of(resource)).all()).values().stream()
                    .mapToLong(config -> Long.parseLong(
                            config.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG).value()))
                    .findFirst();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthorizationException) {
                return OptionalLong.empty();
            }
            throw e;
        }
    }

    /** Empty if the topic does not exist. */
    private static OptionalInt partitionsOf(Admin admin, String topic)
            throws InterruptedException, ExecutionException, TimeoutException {
        try {
            Map<String, TopicDescription> found =
                    get(admin.describeTopics(List.of(topic)).allTopicNames());
            return found.values().stream()
                    .mapToInt(description -> description.partitions().size())
                    .findFirst();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return OptionalInt.empty();
            }
            throw e;
        }
    }

    private static <T> T get(KafkaFuture<T> future) throws InterruptedException, ExecutionException, TimeoutException {
        return future.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    }

    private Finding cannotConnect(Throwable cause) {
        Object servers = adminSettings.get("bootstrap.servers");
        if (cause instanceof AuthenticationException || cause instanceof AuthorizationException) {
            return new Finding(
                    "Kafka at " + servers + " refuses this client: " + cause.getMessage(),
                    "Set kafka.security.protocol and kafka.sasl.* or kafka.ssl.*, or grant the missing access.",
                    false);
        }
        return new Finding(
                "Kafka at " + servers + " does not answer: " + rootMessage(cause),
                "Start it, or set bootstrap.servers (and kafka.security.protocol for a listener with TLS).",
                true);
    }

    private static String rootMessage(Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }
}
