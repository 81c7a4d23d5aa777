package io.sessionevents.avro;

import io.sessionevents.session.Topics;
import io.sessionevents.v1.SessionAlert;
import io.sessionevents.v1.SessionIdEvent;
import io.sessionevents.v1.SessionStateChanged;
import io.sessionevents.v1.SessionUsage;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/**
 * A subject of the registry with the schema that this version has for it, as published.
 *
 * @param setting key under which its topic is configured
 * @param written whether the service writes it, else it reads what others write
 */
public record PublicSubject(String name, String setting, Schema schema, boolean written) {
    /** What every subject of ours keeps: old readers read new records, and new ones old records, across all versions. */
    public static final String LEVEL = "FULL_TRANSITIVE";

    /** Those of the values of the topics; dead letters have none. */
    public static List<PublicSubject> of(Topics topics) {
        List<PublicSubject> all = new ArrayList<>();
        all.add(of(topics.output(), "output.topic", SessionStateChanged.getClassSchema(), true));
        all.add(of(topics.usage(), "usage.topic", SessionUsage.getClassSchema(), true));
        if (topics.alerting()) {
            all.add(of(topics.alerts(), "alert.topic", SessionAlert.getClassSchema(), true));
        }
        all.add(of(topics.input(), "input.topic", SessionIdEvent.getClassSchema(), false));
        return List.copyOf(all);
    }

    private static PublicSubject of(String topic, String setting, Schema schema, boolean written) {
        return new PublicSubject(topic + "-value", setting, PlainSchemaCache.of(schema), written);
    }

    /** Whether that is this very schema. */
    public boolean is(SubjectRegistry.Registered registered) {
        return registered.schema().equals(schema);
    }

    /** In what this version's schema and the registered ones do not go together; empty if they do. */
    public List<String> differences(List<SubjectRegistry.Registered> versions) {
        return versions.stream()
                .flatMap(version -> (written
                                ? SchemaDifferences.betweenOurs(schema, version.schema())
                                : SchemaDifferences.readingWith(schema, version.schema()))
                        .stream().map(difference -> "version " + version.version() + ": " + difference))
                .toList();
    }
}
