package io.sessionevents.emr;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.emrserverless.EmrServerlessClient;

/** Finds out, without any call that counts against the budget, whether AWS can be asked. */
public final class AwsCheck {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private AwsCheck() {}

    /**
     * Something that keeps AWS from being asked.
     *
     * @param fix the setting or command that mends it
     * @param mayPass whether it may mend itself
     */
    public record Problem(String what, String fix, boolean mayPass) {}

    /** What is wrong; empty if nothing is. */
    public static List<Problem> problems(EmrSettings settings) {
        List<Problem> problems = new ArrayList<>();
        Optional<Region> region = region(settings);
        if (region.isEmpty()) {
            problems.add(
                    new Problem("No AWS Region is set.", "Set aws.region, or AWS_REGION in the environment.", false));
        }
        try (var credentials = new Credentials(settings.profile())) {
            credentials.resolveCredentials();
        } catch (Credentials.Missing e) {
            problems.add(new Problem(
                    "No AWS credentials were found"
                            + (settings.profile() == null ? "." : " for profile " + settings.profile() + "."),
                    "Set aws.profile, run aws sso login, set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give the "
                            + "machine or pod a role.",
                    false));
        }
        URI endpoint = endpoint(settings, region.orElse(null));
        if (endpoint != null) {
            connect(endpoint).ifPresent(problems::add);
        }
        return problems;
    }

    private static Optional<Region> region(EmrSettings settings) {
        if (settings.region() != null) {
            return Optional.of(Region.of(settings.region()));
        }
        try {
            var chain = DefaultAwsRegionProviderChain.builder().profileFile(ProfileFile::defaultProfileFile);
            if (settings.profile() != null) {
                chain.profileName(settings.profile());
            }
            return Optional.of(chain.build().getRegion());
        } catch (SdkClientException e) {
            return Optional.empty();
        }
    }

    private static @Nullable URI endpoint(EmrSettings settings, @Nullable Region region) {
        if (settings.endpoint() != null) {
            return settings.endpoint();
        }
        return region == null
                ? null
                : URI.create("https://" + EmrServerlessClient.serviceMetadata().endpointFor(region));
    }

    private static Optional<Problem> connect(URI endpoint) {
        int port = endpoint.getPort() >= 0 ? endpoint.getPort() : "http".equals(endpoint.getScheme()) ? 80 : 443;
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(endpoint.getHost(), port), (int) CONNECT_TIMEOUT.toMillis());
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(new Problem(
                    "EMR Serverless at " + endpoint + " does not answer: " + e.getMessage() + ".",
                    "Check aws.region, aws.endpoint.url and the way out of this network (a VPC endpoint, a proxy).",
                    true));
        }
    }
}
