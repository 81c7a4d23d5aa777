package io.sessionevents.cli;

import io.sessionevents.settings.Configuration;
import java.util.Map;

/** Of consumers that read a topic in no group, for a command. */
final class ReadingSettings {
    private static final String TIMEOUT_MILLIS = "10000";

    private ReadingSettings() {}

    /** @param isolation Kafka's {@code isolation.level} */
    static Map<String, Object> of(Configuration configuration, String isolation) {
        Map<String, Object> settings = configuration.kafka().client("consumer.");
        settings.put("isolation.level", isolation);
        settings.put("enable.auto.commit", "false");
        // What retention deletes meanwhile is gone; what is behind it is not.
        settings.put("auto.offset.reset", "earliest");
        settings.put("default.api.timeout.ms", TIMEOUT_MILLIS);
        return settings;
    }
}
