package io.sessionevents.emr;

import static io.sessionevents.emr.FakeEmr.KEY;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sessionevents.calls.CallBudget;
import io.sessionevents.calls.CallBudget.Permit;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.utils.SdkAutoCloseable;

class EmrClientsTest {
    @Test
    void shouldSignForEmrServerlessAndSayWhoAsks() throws InterruptedException {
        try (FakeEmr emr = new FakeEmr(FakeEmr.found());
                var client = emr.client(FakeEmr.PATIENCE)) {
            new GetSession(client, FakeEmr.TIME).attempt(KEY, Permits.one());

            FakeEmr.Request request = emr.requests().getFirst();
            assertThat(request.method()).isEqualTo("GET");
            assertThat(request.path()).isEqualTo("/applications/00f1app/sessions/00f1session");
            assertThat(request.headers().getFirst("Authorization"))
                    .matches("AWS4-HMAC-SHA256 Credential=AKIATEST/\\d{8}/eu-west-1/emr-serverless/aws4_request, .*");
            assertThat(request.headers().getFirst("User-Agent")).endsWith(" session-events/9.9");
        }
    }

    @Test
    void shouldNotRetryBehindOurBack() throws InterruptedException {
        try (FakeEmr emr = new FakeEmr(FakeEmr.answer(503, "<html>busy</html>"));
                var client = emr.client(FakeEmr.PATIENCE)) {
            Attempt<?> attempt = new GetSession(client, FakeEmr.TIME).attempt(KEY, Permits.one());

            assertThat(attempt.outage()).isTrue();
            assertThat(emr.requests()).hasSize(1);
        }
    }

    @Test
    void shouldUseThePermitOfACallThatCouldNotConnect() throws Exception {
        var budget = new CallBudget(System::nanoTime);
        budget.allow(1e-6);
        var settings = new EmrSettings("eu-west-1", null, nowhere(), FakeEmr.PATIENCE, 8);
        try (var client = EmrClients.create(settings, "9.9", FakeEmr.CREDENTIALS);
                Permit permit = requireNonNull(budget.tryAcquire())) {
            Attempt<?> attempt = new GetSession(client, FakeEmr.TIME).attempt(KEY, permit);

            assertThat(attempt.outage()).isTrue();
            assertThat(attempt.answered()).isFalse();
        }
        assertThat(budget.tryAcquire()).isNull();
    }

    private static URI nowhere() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return URI.create("http://127.0.0.1:" + taken.getLocalPort());
        }
    }

    @Test
    void shouldCloseTheCredentialsWithTheClient() {
        AtomicBoolean closed = new AtomicBoolean();
        EmrSettings settings = new EmrSettings("eu-west-1", null, null, FakeEmr.PATIENCE, 1);

        EmrClients.create(settings, "9.9", new Closeable(closed)).close();

        assertThat(closed).isTrue();
    }

    private record Closeable(AtomicBoolean closed) implements AwsCredentialsProvider, SdkAutoCloseable {
        @Override
        public AwsCredentials resolveCredentials() {
            return FakeEmr.CREDENTIALS.resolveCredentials();
        }

        @Override
        public void close() {
            closed.set(true);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "http://h, PT0S, 1, attemptTimeout",
        "http://h, PT-1S, 1, attemptTimeout",
        "http://h, PT1S, 0, maxConnections",
        "localhost:80, PT1S, 1, endpoint",
        "/path, PT1S, 1, endpoint"
    })
    void shouldRejectSettingsOutOfRange(URI endpoint, Duration timeout, int connections, String offender) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EmrSettings(null, null, endpoint, timeout, connections))
                .withMessageStartingWith(offender)
                .withMessageContaining("expected");
    }
}
