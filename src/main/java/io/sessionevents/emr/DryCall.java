package io.sessionevents.emr;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.emrserverless.EmrServerlessClient;

/**
 * A call of GetSession that never leaves the process and has made-up credentials: afterwards the classes of a real one are
 * loaded, which takes a second otherwise, just when a process has got its tasks and should look.
 */
public final class DryCall {
    private static final String ANSWER =
            "{\"session\":{\"applicationId\":\"none\",\"sessionId\":\"none\",\"state\":\"IDLE\",\"createdAt\":0}}";

    private DryCall() {}

    /** Makes it. */
    public static void make() {
        try (EmrServerlessClient client = EmrServerlessClient.builder()
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("none", "none")))
                .httpClient(CannedAnswer.ofJson(ANSWER))
                .build()) {
            var _ = client.getSession(request -> request.applicationId("none").sessionId("none"));
        }
    }
}
