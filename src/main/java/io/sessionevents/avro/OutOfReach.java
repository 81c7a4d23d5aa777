package io.sessionevents.avro;

import java.io.IOException;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.RetriableException;

/** Tells failures of the way to the schema registry from failures of a record. */
public final class OutOfReach {
    private static final int DEEPEST = 20;

    private OutOfReach() {}

    /**
     * Whether it says nothing about the record that was read or written: what the registry did not do concerns every record. A
     * serde from outside has exceptions of its own; there an I/O error or an answer of the registry is among the causes.
     */
    public static boolean causes(RuntimeException failure) {
        return Stream.iterate((Throwable) failure, Objects::nonNull, Throwable::getCause)
                .limit(DEEPEST)
                .anyMatch(OutOfReach::ofTheRegistry);
    }

    private static boolean ofTheRegistry(Throwable cause) {
        return cause instanceof IOException
                || cause instanceof RetriableException
                || cause instanceof RegistryException
                || cause.getClass().getSimpleName().equals("RestClientException");
    }
}
