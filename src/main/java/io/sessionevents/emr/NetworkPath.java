package io.sessionevents.emr;

import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.endpoint.AwsClientEndpointProvider;
import software.amazon.awssdk.awscore.endpoint.DualstackEnabledProvider;
import software.amazon.awssdk.awscore.endpoint.FipsEnabledProvider;
import software.amazon.awssdk.http.apache5.ProxyConfiguration;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;

/**
 * The way to EMR Serverless: resolved here for the client and for the check alike.
 *
 * <p>The generated client has no endpoint rules and would ignore {@code AWS_USE_FIPS_ENDPOINT} and
 * {@code AWS_USE_DUALSTACK_ENDPOINT}, so the endpoint is computed from the SDK's own metadata of Regions and handed to it.
 *
 * @param endpoint that requests are meant for
 * @param proxy on the way there; null if there is none
 */
record NetworkPath(URI endpoint, @Nullable Proxy proxy) {
    private static final String SERVICE = "emr-serverless";

    /**
     * The way that these settings lead.
     *
     * @throws IllegalArgumentException if a proxy is set that cannot be used; the message says which, and shows no secret
     */
    static NetworkPath of(EmrSettings settings, Region region) {
        URI endpoint = endpoint(settings, region, ProfileFile::defaultProfileFile);
        return new NetworkPath(endpoint, settings.proxies().to(endpoint).orElse(null));
    }

    /** By {@code aws.endpoint.url}, or the SDK's own variables, properties and profile, or the Region's public endpoint. */
    static URI endpoint(EmrSettings settings, Region region, Supplier<ProfileFile> profiles) {
        return AwsClientEndpointProvider.builder()
                .clientEndpointOverride(settings.endpoint())
                .serviceEndpointOverrideEnvironmentVariable("AWS_ENDPOINT_URL_EMR_SERVERLESS")
                .serviceEndpointOverrideSystemProperty("aws.endpointUrlEmrServerless")
                .serviceProfileProperty("emr_serverless")
                .serviceEndpointPrefix(SERVICE)
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

    /** For the HTTP client, which reads no settings of its own. */
    ProxyConfiguration forClient() {
        ProxyConfiguration.Builder builder =
                ProxyConfiguration.builder().useSystemPropertyValues(false).useEnvironmentVariableValues(false);
        if (proxy != null) {
            builder.endpoint(proxy.address()).username(proxy.user()).password(proxy.password());
        }
        return builder.build();
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
