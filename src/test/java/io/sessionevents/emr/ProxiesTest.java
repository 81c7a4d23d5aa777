package io.sessionevents.emr;

import static io.sessionevents.emr.FakeEmr.KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sessionevents.session.Lookup;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxiesTest {
    private static final URI AWS = URI.create("https://emr-serverless.us-east-1.amazonaws.com");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # endpoint                      | settings, ; between them                                   | proxy
            https://a.amazonaws.com         | ''                                                         |
            https://a.amazonaws.com         | HTTPS_PROXY=http://p:3128                                  | http://p:3128
            https://a.amazonaws.com         | https_proxy=http://p:3128                                  | http://p:3128
            https://a.amazonaws.com         | https_proxy=http://low:1; HTTPS_PROXY=http://up:2          | http://low:1
            https://a.amazonaws.com         | https_proxy= ; HTTPS_PROXY=http://up:2                     | http://up:2
            https://a.amazonaws.com         | HTTPS_PROXY=p:3128                                         | http://p:3128
            https://a.amazonaws.com         | HTTPS_PROXY=http://p                                       | http://p:80
            https://a.amazonaws.com         | HTTPS_PROXY=http://p:3128/                                 | http://p:3128
            https://a.amazonaws.com         | HTTPS_PROXY=https://p                                      | https://p:443
            https://a.amazonaws.com         | HTTPS_PROXY=http://[::1]:3128                              | http://[::1]:3128
            https://a.amazonaws.com         | HTTP_PROXY=http://p:3128                                   |
            http://a.amazonaws.com          | HTTP_PROXY=http://p:3128                                   | http://p:3128
            http://a.amazonaws.com          | HTTPS_PROXY=http://p:3128                                  |
            https://a.amazonaws.com         | https.proxyHost=p; https.proxyPort=3128                    | http://p:3128
            https://a.amazonaws.com         | https.proxyHost=p                                          | http://p:443
            http://a.amazonaws.com          | http.proxyHost=p                                           | http://p:80
            https://a.amazonaws.com         | https.proxyHost=p; https.proxyPort=1; HTTPS_PROXY=http://e:2 | http://p:1
            https://a.amazonaws.com         | HTTPS_PROXY=http://p:1; NO_PROXY=b.com,amazonaws.com       |
            https://a.amazonaws.com         | HTTPS_PROXY=http://p:1; no_proxy=.amazonaws.com            |
            https://a.amazonaws.com         | HTTPS_PROXY=http://p:1; NO_PROXY=*.AMAZONAWS.com           |
            https://a.amazonaws.com         | HTTPS_PROXY=http://p:1; NO_PROXY=*                         |
            https://a.amazonaws.com         | HTTPS_PROXY=http://p:1; NO_PROXY=a.amazonaws.com:443       |
            https://a.amazonaws.com         | HTTPS_PROXY=http://p:1; NO_PROXY=a.amazonaws.com:8443      | http://p:1
            https://a.amazonaws.com         | HTTPS_PROXY=http://p:1; NO_PROXY=naws.com                  | http://p:1
            https://a.amazonaws.com         | HTTPS_PROXY=http://p:1; NO_PROXY=a.amazonaws.com.evil      | http://p:1
            https://a.amazonaws.com         | HTTPS_PROXY=http://p:1; NO_PROXY=[.*                       | http://p:1
            https://a.amazonaws.com         | https.proxyHost=p; https.proxyPort=1; NO_PROXY=amazonaws.com |
            http://127.0.0.1:4566           | HTTP_PROXY=http://p:1                                      | http://p:1
            http://127.0.0.1:4566           | HTTP_PROXY=http://p:1; NO_PROXY=127.0.0.0/8                |
            http://127.0.0.1:4566           | HTTP_PROXY=http://p:1; NO_PROXY=10.0.0.0/8                 | http://p:1
            http://127.0.0.1:4566           | HTTP_PROXY=http://p:1; http.nonProxyHosts=127.*            |
            http://[::1]:4566               | HTTP_PROXY=http://p:1; NO_PROXY=::1                        |
            http://[fd00::7]:4566           | HTTP_PROXY=http://p:1; NO_PROXY=fd00::/8                   |
            """)
    void shouldFollowTheSettingsThatOtherProgramsObey(URI endpoint, String settings, @Nullable String proxy) {
        assertThat(proxies(settings).to(endpoint).map(Proxy::toString).orElse(null))
                .isEqualTo(proxy);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost|*.amazonaws.com", "a.amazonaws.com", "localhost|emr-*"})
    void shouldReachDirectlyWhatTheSystemPropertyNames(String hosts) {
        assertThat(proxies("HTTPS_PROXY=http://p:1; http.nonProxyHosts=" + hosts)
                        .to(URI.create(hosts.contains("emr") ? AWS.toString() : "https://a.amazonaws.com")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            HTTPS_PROXY=http://ann:secret@p:1               | ann  | secret
            HTTPS_PROXY=http://ann:s%40c%2Fr%25+t@p:1       | ann  | s@c/r%+t
            HTTPS_PROXY=http://ann:s@c/r:t@p:1              | ann  | s@c/r:t
            HTTPS_PROXY=http://ann:100%@p:1                 | ann  | 100%
            HTTPS_PROXY=http://ann@p:1                      | ann  | ''
            https.proxyHost=p; https.proxyUser=ann; https.proxyPassword=secret | ann | secret
            """)
    void shouldKnowUserAndPasswordAndShowNeither(String settings, String user, String password) {
        Proxies proxies = proxies(settings);
        Proxy proxy = proxies.to(AWS).orElseThrow();

        assertThat(proxy.user()).isEqualTo(user);
        assertThat(proxy.password()).isEqualTo(password);
        assertThat(proxy + " " + proxy.relay() + " " + proxies).doesNotContain("ann", "secret", "s@c", "100%");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTPS_PROXY=socks5://ann:hidden@p:1",
                "HTTPS_PROXY=http://ann:hidden@p:99999",
                "HTTPS_PROXY=http://ann:hidden@",
                "HTTPS_PROXY=http://ann:hidden@p p:1",
                "HTTPS_PROXY=http://ann:hidden@p:port",
                "https.proxyHost=p; https.proxyPort=0; https.proxyPassword=hidden",
                "https.proxyHost=p; https.proxyPort=many; https.proxyPassword=hidden"
            })
    void shouldSayWhichSettingIsNoProxyAndNoSecret(String settings) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> proxies(settings).to(AWS))
                .withMessageMatching("(HTTPS_PROXY|https\\.proxyPort) .*expected .*")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("hidden", "ann:"));
    }

    @Test
    void shouldLookUpThroughTheProxyAndSignOnThere() throws InterruptedException {
        try (FakeEmr proxy = new FakeEmr(
                        FakeEmr.answer(407, "", "Proxy-Authenticate: Basic realm=\"corp\""), FakeEmr.found());
                var client = EmrClients.create(
                        through("HTTP_PROXY=http://ann:secret@127.0.0.1:"
                                + proxy.uri().getPort()),
                        "9.9",
                        FakeEmr.CREDENTIALS)) {
            assertThat(new GetSession(client, FakeEmr.TIME)
                            .attempt(KEY, Permits.one())
                            .outcome())
                    .isInstanceOf(Lookup.Found.class);
            assertThat(proxy.requests()).hasSize(2);
            assertThat(proxy.requests().getLast().headers().getFirst("Proxy-Authorization"))
                    .isEqualTo("Basic YW5uOnNlY3JldA==");
            assertThat(proxy.requests().getLast().headers().getFirst("Host")).startsWith("emr.invalid");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 403 Forbidden",
                "HTTP/1.1 407 Proxy Authentication Required",
                "HTTP/1.1 502 Bad",
                "HTTP/1.1 404 Not Found\r\nx-amzn-RequestId: 1\r\nx-amzn-ErrorType: ResourceNotFoundException"
            })
    void shouldSayThatTheProxyRefusesTheTunnelOfALookup(String answer) throws IOException, InterruptedException {
        try (var proxy = new ConnectProxy(answer);
                var client = EmrClients.create(
                        new EmrSettings("us-east-1", null, null, FakeEmr.PATIENCE, 1)
                                .through(proxies("https_proxy=http://127.0.0.1:" + proxy.port())),
                        "9.9",
                        FakeEmr.CREDENTIALS)) {
            Attempt<?> attempt = new GetSession(client, FakeEmr.TIME).attempt(KEY, Permits.one());

            assertThat(proxy.heads())
                    .isNotEmpty()
                    .allSatisfy(
                            head -> assertThat(head).startsWith("CONNECT emr-serverless.us-east-1.amazonaws.com:443 "));
            assertThat(attempt.outage()).isTrue();
            assertThat(((Lookup.Unavailable) attempt.outcome()).message()).contains("proxy", answer.substring(9, 12));
        }
    }

    private static EmrSettings through(String settings) {
        return new EmrSettings("us-east-1", null, URI.create("http://emr.invalid"), FakeEmr.PATIENCE, 1)
                .through(proxies(settings));
    }

    /** Keys with a dot are system properties. */
    private static Proxies proxies(String settings) {
        Map<String, String> environment = new HashMap<>();
        Map<String, String> properties = new HashMap<>();
        Stream.of(settings.split(";"))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .forEach(text -> {
                    String name = text.substring(0, text.indexOf('='));
                    (name.indexOf('.') > 0 ? properties : environment).put(name, text.substring(name.length() + 1));
                });
        return Proxies.of(environment, properties::get);
    }
}
