package io.sessionevents.emr;

import java.time.Duration;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.client.config.SdkAdvancedClientOption;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.emrserverless.EmrServerlessClient;

/** Builds the SDK client. Its own retries are off: they would call AWS behind the budget's back. */
final class EmrClients {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

    private EmrClients() {}

    /** A client; close it after use. */
    static EmrServerlessClient create(EmrSettings settings) {
        var http = Apache5HttpClient.builder()
                .maxConnections(settings.maxConnections())
                .connectionTimeout(shorter(CONNECT_TIMEOUT, settings.attemptTimeout()))
                .connectionAcquisitionTimeout(settings.attemptTimeout())
                .socketTimeout(settings.attemptTimeout());
        var override = ClientOverrideConfiguration.builder()
                .retryStrategy(AwsRetryStrategy.doNotRetry())
                .apiCallTimeout(settings.attemptTimeout())
                .apiCallAttemptTimeout(settings.attemptTimeout())
                .putAdvancedOption(SdkAdvancedClientOption.USER_AGENT_SUFFIX, settings.product());
        if (settings.profile() != null) {
            override.defaultProfileName(settings.profile());
        }
        var client = EmrServerlessClient.builder()
                .httpClientBuilder(http)
                .credentialsProvider(new Credentials(settings.profile()))
                .overrideConfiguration(override.build());
        if (settings.region() != null) {
            client.region(Region.of(settings.region()));
        }
        if (settings.endpoint() != null) {
            client.endpointOverride(settings.endpoint());
        }
        return client.build();
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }
}
