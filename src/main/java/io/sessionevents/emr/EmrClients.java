package io.sessionevents.emr;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.client.config.SdkAdvancedClientOption;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.emrserverless.EmrServerlessClient;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/** Makes the EMR Serverless client. It never retries by itself: every HTTP attempt takes a permit of the call budget. */
public final class EmrClients {
    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(2);

    private EmrClients() {}

    /**
     * A client with the SDK's default credential chain; the caller closes it.
     *
     * @param version of this service, told to AWS in the user agent
     * @throws IllegalStateException if there is no Region; the message says what to do
     * @throws IllegalArgumentException if a proxy is set that cannot be used
     */
    public static EmrServerlessClient create(EmrSettings settings, String version) {
        return create(settings, version, defaultCredentials(settings.profile()));
    }

    static EmrServerlessClient create(EmrSettings settings, String version, AwsCredentialsProvider credentials) {
        String region = AwsRegions.resolve(settings)
                .orElseThrow(() ->
                        new IllegalStateException(AwsRegions.problem(settings).orElse("")));
        NetworkPath path = NetworkPath.of(settings, Region.of(region));
        return EmrServerlessClient.builder()
                .credentialsProvider(new MarkedCredentials(credentials))
                .overrideConfiguration(behaviour(settings, version))
                .httpClientBuilder(httpClient(settings, path))
                .region(Region.of(region))
                .endpointOverride(path.endpoint())
                .build();
    }

    static DefaultCredentialsProvider defaultCredentials(@Nullable String profile) {
        DefaultCredentialsProvider.Builder builder = DefaultCredentialsProvider.builder();
        if (profile != null) {
            builder.profileName(profile);
        }
        return builder.build();
    }

    private static ClientOverrideConfiguration behaviour(EmrSettings settings, String version) {
        ClientOverrideConfiguration.Builder builder = ClientOverrideConfiguration.builder()
                .retryStrategy(AwsRetryStrategy.doNotRetry())
                .addExecutionInterceptor(new PermittedCalls())
                .addExecutionInterceptor(new WatchedAnswers())
                .apiCallAttemptTimeout(settings.attemptTimeout())
                // There is one attempt only, so this bounds the loading of credentials around it. Were it equal, the
                // two
                // timers would race, and the SDK reports the loser's interrupt as an interruption of the thread.
                .apiCallTimeout(settings.attemptTimeout().multipliedBy(2))
                .putAdvancedOption(SdkAdvancedClientOption.USER_AGENT_SUFFIX, "session-events/" + version);
        if (settings.profile() != null) {
            builder.defaultProfileName(settings.profile());
        }
        return builder.build();
    }

    private static Apache5HttpClient.Builder httpClient(EmrSettings settings, NetworkPath path) {
        Duration attempt = settings.attemptTimeout();
        return Apache5HttpClient.builder()
                .proxyConfiguration(path.forClient())
                .maxConnections(settings.maxConnections())
                .connectionTimeout(attempt.compareTo(LONGEST_CONNECT) < 0 ? attempt : LONGEST_CONNECT)
                .connectionAcquisitionTimeout(attempt)
                .socketTimeout(attempt);
    }

    /** Makes every failure to load credentials recognisable; closed with the client. */
    private record MarkedCredentials(AwsCredentialsProvider source)
            implements AwsCredentialsProvider, SdkAutoCloseable {
        @Override
        public AwsCredentials resolveCredentials() {
            try {
                return source.resolveCredentials();
            } catch (RuntimeException e) {
                throw new CredentialsUnavailableException(e);
            }
        }

        @Override
        public void close() {
            if (source instanceof SdkAutoCloseable closeable) {
                closeable.close();
            }
        }
    }
}
