package io.sessionevents.emr.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ProtocolException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;

class RequestBytesTest {
    private static final Relay RELAY = new Relay(false, "proxy", 3128, new Login("ann", "secret"));

    @ParameterizedTest
    @CsvSource({
        "https, 443, aws.test",
        "https, 8443, aws.test:8443",
        "http, 80, aws.test",
        "http, 443, aws.test:443",
    })
    void shouldNameTheHostAsTheAddressDoes(String scheme, int port, String host) throws IOException {
        var request = request().protocol(scheme).port(port).build();

        assertThat(text(request, null)).isEqualTo("GET /a%20b HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
    }

    @Test
    void shouldNameTheHostThatWasSignedAndWhatBelongsToTheConnectionOnce() throws IOException {
        var request = request()
                .putHeader("host", "signed.test")
                .putHeader("content-length", "7")
                .putHeader("Transfer-Encoding", "chunked")
                .putHeader("X", List.of("1", "ü"))
                .build();

        assertThat(text(request, null)).isEqualTo("GET /a%20b HTTP/1.1\r\nHost: signed.test\r\nX: 1\r\nX: ü\r\n\r\n");
    }

    @Test
    void shouldNameAllOfTheAddressToAProxy() throws IOException {
        var request = request().protocol("http").port(8080).build();

        assertThat(text(request, RELAY))
                .startsWith("GET http://aws.test:8080/a%20b HTTP/1.1\r\nHost: aws.test:8080\r\n")
                .endsWith("\r\nProxy-Authorization: Basic YW5uOnNlY3JldA==\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nX: y", "a\nX: y", "a\rb", "a\u0000b", "a\u007fb"})
    void shouldRefuseAValueThatBeginsAnotherHeader(String value) {
        var request = request().putHeader("X", value).build();

        assertThatThrownBy(() -> text(request, null))
                .isExactlyInstanceOf(ProtocolException.class)
                .hasMessage("a header has a value with control characters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "X: y\r\nZ", "X Y", "X:", "Ü"})
    void shouldRefuseANameThatIsNone(String name) {
        var request = request().putHeader(name, "x").build();

        assertThatThrownBy(() -> text(request, null)).isExactlyInstanceOf(ProtocolException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a b", "/a\r\nX: y", "/ü"})
    void shouldRefuseAPathThatIsNotEncoded(String path) {
        var request = request().encodedPath(path).build();

        assertThatThrownBy(() -> text(request, null)).isExactlyInstanceOf(ProtocolException.class);
    }

    @Test
    void shouldShowNoPassword() {
        assertThat(RELAY.toString()).doesNotContain("ann", "secret");
    }

    private static SdkHttpRequest.Builder request() {
        return SdkHttpRequest.builder()
                .method(SdkHttpMethod.GET)
                .protocol("https")
                .host("aws.test")
                .port(443)
                .encodedPath("/a%20b");
    }

    private static String text(SdkHttpRequest request, @Nullable Relay relay) throws IOException {
        Route route = Route.of(request, endpoint -> relay);
        Login login = relay == null ? null : relay.login();
        return new String(RequestBytes.of(request, new byte[0], route, login), UTF_8);
    }
}
