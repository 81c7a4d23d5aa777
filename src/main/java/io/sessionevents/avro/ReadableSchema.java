package io.sessionevents.avro;

import io.sessionevents.avro.RegistryException.Kind;
import io.sessionevents.session.Printable;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A schema as a registry gives it, which may be of another kind than Avro.
 *
 * @param about what it is, for messages: {@code schema id 7}
 * @param type AVRO, JSON or PROTOBUF; null: AVRO
 */
record ReadableSchema(String about, @Nullable String type, String text, boolean references) {
    private static final String AVRO = "AVRO";
    private static final int LONGEST_TYPE = 20;

    /**
     * The schema.
     *
     * @throws RegistryException if it is none that can be read; the message names its type and holds nothing of its text
     */
    Schema avro() {
        if (type != null && !type.equals(AVRO)) {
            String shown = type.length() <= LONGEST_TYPE ? type : type.substring(0, LONGEST_TYPE) + "…";
            throw unsupported("is of type " + Printable.of(shown) + ", expected AVRO.");
        }
        if (references) {
            throw unsupported("refers to other schemas of the registry, expected one that is complete.");
        }
        try {
            return new Schema.Parser().parse(text);
        } catch (RuntimeException e) {
            throw unsupported(
                    "is no Avro schema that can be read (" + e.getClass().getSimpleName() + ").");
        } catch (StackOverflowError e) {
            throw unsupported("is nested too deeply to be read.");
        }
    }

    private RegistryException unsupported(String why) {
        return new RegistryException(Kind.UNSUPPORTED_SCHEMA, "The schema of " + about + " " + why, null);
    }
}
