package io.sessionevents.emr;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.apache5.ProxyConfiguration;
import software.amazon.awssdk.profiles.Profile;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.ServiceMetadata;
import software.amazon.awssdk.regions.providers.AwsRegionProvider;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.emrserverless.EmrServerlessClient;

/**
 * Says, without calling any operation of EMR Serverless, what would keep a lookup from reaching it: Region, credentials,
 * network. Loading credentials may call STS or IAM Identity Center.
 */
public final class AwsCheck {
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    private final EmrSettings settings;
    private final AwsRegionProvider regions;
    private final AwsCredentialsProvider credentials;
    private final ProfileFile profiles;

    AwsCheck(
            EmrSettings settings, AwsRegionProvider regions, AwsCredentialsProvider credentials, ProfileFile profiles) {
        this.settings = settings;
        this.regions = regions;
        this.credentials = credentials;
        this.profiles = profiles;
    }

    /** One sentence per problem, with what mends it; empty if there is none. Blocks for seconds at worst. */
    public static List<String> problems(EmrSettings settings) {
        DefaultAwsRegionProviderChain.Builder regions = DefaultAwsRegionProviderChain.builder();
        if (settings.profile() != null) {
            regions.profileName(settings.profile());
        }
        try (DefaultCredentialsProvider credentials = EmrClients.defaultCredentials(settings.profile())) {
            return new AwsCheck(settings, regions.build(), credentials, ProfileFile.defaultProfileFile()).problems();
        }
    }

    /** The Region that lookups go to; empty if none is set. */
    public static Optional<String> region(EmrSettings settings) {
        DefaultAwsRegionProviderChain.Builder regions = DefaultAwsRegionProviderChain.builder();
        if (settings.profile() != null) {
            regions.profileName(settings.profile());
        }
        return region(settings, regions.build()).map(Region::id);
    }

    List<String> problems() {
        List<String> problems = new ArrayList<>();
        Optional<Region> region = region(settings, regions);
        if (region.isEmpty()) {
            problems.add(
                    "no AWS Region is set: set aws.region or AWS_REGION (for example us-east-1), or a region in the"
                            + " AWS profile");
        }
        credentialProblem().ifPresent(problems::add);
        region.flatMap(this::networkProblem).ifPresent(problems::add);
        return List.copyOf(problems);
    }

    private static Optional<Region> region(EmrSettings settings, AwsRegionProvider regions) {
        if (settings.region() != null) {
            return Optional.of(Region.of(settings.region()));
        }
        try {
            return Optional.ofNullable(regions.getRegion());
        } catch (SdkException e) {
            // The chain tells by an exception that none of its members has one.
            return Optional.empty();
        }
    }

    private Optional<String> credentialProblem() {
        String name = settings.profile();
        if (name != null && profiles.profile(name).isEmpty()) {
            return Optional.of("the AWS profile \"" + name + "\" does not exist: set aws.profile to one of "
                    + profiles.profiles().keySet() + ", or add it to ~/.aws/config");
        }
        try {
            credentials.resolveCredentials();
            return Optional.empty();
        } catch (SdkException e) {
            return Optional.of(noCredentials(name));
        }
    }

    private String noCredentials(@Nullable String name) {
        Optional<Profile> profile = profiles.profile(name == null ? "default" : name);
        if (profile.isPresent() && signsOn(profile.get())) {
            return "the IAM Identity Center session of the AWS profile \""
                    + profile.get().name()
                    + "\" is missing or has expired: run 'aws sso login --profile "
                    + profile.get().name() + "'";
        }
        return "no usable AWS credentials were found" + (name == null ? "" : " in the AWS profile \"" + name + "\"")
                + ": set aws.profile, run 'aws sso login', set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give the"
                + " host or pod an IAM role";
    }

    private static boolean signsOn(Profile profile) {
        return profile.property("sso_session").isPresent()
                || profile.property("sso_start_url").isPresent();
    }

    private Optional<String> networkProblem(Region region) {
        InetSocketAddress address = firstHop(endpoint(region));
        int millis = (int) Math.min(Integer.MAX_VALUE, settings.attemptTimeout().toMillis());
        try (Socket socket = new Socket()) {
            socket.connect(address, millis);
            return Optional.empty();
        } catch (UnknownHostException e) {
            return Optional.of("the host " + address.getHostString() + " is unknown: check aws.region (" + region.id()
                    + ") and aws.endpoint.url, and that DNS works");
        } catch (IOException e) {
            return Optional.of("no connection to " + address.getHostString() + ":" + address.getPort() + " within "
                    + seconds(settings.attemptTimeout()) + " (" + e.getMessage()
                    + "): check the network (firewall, VPC endpoint, HTTPS_PROXY) or set aws.endpoint.url");
        }
    }

    /** Where the client would connect to, its environment variables included. */
    URI endpoint(Region region) {
        EmrSettings resolved =
                new EmrSettings(region.id(), settings.profile(), settings.endpoint(), settings.attemptTimeout(), 1);
        try (EmrServerlessClient client = EmrClients.create(resolved, "check", AnonymousCredentialsProvider.create())) {
            return client.serviceClientConfiguration()
                    .endpointOverride()
                    .orElseGet(() -> URI.create(
                            "https://" + ServiceMetadata.of("emr-serverless").endpointFor(region)));
        }
    }

    private static InetSocketAddress firstHop(URI endpoint) {
        ProxyConfiguration proxy =
                ProxyConfiguration.builder().scheme(endpoint.getScheme()).build();
        boolean direct = proxy.host() == null
                || proxy.nonProxyHosts().stream()
                        .anyMatch(host -> endpoint.getHost().matches(host));
        if (!direct) {
            return new InetSocketAddress(proxy.host(), proxy.port());
        }
        int standard = "http".equals(endpoint.getScheme()) ? HTTP : HTTPS;
        return new InetSocketAddress(endpoint.getHost(), endpoint.getPort() < 0 ? standard : endpoint.getPort());
    }

    private static String seconds(Duration duration) {
        return duration.toMillis() / 1000.0 + " s";
    }
}
