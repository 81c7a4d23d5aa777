package io.sessionevents.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.settings.Configuration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReadingSettingsTest {
    /** Kafka's default, and what an operator may set for the service, is to pass over what is still there. */
    @Test
    void shouldReadOnBehindWhatRetentionHasDeleted() {
        Configuration configuration = Configuration.loader()
                .withFlags(Map.of(
                        "bootstrap.servers", "localhost:9092",
                        "schema.registry.url", "http://localhost:8081",
                        "kafka.auto.offset.reset", "latest",
                        "kafka.consumer.fetch.max.bytes", "1000"))
                .load();

        assertThat(ReadingSettings.of(configuration, "read_committed"))
                .containsEntry("auto.offset.reset", "earliest")
                .containsEntry("isolation.level", "read_committed")
                .containsEntry("enable.auto.commit", "false")
                .containsEntry("fetch.max.bytes", "1000");
    }
}
