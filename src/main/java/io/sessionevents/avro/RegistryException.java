package io.sessionevents.avro;

import org.jspecify.annotations.Nullable;

/** The schema registry did not do what it was asked for; the message says how to fix it and holds neither a secret nor a schema. */
public final class RegistryException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** What kind of failure it is. */
    public enum Kind {
        /** It does not answer, or answers with a server error; may pass. */
        UNAVAILABLE,
        /** It says that it does not know the schema id; it may learn it yet. */
        UNKNOWN_SCHEMA,
        /** It has no Avro schema that can be read under the id, or refuses that id; goes on to do so. */
        UNSUPPORTED_SCHEMA,
        /** It answers and refuses. */
        REFUSED
    }

    private final Kind kind;

    RegistryException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** Whether it is about one schema, so that records of other schemas can be read all the same. */
    public boolean aboutOneSchema() {
        return switch (kind) {
            case UNKNOWN_SCHEMA, UNSUPPORTED_SCHEMA -> true;
            case UNAVAILABLE, REFUSED -> false;
        };
    }
}
