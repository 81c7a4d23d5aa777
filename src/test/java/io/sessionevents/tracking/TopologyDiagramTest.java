package io.sessionevents.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.junit.jupiter.api.Test;

class TopologyDiagramTest {

    @Test
    void shouldDrawTopicsBetweenSubtopologiesAndStoresWithin() {
        assertThat(TopologyDiagram.mermaid(counting().describe())).isEqualTo("""
                flowchart LR
                  topic0[/"words"/]
                  topic1[/"by-word-repartition"/]
                  topic2[/"counts"/]
                  subgraph part0["Sub-topology 0"]
                    node0("read")
                    node1("by-word-repartition-filter")
                    node2("by-word-repartition-sink")
                  end
                  subgraph part1["Sub-topology 1"]
                    node3("by-word-repartition-source")
                    node4("count")
                    node5("stream")
                    node6("write")
                    store0[("totals")]
                  end
                  topic0 --> node0
                  node0 --> node1
                  node1 --> node2
                  node2 --> topic1
                  topic1 --> node3
                  node3 --> node4
                  node4 --- store0
                  node4 --> node5
                  node5 --> node6
                  node6 --> topic2
                """);
    }

    @Test
    void shouldKeepNamesOutOfTheSyntax() {
        var topology = new Topology().addSource("read", Pattern.compile("a\"b<c>&"));

        assertThat(TopologyDiagram.mermaid(topology.describe()))
                .contains("topic0[/\"a&quot;b&lt;c&gt;&amp;\"/]")
                .contains("topic0 --> node0");
    }

    private static Topology counting() {
        var builder = new StreamsBuilder();
        builder.stream("words", Consumed.with(Serdes.String(), Serdes.String()).withName("read"))
                .repartition(Repartitioned.with(Serdes.String(), Serdes.String())
                        .withName("by-word")
                        .withNumberOfPartitions(2))
                .groupByKey()
                .count(Named.as("count"), Materialized.as("totals"))
                .toStream(Named.as("stream"))
                .to("counts", Produced.<String, Long>as("write").withKeySerde(Serdes.String()));
        return builder.build();
    }
}
