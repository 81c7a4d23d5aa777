package io.sessionevents;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.config.Configuration;
import io.sessionevents.config.ConfigurationLoader;
import io.sessionevents.tracking.TopologyDiagram;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceTopologyTest {
    private static final Configuration CONFIGURATION = new ConfigurationLoader()
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
        assertThat(ServiceTopology.describe(CONFIGURATION).toString())
                .contains("(topics: ids)", "(topic: changes)", "(topic: dead)", "stores: [tracked-sessions]");
    }

    @Test
    void shouldDraw() {
        assertThat(TopologyDiagram.mermaid(ServiceTopology.describe(CONFIGURATION)))
                .startsWith("flowchart LR\n")
                .contains("[/\"ids\"/]", "[/\"session-requests-repartition\"/]", "[(\"tracked-sessions\")]");
    }
}
