package io.sessionevents.tracking;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.TopologyDescription.Node;
import org.apache.kafka.streams.TopologyDescription.Processor;
import org.apache.kafka.streams.TopologyDescription.Sink;
import org.apache.kafka.streams.TopologyDescription.Source;
import org.apache.kafka.streams.TopologyDescription.Subtopology;

/**
 * Draws a topology as a Mermaid flowchart: topics as slanted boxes between the sub-topologies, stores as cylinders within
 * them. Pure; the same topology gives the same text. Not for use by several threads.
 */
public final class TopologyDiagram {
    private final Map<String, String> topics = new LinkedHashMap<>();
    private final Map<String, String> nodes = new LinkedHashMap<>();
    private final Map<String, String> stores = new LinkedHashMap<>();
    private final List<String> boxes = new ArrayList<>();
    private final List<String> arrows = new ArrayList<>();

    private TopologyDiagram() {}

    /** The flowchart; every line ends with a line feed. */
    public static String mermaid(TopologyDescription topology) {
        var diagram = new TopologyDiagram();
        topology.subtopologies().stream()
                .sorted(Comparator.comparingInt(Subtopology::id))
                .forEach(diagram::draw);
        return diagram.text();
    }

    private void draw(Subtopology part) {
        boxes.add("subgraph part" + part.id() + "[\"Sub-topology " + part.id() + "\"]");
        List<Node> all = part.nodes().stream()
                .sorted(Comparator.comparingInt(TopologyDiagram::sourcesFirst).thenComparing(Node::name))
                .toList();
        all.forEach(node -> boxes.add("  " + id(nodes, "node", node.name()) + "(\"" + escaped(node.name()) + "\")"));
        all.forEach(this::connect);
        boxes.add("end");
    }

    private void connect(Node node) {
        String from = id(nodes, "node", node.name());
        switch (node) {
            case Source source -> read(source).forEach(topic -> arrows.add(topic(topic) + " --> " + from));
            case Sink sink -> arrows.add(from + " --> " + topic(written(sink)));
            case Processor processor -> new TreeSet<>(processor.stores()).forEach(store -> keep(from, store));
            default -> {}
        }
        node.successors().stream()
                .map(Node::name)
                .sorted()
                .forEach(next -> arrows.add(from + " --> " + id(nodes, "node", next)));
    }

    private void keep(String from, String store) {
        if (!stores.containsKey(store)) {
            boxes.add("  " + id(stores, "store", store) + "[(\"" + escaped(store) + "\")]");
        }
        arrows.add(from + " --- " + id(stores, "store", store));
    }

    private static Iterable<String> read(Source source) {
        return source.topicSet() == null
                ? List.of(String.valueOf(source.topicPattern()))
                : new TreeSet<>(source.topicSet());
    }

    private static String written(Sink sink) {
        return sink.topic() == null ? "chosen per record" : sink.topic();
    }

    private static int sourcesFirst(Node node) {
        return node instanceof Source ? 0 : 1;
    }

    private String topic(String name) {
        return id(topics, "topic", name);
    }

    /** Names may hold what Mermaid takes for syntax, so boxes have ids of their own. */
    private static String id(Map<String, String> ids, String kind, String name) {
        return ids.computeIfAbsent(name, absent -> kind + ids.size());
    }

    private static String escaped(String name) {
        return name.replace("&", "&amp;")
                .replace("\"", "&quot;")
                .replace("<", "&lt;")
                .replace(">", "&gt;");
    }

    private String text() {
        var text = new StringBuilder("flowchart LR\n");
        topics.forEach((name, id) -> line(text, id + "[/\"" + escaped(name) + "\"/]"));
        boxes.forEach(box -> line(text, box));
        arrows.forEach(arrow -> line(text, arrow));
        return text.toString();
    }

    private static void line(StringBuilder text, String line) {
        text.append("  ").append(line).append('\n');
    }
}
