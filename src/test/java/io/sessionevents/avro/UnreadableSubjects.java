package io.sessionevents.avro;

import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;

/** A registry with one subject, of whose schemas none can be read. */
public record UnreadableSubjects(String subject) implements SubjectRegistry {
    @Override
    public List<Registered> versions(String asked) {
        return asked.equals(subject)
                ? List.of(new Registered(
                        1, 5, new ReadableSchema("version 1 of subject " + subject, "JSON", "{}", false).avro()))
                : List.of();
    }

    @Override
    public boolean compatible(String asked, Schema schema) {
        return true;
    }

    @Override
    public Optional<String> compatibilityLevel(String asked) {
        return Optional.empty();
    }

    @Override
    public void setCompatibilityLevel(String asked, String level) {}

    @Override
    public int register(String asked, Schema schema) {
        return 1;
    }
}
