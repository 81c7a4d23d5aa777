package io.sessionevents.avro;

import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * What the registry holds under a subject. Asked anew with every call, and once only.
 *
 * <p>Every method throws {@link RegistryException} if the registry does not answer or refuses.
 */
public interface SubjectRegistry {

    /** A schema under a subject; versions count from 1. */
    record Registered(int version, int id, Schema schema) {}

    /** The versions in their order; empty if there is no such subject. */
    List<Registered> versions(String subject);

    /** Whether the schema may become the next version. */
    boolean compatible(String subject, Schema schema);

    /** The compatibility level that is set for the subject; empty if the registry's own counts. */
    Optional<String> compatibilityLevel(String subject);

    /** Sets the level for the subject. */
    void setCompatibilityLevel(String subject, String level);

    /** Makes the schema the next version, unless it is one already; returns its id. */
    int register(String subject, Schema schema);
}
