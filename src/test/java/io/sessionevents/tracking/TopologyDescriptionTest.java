package io.sessionevents.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.settings.Configuration;
import io.sessionevents.streams.StreamsSettings;
import java.util.Map;
import org.apache.kafka.streams.TopologyDescription;
import org.junit.jupiter.api.Test;

class TopologyDescriptionTest {
    private static final Configuration CONFIGURATION = Configuration.loader()
            .withFlags(Map.of(
                    "bootstrap.servers", "nowhere.invalid:1",
                    "schema.registry.url", "http://nowhere.invalid:1",
                    "input.topic", "ids",
                    "output.topic", "changes",
                    "dead.letter.topic", "dead",
                    "value.serde.class", "not.on.the.ClassPath"))
            .load();

    @Test
    void shouldDescribeWithoutConnectingToAnything() {
        assertThat(describe().toString())
                .contains("(topics: ids)", "(topic: changes)", "(topic: dead)", "stores: [tracked-sessions]");
    }

    @Test
    void shouldDraw() {
        assertThat(TopologyDiagram.mermaid(describe()))
                .startsWith("flowchart LR\n")
                .contains("[/\"ids\"/]", "[/\"session-requests-repartition\"/]", "[(\"tracked-sessions\")]");
    }

    private static TopologyDescription describe() {
        return TopologyShape.describe(CONFIGURATION.tracking(), StreamsSettings.of(CONFIGURATION.kafka()));
    }
}
