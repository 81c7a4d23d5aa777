package io.sessionevents.emr.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** TLS to an endpoint, to a proxy, and through one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EncryptedCallsTest {
    private final List<String> names = new CopyOnWriteArrayList<>();
    private Certificates certificates;
    private SSLSocketFactory trusting;

    @BeforeAll
    void make(@TempDir Path directory) throws IOException, InterruptedException, GeneralSecurityException {
        certificates = new Certificates(directory);
        trusting = certificates.trusting();
    }

    @Test
    void shouldKeepAConnectionAndTellTheNameOfTheHost() throws Exception {
        try (var server = encrypted("valid");
                var client = client(null)) {
            for (int i = 0; i < 3; i++) {
                assertThat(client.get("https://aws.test:" + server.port()).body())
                        .isEqualTo("ok");
            }

            assertThat(server.heads()).hasSize(3);
            assertThat(server.connections()).isEqualTo(1);
            assertThat(names).first().asString().contains("aws.test");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "valid, other.test, true, No subject alternative DNS name matching other.test found",
        "valid, localhost, true, No subject alternative DNS name matching localhost found",
        "expired, aws.test, true, NotAfter",
        "valid, aws.test, false, unable to find valid certification path"
    })
    void shouldAskNothingOfWhomItDoesNotTrust(String shown, String host, boolean known, String message)
            throws Exception {
        try (var server = encrypted(shown);
                var client = Client.with(
                        Client.LONG,
                        1,
                        System::nanoTime,
                        null,
                        () -> known ? trusting : (SSLSocketFactory) SSLSocketFactory.getDefault())) {
            assertThatThrownBy(() -> client.get("https://" + host + ":" + server.port()))
                    .isInstanceOf(SSLHandshakeException.class)
                    .hasStackTraceContaining(message);
            assertThat(server.heads()).isEmpty();
        }
    }

    @Test
    void shouldEndWhenAbortedWhileItReads() throws Exception {
        var asked = new CountDownLatch(1);
        SSLContext context = certificates.server("valid");
        try (var server = new HostileServer(talk -> {
                    var secured = talk.encrypted(context);
                    secured.next();
                    asked.countDown();
                    secured.awaitEnd();
                });
                var client = client(null)) {
            var call = client.prepare("https://aws.test:" + server.port());
            var got = client.begin(call);
            asked.await();

            call.abort();

            assertThatThrownBy(got::get).hasCauseInstanceOf(IOException.class);
        }
    }

    @Test
    void shouldEndWhenAbortedWhileItShakesHands() throws Exception {
        var connected = new CountDownLatch(1);
        try (var server = new HostileServer(talk -> {
                    connected.countDown();
                    talk.awaitEnd();
                });
                var client = client(null)) {
            var call = client.prepare("https://aws.test:" + server.port());
            var got = client.begin(call);
            connected.await();

            call.abort();

            assertThatThrownBy(got::get).hasCauseInstanceOf(IOException.class);
            assertThat(server.heads()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"false, false", "true, false", "false, true", "true, true"})
    void shouldPassThroughATunnel(boolean encryptedProxy, boolean login) throws Exception {
        SSLContext aws = certificates.server("valid");
        try (var proxy = new HostileServer(talk -> {
                    var asked = encryptedProxy ? talk.encrypted(aws) : talk;
                    asked.next();
                    if (login && !asked.head().contains("Proxy-Authorization: Basic YW5uOnNlY3JldA==\r\n")) {
                        asked.say("HTTP/1.1 407 X\r\nProxy-Authenticate: Basic realm=\"x\"\r\n\r\n<html>");
                        return;
                    }
                    asked.say("HTTP/1.1 200 Connection established\r\n\r\n");
                    serve(asked, aws);
                });
                var client = client(new Relay(
                        encryptedProxy, "proxy.test", proxy.port(), login ? new Login("ann", "secret") : null))) {
            for (int i = 0; i < 2; i++) {
                assertThat(client.get("https://aws.test/path").body()).isEqualTo("ok");
            }

            assertThat(proxy.heads())
                    .filteredOn(head -> head.startsWith("GET /path "))
                    .hasSize(2);
            assertThat(proxy.heads())
                    .filteredOn(head -> head.startsWith("CONNECT aws.test:443 HTTP/1.1\r\nHost: aws.test:443\r\n"))
                    .hasSize(login ? 2 : 1);
            assertThat(proxy.heads())
                    .filteredOn(head -> head.startsWith("GET"))
                    .noneMatch(head -> head.contains("Proxy-"));
        }
    }

    @Test
    void shouldTellNoPasswordToAnEndpointThatAsksForOne() throws Exception {
        SSLContext aws = certificates.server("valid");
        String asks = "HTTP/1.1 407 X\r\nProxy-Authenticate: Basic\r\nContent-Length: 0\r\n\r\n";
        try (var proxy = new HostileServer(talk -> {
                    talk.next();
                    talk.say("HTTP/1.1 200 OK\r\n\r\n");
                    var secured = talk.encrypted(aws);
                    while (secured.next()) {
                        secured.say(asks);
                    }
                });
                var client = client(new Relay(false, "proxy.test", proxy.port(), new Login("ann", "secret")))) {
            assertThat(client.get("https://aws.test/").status()).isEqualTo(407);
            assertThat(proxy.heads()).hasSize(2).noneMatch(head -> head.contains("Authorization"));
        }
    }

    private HostileServer encrypted(String shown) throws GeneralSecurityException, IOException {
        SSLContext context = certificates.server(shown);
        return new HostileServer(talk -> serve(talk, context));
    }

    private void serve(HostileServer.Talk talk, SSLContext context) throws IOException {
        var secured = talk.encrypted(context);
        names.add(secured.serverName());
        while (secured.next()) {
            secured.say(HostileServer.OK);
        }
    }

    private Client client(@Nullable Relay relay) {
        return Client.with(Client.LONG, 8, System::nanoTime, relay, () -> trusting);
    }
}
