package io.sessionevents.emr;

import io.sessionevents.emr.wire.Departure;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.client.config.SdkAdvancedClientOption;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * Makes clients of STS: in the Region of the source and through its proxies. Their calls are not EMR Serverless's, so they take no
 * permit, and the SDK may try again by itself, which also puts a wrong clock right.
 */
final class StsClients {
    private static final int ATTEMPTS = 3;

    private StsClients() {}

    /**
     * One that gives roles, as patient as lookups are: the caller closes it.
     *
     * @throws IllegalArgumentException if a proxy is set that cannot be used
     */
    static StsClient create(EmrSettings settings, Region region, AwsCredentialsProvider credentials) {
        return create(settings, region, credentials, settings.attemptTimeout());
    }

    /**
     * The same with another patience.
     *
     * @param attempt how long one HTTP attempt may take; all together take twice as long at most
     */
    static StsClient create(EmrSettings settings, Region region, AwsCredentialsProvider credentials, Duration attempt) {
        NetworkPath path = NetworkPath.toSts(settings, region);
        ClientOverrideConfiguration.Builder behaviour = ClientOverrideConfiguration.builder()
                .retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                        .maxAttempts(ATTEMPTS)
                        .build())
                .addExecutionInterceptor(new WatchedAnswers())
                .apiCallAttemptTimeout(attempt)
                .apiCallTimeout(attempt.multipliedBy(2))
                .putAdvancedOption(SdkAdvancedClientOption.USER_AGENT_SUFFIX, "session-events");
        if (settings.profile() != null) {
            behaviour.defaultProfileName(settings.profile());
        }
        return StsClient.builder()
                .credentialsProvider(credentials)
                .overrideConfiguration(behaviour.build())
                .httpClientBuilder(EmrClients.httpClient(attempt, path, 2, Departure.AT_ONCE))
                .region(region)
                .endpointOverride(path.endpoint())
                // They are in the endpoint already, and the SDK takes no other endpoint together with them.
                .fipsEnabled(false)
                .dualstackEnabled(false)
                .build();
    }
}
