package io.sessionevents.emr;

import io.sessionevents.emr.wire.Departure;
import io.sessionevents.emr.wire.Patience;
import io.sessionevents.emr.wire.Wire;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.client.config.SdkAdvancedClientOption;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.emrserverless.EmrServerlessClient;

/** Makes the EMR Serverless client. It never retries by itself: every HTTP attempt takes a permit of the call budget. */
public final class EmrClients {
    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(2);

    private EmrClients() {}

    /**
     * A client with the credentials of the source; the caller closes it.
     *
     * @param version of this service, told to AWS in the user agent
     * @throws IllegalStateException if there is no Region; the message says what to do
     * @throws IllegalArgumentException if a proxy is set that cannot be used
     */
    public static EmrServerlessClient create(EmrSettings settings, String version) {
        Region region = region(settings);
        return create(settings, version, region, SourceCredentials.of(settings, region));
    }

    static EmrServerlessClient create(EmrSettings settings, String version, AwsCredentialsProvider credentials) {
        return create(settings, version, region(settings), SourceCredentials.marked(settings, credentials));
    }

    private static Region region(EmrSettings settings) {
        return Region.of(AwsRegions.resolve(settings)
                .orElseThrow(() ->
                        new IllegalStateException(AwsRegions.problem(settings).orElse(""))));
    }

    private static EmrServerlessClient create(
            EmrSettings settings, String version, Region region, SourceCredentials.Closeable credentials) {
        NetworkPath path = NetworkPath.of(settings, region);
        return EmrServerlessClient.builder()
                .credentialsProvider(credentials)
                .overrideConfiguration(behaviour(settings, version, credentials))
                .httpClientBuilder(
                        httpClient(settings.attemptTimeout(), path, settings.maxConnections(), PermittedCalls::depart))
                .region(region)
                .endpointOverride(path.endpoint())
                .build();
    }

    private static ClientOverrideConfiguration behaviour(
            EmrSettings settings, String version, SourceCredentials.Closeable credentials) {
        ClientOverrideConfiguration.Builder builder = ClientOverrideConfiguration.builder()
                .retryStrategy(AwsRetryStrategy.doNotRetry())
                .addExecutionInterceptor(new PermittedCalls())
                .addExecutionInterceptor(new RefusedCredentials(credentials))
                // Answers pass the last one first.
                .addExecutionInterceptor(new KeptAnswers())
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

    /**
     * For one host.
     *
     * @param attempt how long one attempt may take, after which the SDK aborts it
     */
    static Wire httpClient(Duration attempt, NetworkPath path, int connections, Departure departure) {
        Duration connect = attempt.compareTo(LONGEST_CONNECT) < 0 ? attempt : LONGEST_CONNECT;
        return new Wire(endpoint -> path.relay(), Patience.untilAborted(connect, attempt), connections, departure);
    }
}
