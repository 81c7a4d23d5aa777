package io.sessionevents.emr;

import io.sessionevents.emr.wire.Relay;
import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.endpoint.AwsClientEndpointProvider;
import software.amazon.awssdk.awscore.endpoint.DualstackEnabledProvider;
import software.amazon.awssdk.awscore.endpoint.FipsEnabledProvider;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;

/**
 * The way to EMR Serverless or to STS: resolved here for the client and for the check alike.
 *
 * <p>The generated client of EMR Serverless has no endpoint rules and would ignore {@code AWS_USE_FIPS_ENDPOINT} and
 * {@code AWS_USE_DUALSTACK_ENDPOINT}, so the endpoint is computed from the SDK's own metadata of Regions and handed to it.
 *
 * @param endpoint that requests are meant for
 * @param proxy on the way there; null if there is none
 */
record NetworkPath(URI endpoint, @Nullable Proxy proxy) {
    /** What the SDK calls a service in the several places where its endpoint may be set. */
    private enum Service {
        EMR_SERVERLESS(
                "emr-serverless", "AWS_ENDPOINT_URL_EMR_SERVERLESS", "aws.endpointUrlEmrServerless", "emr_serverless"),
        STS("sts", "AWS_ENDPOINT_URL_STS", "aws.endpointUrlSts", "sts");

        private final String host;
        private final String variable;
        private final String property;
        private final String section;

        Service(String host, String variable, String property, String section) {
            this.host = host;
            this.variable = variable;
            this.property = property;
            this.section = section;
        }
    }

    /**
     * The way that these settings lead.
     *
     * @throws IllegalArgumentException if a proxy is set that cannot be used; the message says which, and shows no secret
     */
    static NetworkPath of(EmrSettings settings, Region region) {
        return through(settings.proxies(), endpoint(settings, region, ProfileFile::defaultProfileFile));
    }

    /**
     * The same to STS.
     *
     * @throws IllegalArgumentException if a proxy is set that cannot be used; the message says which, and shows no secret
     */
    static NetworkPath toSts(EmrSettings settings, Region region) {
        return through(settings.proxies(), stsEndpoint(settings, region, ProfileFile::defaultProfileFile));
    }

    private static NetworkPath through(Proxies proxies, URI endpoint) {
        return new NetworkPath(endpoint, proxies.to(endpoint).orElse(null));
    }

    /** By {@code endpoint.url}, or the SDK's own variables, properties and profile, or the Region's public endpoint. */
    static URI endpoint(EmrSettings settings, Region region, Supplier<ProfileFile> profiles) {
        return endpoint(Service.EMR_SERVERLESS, settings.endpoint(), settings, region, profiles);
    }

    /** The same of STS, by {@code sts.endpoint.url}: the one of the Region, as in other partitions there is no other. */
    static URI stsEndpoint(EmrSettings settings, Region region, Supplier<ProfileFile> profiles) {
        return endpoint(Service.STS, settings.stsEndpoint(), settings, region, profiles);
    }

    private static URI endpoint(
            Service service,
            @Nullable URI override,
            EmrSettings settings,
            Region region,
            Supplier<ProfileFile> profiles) {
        return AwsClientEndpointProvider.builder()
                .clientEndpointOverride(override)
                .serviceEndpointOverrideEnvironmentVariable(service.variable)
                .serviceEndpointOverrideSystemProperty(service.property)
                .serviceProfileProperty(service.section)
                .serviceEndpointPrefix(service.host)
                .defaultProtocol("https")
                .region(region)
                .profileFile(profiles)
                .profileName(settings.profileName())
                .fipsEnabled(FipsEnabledProvider.builder()
                        .profileFile(profiles)
                        .profileName(settings.profileName())
                        .build()
                        .isFipsEnabled()
                        .orElse(false))
                .dualstackEnabled(DualstackEnabledProvider.builder()
                        .profileFile(profiles)
                        .profileName(settings.profileName())
                        .build()
                        .isDualstackEnabled()
                        .orElse(false))
                .build()
                .clientEndpoint();
    }

    /** The proxy as the HTTP client takes it, which reads no settings of its own; null if there is none. */
    @Nullable
    Relay relay() {
        return proxy == null ? null : proxy.relay();
    }

    /** Host of the endpoint. */
    String host() {
        return endpoint.getHost();
    }

    /** Port of the endpoint. */
    int port() {
        return endpoint.getPort() < 0 ? Proxy.standardPort(endpoint.getScheme()) : endpoint.getPort();
    }

    boolean encrypted() {
        return "https".equals(endpoint.getScheme());
    }

    Optional<Proxy> throughProxy() {
        return Optional.ofNullable(proxy);
    }
}
