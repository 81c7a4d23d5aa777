package io.sessionevents.cli;

import io.sessionevents.config.Configuration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Settings of a plain client, out of those that are passed through to Kafka Streams. */
final class KafkaSettings {
    private static final Set<String> OTHER_PREFIXES = Set.of(
            "consumer.", "producer.", "admin.", "main.consumer.", "restore.consumer.", "global.consumer.", "topic.");

    private KafkaSettings() {}

    /**
     * Those without a prefix, and those with the client's own.
     *
     * @param prefix {@code consumer.} or {@code producer.}
     */
    static Map<String, Object> of(Configuration configuration, String prefix) {
        Map<String, Object> settings = new HashMap<>();
        configuration.kafka().forEach((key, value) -> {
            if (OTHER_PREFIXES.stream().noneMatch(key::startsWith)) {
                settings.put(key, value);
            }
        });
        configuration.kafka().forEach((key, value) -> {
            if (key.startsWith(prefix)) {
                settings.put(key.substring(prefix.length()), value);
            }
        });
        settings.remove("group.instance.id");
        settings.put("bootstrap.servers", configuration.bootstrapServers());
        return settings;
    }
}
