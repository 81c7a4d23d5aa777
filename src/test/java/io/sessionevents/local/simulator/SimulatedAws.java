package io.sessionevents.local.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.emrserverless.EmrServerlessClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.Credentials;

/** A user at home, a role abroad, and the real SDK to call both; its time stands still until somebody moves it. */
final class SimulatedAws implements AutoCloseable {
    static final AwsAccount ABROAD = new AwsAccount("prod-eu", "210987654321", "eu-west-1");
    static final AccessKey USER = AccessKey.of(AwsAccount.DEFAULT, "watcher", "AKIAHOME", "secret of home");
    static final AccessKey STRANGER = AccessKey.of(AwsAccount.DEFAULT, "stranger", "AKIASTRANGER", "secret");
    static final String ROLE = ABROAD.identity("role/reader");
    static final String EXTERNAL_ID = "id/of:us";
    static final Duration LIFETIME = Duration.ofSeconds(20);

    private final AccessKeys keys = new AccessKeys(List.of(USER, STRANGER));
    private volatile Instant now = Instant.parse("2026-11-23T09:00:00Z");
    final SimulatedSts sts;
    final SimulatedEmrServerless home;
    final SimulatedEmrServerless abroad;

    SimulatedAws() {
        try {
            sts = SimulatedSts.start(() -> now, keys, LIFETIME);
            home = endpoint(AwsAccount.DEFAULT);
            abroad = endpoint(ABROAD);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        sts.allow(new AssumableRole(ROLE, Set.of(USER.owner()), EXTERNAL_ID));
    }

    private SimulatedEmrServerless endpoint(AwsAccount account) throws IOException {
        return SimulatedEmrServerless.start(() -> now, SimulatedEmrServerless.Options.UNLIMITED.of(account, keys));
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    Instant now() {
        return now;
    }

    StsClient stsClient(AwsCredentials caller) {
        return stsClient(caller, Duration.ofMinutes(5));
    }

    StsClient stsClient(AwsCredentials caller, Duration timeout) {
        return StsClient.builder()
                .endpointOverride(sts.url())
                .region(Region.EU_WEST_1)
                .credentialsProvider(() -> caller)
                .overrideConfiguration(behaviour ->
                        behaviour.retryStrategy(AwsRetryStrategy.doNotRetry()).apiCallTimeout(timeout))
                .build();
    }

    static EmrServerlessClient emrClient(URI endpoint, String region, AwsCredentialsProvider credentials) {
        return EmrServerlessClient.builder()
                .endpointOverride(endpoint)
                .region(Region.of(region))
                .credentialsProvider(credentials)
                .overrideConfiguration(behaviour -> behaviour.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build();
    }

    static AwsCredentials credentials(AccessKey key) {
        return AwsBasicCredentials.create(key.id(), key.secret());
    }

    static AwsCredentials credentials(Credentials issued) {
        return AwsSessionCredentials.create(issued.accessKeyId(), issued.secretAccessKey(), issued.sessionToken());
    }

    static AssumeRoleRequest request(String role, @Nullable String externalId) {
        AssumeRoleRequest.Builder request =
                AssumeRoleRequest.builder().roleArn(role).roleSessionName("session-events");
        return (externalId == null ? request : request.externalId(externalId)).build();
    }

    /** What the user gets for it. */
    Credentials assume() {
        try (StsClient client = stsClient(credentials(USER))) {
            return client.assumeRole(request(ROLE, EXTERNAL_ID)).credentials();
        }
    }

    @Override
    public void close() {
        sts.close();
        home.close();
        abroad.close();
    }
}
