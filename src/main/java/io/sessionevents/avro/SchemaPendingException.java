package io.sessionevents.avro;

/** The registry is being asked for a schema and has not answered yet. */
public final class SchemaPendingException extends RuntimeException {
    private static final long serialVersionUID = 1;

    SchemaPendingException(int id) {
        super("The schema registry is being asked for schema id " + id + ".");
    }
}
