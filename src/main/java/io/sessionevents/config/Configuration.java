package io.sessionevents.config;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The validated configuration. Every member is described in docs/configuration.md under its key.
 *
 * @param cloudEvents whether records carry the attributes of CloudEvents as headers
 * @param registry settings of Confluent's schema-registry client, as they are
 * @param kafka settings of Kafka Streams and its clients, without their prefix {@code kafka.}
 * @param warnings what somebody should have a look at, although the service can start; one sentence or two each
 */
public record Configuration(
        String streamsApplicationId,
        String bootstrapServers,
        Topics topics,
        int trackingPartitions,
        Aws aws,
        Lookups lookups,
        Duration sessionRetention,
        Duration schemaPatience,
        EventConfiguration eventConfiguration,
        boolean cloudEvents,
        StateStore stateStore,
        InstanceName instanceName,
        String valueSerdeClass,
        Http http,
        Map<String, String> registry,
        Map<String, String> kafka,
        List<String> warnings) {

    /** The three topics that the service shares with others. */
    public record Topics(String input, String output, String deadLetter) {}

    /**
     * Where AWS is; null leaves it to the SDK's own chain.
     *
     * @param accountId of the sessions, 12 digits; null if it is not said
     */
    public record Aws(
            @Nullable String region,
            @Nullable String accountId,
            @Nullable String profile,
            @Nullable URI endpointUrl) {}

    /**
     * How AWS is asked.
     *
     * @param budget budget of the whole fleet
     * @param timeout of one attempt
     */
    public record Lookups(
            double budget,
            int maxConcurrent,
            Duration timeout,
            int retryMaxAttempts,
            Duration retryBackoff,
            Duration retryBackoffMax,
            Duration intervalMin) {}

    /**
     * Where health, metrics and the API are offered.
     *
     * @param port 0 means a free one
     * @param advertisedAddress where other instances reach this one, {@code host:port}; null leaves it to host and port
     */
    public record Http(String host, int port, @Nullable String advertisedAddress) {}

    /** What an event tells of a session's configuration overrides. */
    public enum EventConfiguration {
        NONE,
        REDACTED,
        FULL
    }

    /** Where the sessions are kept between changelog and memory. */
    public enum StateStore {
        PERSISTENT,
        IN_MEMORY
    }

    /** By what name the consumer group knows an instance for which {@code kafka.group.instance.id} says nothing. */
    public enum InstanceName {
        /** One of its own, kept in its state directory. */
        AUTO,
        NONE
    }

    /** Never prints passed-through settings: they may hold secrets. */
    @Override
    public String toString() {
        return "Configuration[streamsApplicationId=" + streamsApplicationId + ", bootstrapServers=" + bootstrapServers
                + "]";
    }
}
