package io.sessionevents.avro;

import org.apache.avro.Schema;

/** Port to the schema registry. What was answered once is not asked again, so that an outage does not stop a running instance. */
public interface SchemaRegistry {

    /**
     * The id under which to write records of the schema.
     *
     * @throws RegistryException if there is none
     */
    int idOf(String subject, Schema schema);

    /**
     * The schema of an id.
     *
     * @throws RegistryException if there is none
     */
    Schema byId(int id);
}
