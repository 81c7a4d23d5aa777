package io.sessionevents.emr.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.http.SdkHttpMethod;

/** Proxies that are spoken to in plain text; {@link EncryptedCallsTest} passes through them. */
class RelaysTest {
    private static final Login LOGIN = new Login("ann", "secret");
    private static final String ASKS =
            "HTTP/1.1 407 X\r\nProxy-Authenticate: Negotiate\r\nProxy-Authenticate: basic realm=\"x\"\r\nContent-Length: 5\r\n\r\nlogin";

    @Test
    void shouldAskTheProxyForTheWholeAddress() throws IOException {
        try (var proxy = HostileServer.answering(HostileServer.OK);
                var client = client(proxy, null)) {
            assertThat(client.get("http://aws.test/a?b=c").body()).isEqualTo("ok");
            assertThat(proxy.heads())
                    .containsExactly(
                            "GET http://aws.test/a?b=c HTTP/1.1\r\nHost: aws.test\r\nUser-Agent: test\r\n\r\n");
        }
    }

    @Test
    void shouldSignOnOnceAskedToAndFromThenOn() throws IOException {
        try (var proxy = new HostileServer(talk -> {
                    while (talk.next()) {
                        talk.say(
                                talk.head().contains("Proxy-Authorization: Basic YW5uOnNlY3JldA==\r\n")
                                        ? HostileServer.OK
                                        : ASKS);
                    }
                });
                var client = client(proxy, LOGIN)) {
            assertThat(client.get("http://aws.test/").status()).isEqualTo(200);
            assertThat(client.get("http://aws.test/").status()).isEqualTo(200);
            assertThat(proxy.heads()).hasSize(3);
        }
    }

    @Test
    void shouldAskNoThirdTimeWhereTheLoginIsWrong() throws IOException {
        try (var proxy = HostileServer.answering(ASKS);
                var client = client(proxy, LOGIN)) {
            assertThat(client.get("http://aws.test/").status()).isEqualTo(407);
            assertThat(proxy.heads()).hasSize(2);
        }
    }

    @Test
    void shouldSignOnNowhereWithoutALoginOrByAnotherWay() throws IOException {
        try (var proxy = HostileServer.answering(ASKS);
                var client = client(proxy, null)) {
            assertThat(client.get("http://aws.test/").status()).isEqualTo(407);
            assertThat(proxy.heads()).hasSize(1);
        }
        try (var proxy = HostileServer.answering(
                        "HTTP/1.1 407 X\r\nProxy-Authenticate: Negotiate\r\nContent-Length: 0\r\n\r\n");
                var client = client(proxy, LOGIN)) {
            assertThat(client.get("http://aws.test/").status()).isEqualTo(407);
            assertThat(proxy.heads()).hasSize(1).noneMatch(head -> head.contains("Authorization"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 403, 404, 407, 502})
    void shouldTellWhatTheProxyRefusedATunnelWithAndBelieveNothingElse(int status) throws IOException {
        try (var proxy = HostileServer.closingAfter("HTTP/1.1 " + status
                        + " X\r\nServer: squid\r\nx-amzn-RequestId: 1\r\nx-amzn-ErrorType: ResourceNotFoundException\r\n"
                        + "Content-Length: 36\r\n\r\n{\"code\":\"ResourceNotFoundException\"}");
                var client = client(proxy, null)) {
            var answer =
                    client.prepare(SdkHttpMethod.GET, "https://aws.test/", "").call();

            assertThat(answer.httpResponse().statusCode()).isEqualTo(status);
            assertThat(answer.httpResponse().headers()).containsOnlyKeys("Server");
            assertThat(answer.responseBody()).isEmpty();
            assertThat(proxy.heads()).singleElement().asString().startsWith("CONNECT aws.test:443 ");
        }
    }

    @Test
    void shouldTellThatTheProxyClosesTheTunnelOrAnswersNothing() throws IOException {
        try (var proxy = HostileServer.closingAfter("");
                var client = client(proxy, null)) {
            assertThatThrownBy(() -> client.get("https://aws.test/")).isExactlyInstanceOf(EOFException.class);
        }
        try (var proxy = HostileServer.closingAfter("SOCKS?\r\n");
                var client = client(proxy, null)) {
            assertThatThrownBy(() -> client.get("https://aws.test/")).isExactlyInstanceOf(ProtocolException.class);
        }
    }

    @Test
    void shouldTakeNothingThatAProxySaysInTheTunnelItself() throws IOException {
        try (var proxy = HostileServer.closingAfter("HTTP/1.1 200 OK\r\n\r\n" + HostileServer.OK);
                var client = client(proxy, null)) {
            assertThatThrownBy(() -> client.get("https://aws.test/"))
                    .isExactlyInstanceOf(ProtocolException.class)
                    .hasMessage("something came through the tunnel before anything was asked");
        }
    }

    @Test
    void shouldNameAnAddressOfTheSixthVersionInBrackets() throws IOException {
        try (var proxy = HostileServer.closingAfter("HTTP/1.1 403 X\r\n\r\n");
                var client = client(proxy, null)) {
            client.get("https://[::1]:8443/");

            assertThat(proxy.heads()).singleElement().asString().startsWith("CONNECT [::1]:8443 HTTP/1.1\r\n");
        }
    }

    private static Client client(HostileServer proxy, @Nullable Login login) {
        return Client.through(new Relay(false, "proxy.test", proxy.port(), login), () ->
                (SSLSocketFactory) SSLSocketFactory.getDefault());
    }
}
