package io.sessionevents.emr;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How AWS is reached and asked.
 *
 * @param region null: the SDK's own chain
 * @param profile null: the SDK's own chain
 * @param endpoint null: AWS's own endpoint of the Region
 * @param attemptTimeout of one HTTP attempt
 * @param maxConnections HTTP connections kept, at least the number of lookups in flight
 * @param product name and version for the user agent
 */
public record EmrSettings(
        @Nullable String region,
        @Nullable String profile,
        @Nullable URI endpoint,
        Duration attemptTimeout,
        int maxConnections,
        String product) {}
