package io.sessionevents.avro;

import io.sessionevents.session.Session;
import io.sessionevents.v1.ConfigurationNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Flattens the configuration tree, parents before children: many readers of Avro cannot read recursive types. */
final class ConfigurationNodes {
    private static final String REDACTED = "***";

    private final boolean full;
    private final List<ConfigurationNode> nodes = new ArrayList<>();

    private ConfigurationNodes(boolean full) {
        this.full = full;
    }

    static List<ConfigurationNode> of(List<Session.Configuration> tree, boolean full) {
        var flattened = new ConfigurationNodes(full);
        flattened.add(tree, null);
        return flattened.nodes;
    }

    private void add(List<Session.Configuration> level, @Nullable Integer parent) {
        for (Session.Configuration configuration : level) {
            int index = nodes.size();
            nodes.add(new ConfigurationNode(configuration.classification(), shown(configuration.properties()), parent));
            add(configuration.configurations(), index);
        }
    }

    private @Nullable Map<String, String> shown(@Nullable Map<String, String> properties) {
        if (properties == null || full) {
            return properties;
        }
        Map<String, String> redacted = new TreeMap<>(properties);
        redacted.replaceAll((name, value) -> REDACTED);
        return redacted;
    }
}
