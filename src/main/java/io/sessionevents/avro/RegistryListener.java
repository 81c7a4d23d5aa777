package io.sessionevents.avro;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Hears of every call to the schema registry, for metrics; what is cached is no call. Called on the thread that asks, which
 * may be a StreamThread, so it is cheap and never blocks.
 */
@FunctionalInterface
public interface RegistryListener {
    /** @param failure null if the registry answered what it was asked for */
    void asked(RegistryException.@Nullable Kind failure, Duration took);
}
