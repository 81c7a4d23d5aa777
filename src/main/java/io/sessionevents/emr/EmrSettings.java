package io.sessionevents.emr;

import io.sessionevents.config.Parsers;
import io.sessionevents.config.Setting;
import io.sessionevents.config.Values;
import io.sessionevents.session.Source;
import java.net.URI;
import java.time.Duration;
import java.util.List;
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
        Proxies proxies,
        Duration attemptTimeout,
        int maxConnections) {
    static final Setting<String> REGION = Setting.without(
            "aws.region", "an AWS Region", "Region of the sessions. Default: the SDK's own chain.", Parsers::text);
    /** Account of the sessions. */
    public static final Setting<String> ACCOUNT = Setting.without(
            "aws.account.id",
            "12 digits",
            "Account of the sessions. If set, an ARN of another account is a dead letter, as one of another Region always is.",
            Parsers::accountId);
    /** Profile of the credentials. */
    public static final Setting<String> PROFILE = Setting.without(
            "aws.profile",
            "a profile name",
            "Profile of the AWS configuration files. Default: the SDK's own chain.",
            Parsers::text);

    static final Setting<URI> ENDPOINT = Setting.without(
            "aws.endpoint.url",
            "an http or https URL without user info and query",
            "Endpoint instead of AWS's own.",
            Parsers::httpUri);
    static final Setting<Duration> TIMEOUT = Setting.duration("lookup.timeout", "5 s", "Time-out of one attempt.");

    /** Their keys. */
    public static final List<Setting<?>> ALL = List.of(REGION, ACCOUNT, PROFILE, ENDPOINT, TIMEOUT);

    /** What the values say, reached directly. */
    public static EmrSettings of(Values values, int maxConnections) {
        return new EmrSettings(
                values.find(REGION), values.find(PROFILE), values.find(ENDPOINT), values.get(TIMEOUT), maxConnections);
    }

    /** The same through proxies. */
    public EmrSettings through(Proxies ways) {
        return new EmrSettings(source, region, profile, role, endpoint, ways, attemptTimeout, maxConnections);
    }

    /** The default source, reached directly. */
    public EmrSettings(
            @Nullable String region,
            @Nullable String profile,
            @Nullable URI endpoint,
            Duration attemptTimeout,
            int maxConnections) {
        this(Source.DEFAULT, region, profile, null, endpoint, Proxies.NONE, attemptTimeout, maxConnections);
    }

    /**
     * A role that is assumed.
     *
     * @param arn of the role
     * @param externalId that its trust policy asks for; null if it asks for none
     * @param endpoint of STS; null: the SDK's own chain decides
     */
    public record Role(
            String arn,
            @Nullable String externalId,
            @Nullable URI endpoint) {}

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
