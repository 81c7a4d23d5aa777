package io.sessionevents.local.testbed;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;

/** What the registry holds. Safe for use by many threads. */
final class Subjects {
    private final Map<String, List<Version>> subjects = new TreeMap<>();
    private final List<Schema> schemas = new ArrayList<>();

    /** One version of a subject; versions and ids count from 1. */
    record Version(String subject, int version, int id, Schema schema) {}

    /** The schema does not fit the versions before it. */
    static final class Incompatible extends Exception {
        private static final long serialVersionUID = 1;

        Incompatible(String subject) {
            super("Schema being registered is incompatible with an earlier schema for subject \"" + subject + "\"");
        }
    }

    synchronized Version register(String subject, Schema schema) throws Incompatible {
        Optional<Version> known = find(subject, schema);
        if (known.isPresent()) {
            return known.get();
        }
        if (!compatible(subject, schema)) {
            throw new Incompatible(subject);
        }
        List<Version> versions = subjects.computeIfAbsent(subject, name -> new ArrayList<>());
        var version = new Version(subject, versions.size() + 1, idOf(schema), schema);
        versions.add(version);
        return version;
    }

    /** Full compatibility with every earlier version, which is what the subjects of this project keep. */
    synchronized boolean compatible(String subject, Schema schema) {
        return versions(subject).stream()
                .allMatch(earlier -> reads(schema, earlier.schema()) && reads(earlier.schema(), schema));
    }

    synchronized Optional<Version> find(String subject, Schema schema) {
        return versions(subject).stream()
                .filter(version -> version.schema().equals(schema))
                .findFirst();
    }

    synchronized Optional<Schema> byId(int id) {
        return id >= 1 && id <= schemas.size() ? Optional.of(schemas.get(id - 1)) : Optional.empty();
    }

    synchronized List<Version> versions(String subject) {
        return List.copyOf(subjects.getOrDefault(subject, List.of()));
    }

    synchronized List<String> names() {
        return List.copyOf(subjects.keySet());
    }

    private int idOf(Schema schema) {
        int known = schemas.indexOf(schema);
        if (known < 0) {
            schemas.add(schema);
            known = schemas.size() - 1;
        }
        return known + 1;
    }

    private static boolean reads(Schema reader, Schema writer) {
        return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                        .getType()
                == SchemaCompatibilityType.COMPATIBLE;
    }
}
