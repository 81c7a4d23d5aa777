package io.sessionevents.avro;

import io.sessionevents.v1.SessionIdEvent;
import io.sessionevents.v1.SessionStateChanged;
import java.util.List;
import org.apache.avro.Schema;

/**
 * A subject of the registry with the schema that this version has for it, as published.
 *
 * @param written whether the service writes it, else it reads what others write
 */
public record PublicSubject(String name, Schema schema, boolean written) {
    /** What every subject of ours keeps: old readers read new records, and new ones old records, across all versions. */
    public static final String LEVEL = "FULL_TRANSITIVE";

    /** Those of the values of the two topics. */
    public static List<PublicSubject> of(String inputTopic, String outputTopic) {
        return List.of(
                new PublicSubject(
                        outputTopic + "-value", PlainSchemaCache.of(SessionStateChanged.getClassSchema()), true),
                new PublicSubject(inputTopic + "-value", PlainSchemaCache.of(SessionIdEvent.getClassSchema()), false));
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
