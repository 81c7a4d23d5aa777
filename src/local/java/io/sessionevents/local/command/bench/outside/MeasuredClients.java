package io.sessionevents.local.command.bench.outside;

import io.sessionevents.emr.CannedAnswer;
import io.sessionevents.emr.wire.Departure;
import io.sessionevents.emr.wire.Patience;
import io.sessionevents.emr.wire.Wire;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.ServiceLoader;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpConfigurationOption;
import software.amazon.awssdk.http.SdkHttpService;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.emrserverless.EmrServerlessClient;
import software.amazon.awssdk.utils.AttributeMap;

/** Clients that differ in what is below the SDK only. */
final class MeasuredClients {
    private static final Duration ATTEMPT = Duration.ofSeconds(30);
    private static final String OURS = "io.sessionevents.";

    private MeasuredClients() {}

    /** By name: ours, none, and each that the SDK finds on the class path. */
    static Map<String, EmrServerlessClient> all(URI endpoint, int connections) {
        Map<String, EmrServerlessClient> clients = new LinkedHashMap<>();
        clients.put(
                "our own client",
                client(
                        endpoint,
                        new Wire(where -> null, Patience.untilAborted(ATTEMPT, ATTEMPT), connections, Departure.AT_ONCE)
                                .build()));
        for (SdkHttpService service : ServiceLoader.load(SdkHttpService.class)) {
            if (!service.getClass().getName().startsWith(OURS)) {
                SdkHttpClient http = service.createHttpClientBuilder()
                        .buildWithDefaults(AttributeMap.builder()
                                .put(SdkHttpConfigurationOption.MAX_CONNECTIONS, connections)
                                .put(SdkHttpConfigurationOption.READ_TIMEOUT, ATTEMPT)
                                .build());
                clients.put("the SDK's " + http.clientName(), client(endpoint, http));
            }
        }
        clients.put("none: an answer at once", client(endpoint, CannedAnswer.ofJson(EndpointMain.answer())));
        return clients;
    }

    /** As the service makes it. */
    private static EmrServerlessClient client(URI endpoint, SdkHttpClient http) {
        return EmrServerlessClient.builder()
                .region(Region.US_EAST_1)
                .endpointOverride(endpoint)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIABENCH", "bench")))
                .overrideConfiguration(settings -> settings.retryStrategy(AwsRetryStrategy.doNotRetry())
                        .apiCallAttemptTimeout(ATTEMPT)
                        .apiCallTimeout(ATTEMPT.multipliedBy(2)))
                .httpClient(http)
                .build();
    }
}
