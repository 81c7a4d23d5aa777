package io.sessionevents.emr.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls that are ended by somebody, or by time. */
class EndedCallsTest {
    private static final String HALF = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n12345";

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 200 OK\r\nConte", HALF})
    void shouldEndWhenNothingComesForTooLong(String before) throws IOException {
        try (var server = new HostileServer(talk -> {
                    talk.next();
                    talk.say(before);
                    talk.awaitEnd();
                });
                var client = Client.with(Duration.ofMillis(200), 1, System::nanoTime, null, () ->
                        (SSLSocketFactory) SSLSocketFactory.getDefault())) {
            assertThatThrownBy(() -> client.get("http://aws.test:" + server.port()))
                    .isExactlyInstanceOf(SocketTimeoutException.class);
            assertThat(server.heads()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 200 OK\r\nConte", HALF})
    void shouldEndWhenAborted(String before) throws Exception {
        var said = new CountDownLatch(1);
        try (var server = silentAfter(before, said);
                var client = Client.direct()) {
            var call = client.prepare("http://aws.test:" + server.port());
            var got = client.begin(call);
            said.await();

            call.abort();

            assertThatThrownBy(got::get).isInstanceOf(ExecutionException.class).hasCauseInstanceOf(IOException.class);
            assertThat(server.heads()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldEndWhenInterruptedAndStayInterrupted(boolean virtual) throws Exception {
        var said = new CountDownLatch(1);
        try (var server = silentAfter("", said);
                var client = Client.direct()) {
            var got = new CompletableFuture<Client.Got>();
            var interrupted = new CompletableFuture<Boolean>();
            Thread caller = (virtual ? Thread.ofVirtual() : Thread.ofPlatform()).start(() -> {
                Client.complete(got, client.prepare("http://aws.test:" + server.port()));
                interrupted.complete(Thread.currentThread().isInterrupted());
            });
            said.await();

            caller.interrupt();

            assertThatThrownBy(got::get).hasCauseInstanceOf(IOException.class);
            assertThat(interrupted.get()).isTrue();
            assertThat(server.heads()).hasSize(1);
        }
    }

    @Test
    void shouldSendNothingOnceAborted() throws IOException {
        try (var server = HostileServer.answering(HostileServer.OK);
                var client = Client.direct()) {
            var call = client.prepare("http://aws.test:" + server.port());
            call.abort();

            assertThatThrownBy(call::call).isInstanceOf(IOException.class).hasMessage("the call was aborted");
            assertThat(server.heads()).isEmpty();
        }
    }

    @Test
    void shouldHarmNoKeptConnectionByAnAbortThatComesEarly() throws IOException {
        try (var server = HostileServer.answering(HostileServer.OK);
                var client = Client.direct()) {
            String url = "http://aws.test:" + server.port();
            client.get(url);
            var call = client.prepare(url);
            call.abort();
            assertThatThrownBy(call::call).hasMessage("the call was aborted");

            assertThat(client.get(url).body()).isEqualTo("ok");
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void shouldHarmNoOtherCallByAnAbortThatComesLate() throws IOException {
        try (var server = HostileServer.answering(HostileServer.OK);
                var client = Client.direct()) {
            String url = "http://aws.test:" + server.port();
            var call = client.prepare(url);
            call.call();
            call.abort();

            assertThat(client.get(url).body()).isEqualTo("ok");
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    private static HostileServer silentAfter(String before, CountDownLatch said) {
        return new HostileServer(talk -> {
            talk.next();
            talk.say(before);
            said.countDown();
            talk.awaitEnd();
        });
    }
}
