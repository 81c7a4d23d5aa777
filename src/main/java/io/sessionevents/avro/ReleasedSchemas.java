package io.sessionevents.avro;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.apache.avro.Schema;

/** Schemas of earlier versions, which come with this one: what they wrote can still be read. */
final class ReleasedSchemas {
    private ReleasedSchemas() {}

    /** The schema of that name in {@code schemas/released}. */
    static Schema read(String name) {
        String path = "/schemas/released/" + name + ".avsc";
        try (InputStream in = ReleasedSchemas.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("no " + path + " on the class path");
            }
            return new Schema.Parser().parse(in);
        } catch (IOException e) {
            throw new UncheckedIOException(path, e);
        }
    }
}
