package io.sessionevents.emr;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.profiles.ProfileFileSystemSetting;

/**
 * How EMR Serverless is reached.
 *
 * @param region null: the SDK's own chain decides (AWS_REGION, profile, instance metadata)
 * @param profile null: the SDK's own chain decides (AWS_PROFILE, {@code default})
 * @param endpoint null: the SDK's own chain decides (AWS_ENDPOINT_URL_EMR_SERVERLESS, the public one of the Region)
 * @param attemptTimeout how long one HTTP attempt may take, connecting included
 * @param proxies which proxies lead to it
 * @param maxConnections at least the number of lookups in flight, or they wait for each other
 */
public record EmrSettings(
        @Nullable String region,
        @Nullable String profile,
        @Nullable URI endpoint,
        Proxies proxies,
        Duration attemptTimeout,
        int maxConnections) {

    /** Reached directly. */
    public EmrSettings(
            @Nullable String region,
            @Nullable String profile,
            @Nullable URI endpoint,
            Duration attemptTimeout,
            int maxConnections) {
        this(region, profile, endpoint, Proxies.NONE, attemptTimeout, maxConnections);
    }

    /** @throws IllegalArgumentException if a value is out of range; the message says which and what was expected */
    public EmrSettings {
        if (!attemptTimeout.isPositive()) {
            throw new IllegalArgumentException("attemptTimeout: " + attemptTimeout + ", expected more than 0");
        }
        if (maxConnections < 1) {
            throw new IllegalArgumentException("maxConnections: " + maxConnections + ", expected 1 or more");
        }
        if (endpoint != null && (endpoint.getScheme() == null || endpoint.getHost() == null)) {
            throw new IllegalArgumentException("endpoint: \"" + endpoint
                    + "\", expected a URL like https://emr-serverless.us-east-1.amazonaws.com");
        }
    }

    /** The profile of the AWS configuration files that is used. */
    String profileName() {
        return profile == null ? ProfileFileSystemSetting.AWS_PROFILE.getStringValueOrThrow() : profile;
    }
}
