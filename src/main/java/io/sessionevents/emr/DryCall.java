package io.sessionevents.emr;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.emrserverless.EmrServerlessClient;

/**
 * A call of GetSession that never leaves the process and has made-up credentials: afterwards the classes of a real one are
 * loaded, which takes a second otherwise, just when a process has got its tasks and should look.
 */
public final class DryCall {
    private static final byte[] ANSWER =
            "{\"session\":{\"applicationId\":\"none\",\"sessionId\":\"none\",\"state\":\"IDLE\",\"createdAt\":0}}"
                    .getBytes(UTF_8);

    private DryCall() {}

    /** Makes it. */
    public static void make() {
        try (EmrServerlessClient client = EmrServerlessClient.builder()
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("none", "none")))
                .httpClient(new Nowhere())
                .build()) {
            var _ = client.getSession(request -> request.applicationId("none").sessionId("none"));
        }
    }

    /** Answers by itself. */
    private static final class Nowhere implements SdkHttpClient {
        @Override
        public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
            return new ExecutableHttpRequest() {
                @Override
                public HttpExecuteResponse call() {
                    return HttpExecuteResponse.builder()
                            .response(SdkHttpResponse.builder()
                                    .statusCode(200)
                                    .putHeader("Content-Type", "application/json")
                                    .build())
                            .responseBody(AbortableInputStream.create(new ByteArrayInputStream(ANSWER)))
                            .build();
                }

                @Override
                public void abort() {}
            };
        }

        @Override
        public void close() {}
    }
}
