package io.sessionevents.emr;

import io.sessionevents.config.Setting;
import io.sessionevents.config.Values;
import io.sessionevents.session.Source;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.profiles.ProfileFileSystemSetting;

/**
 * How EMR Serverless is reached for one source.
 *
 * @param source name of the source, see {@link io.sessionevents.session.Source}
 * @param region null: the SDK's own chain decides (AWS_REGION, profile, instance metadata)
 * @param profile null: the SDK's own chain decides (AWS_PROFILE, {@code default})
 * @param role to be assumed with the credentials of the chain or the profile; null: those are used themselves
 * @param endpoint null: the SDK's own chain decides (AWS_ENDPOINT_URL_EMR_SERVERLESS, the public one of the Region)
 * @param stsEndpoint null: the SDK's own chain decides (AWS_ENDPOINT_URL_STS, the public one of the Region)
 * @param attemptTimeout how long one HTTP attempt may take, connecting included
 * @param proxies which proxies lead to it
 * @param maxConnections at least the number of lookups in flight, or they wait for each other
 */
public record EmrSettings(
        String source,
        @Nullable String region,
        @Nullable String profile,
        @Nullable Role role,
        @Nullable URI endpoint,
        @Nullable URI stsEndpoint,
        Proxies proxies,
        Duration attemptTimeout,
        int maxConnections) {
    /** Keys of the default source, and the general ones. */
    public static final List<Setting<?>> ALL = Stream.concat(
                    SourceKeys.DEFAULTS.stream(), Stream.of(SourceKeys.TIMEOUT))
            .toList();

    /**
     * What the values say of that source, reached directly.
     *
     * @param values as the source sees them
     */
    static EmrSettings of(Values values, String source, int maxConnections) {
        RoleArn role = values.find(SourceKeys.of(source, SourceKeys.ROLE));
        return new EmrSettings(
                source,
                values.find(SourceKeys.region(source)),
                profile(values, source),
                role == null
                        ? null
                        : new Role(role.text(), values.find(SourceKeys.of(source, SourceKeys.EXTERNAL_ID_OF_ROLE))),
                values.find(SourceKeys.of(source, SourceKeys.ENDPOINT)),
                values.find(SourceKeys.of(source, SourceKeys.STS_ENDPOINT)),
                Proxies.NONE,
                values.get(SourceKeys.TIMEOUT),
                maxConnections);
    }

    /** A source without a profile has the credentials of the default one, but not its role. */
    private static @Nullable String profile(Values values, String source) {
        String own = values.find(SourceKeys.of(source, SourceKeys.PROFILE));
        return own == null ? values.find(SourceKeys.of(Source.DEFAULT, SourceKeys.PROFILE)) : own;
    }

    /** The same through proxies. */
    public EmrSettings through(Proxies ways) {
        return new EmrSettings(
                source, region, profile, role, endpoint, stsEndpoint, ways, attemptTimeout, maxConnections);
    }

    /** The default source, reached directly. */
    public EmrSettings(
            @Nullable String region,
            @Nullable String profile,
            @Nullable URI endpoint,
            Duration attemptTimeout,
            int maxConnections) {
        this(Source.DEFAULT, region, profile, null, endpoint, null, Proxies.NONE, attemptTimeout, maxConnections);
    }

    /**
     * A role that is assumed.
     *
     * @param arn of the role
     * @param externalId that its trust policy asks for; null if it asks for none
     */
    public record Role(String arn, @Nullable String externalId) {}

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

    /**
     * The key that sets a part of it, for messages.
     *
     * @param part such as {@code region}
     */
    public String key(String part) {
        return SourceKeys.key(source, part);
    }

    /** The profile of the AWS configuration files that is used. */
    String profileName() {
        return profile == null ? ProfileFileSystemSetting.AWS_PROFILE.getStringValueOrThrow() : profile;
    }
}
