package io.sessionevents.emr.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.http.SdkHttpMethod;

/** Answers that are ones, however they are sent, and what becomes of their connections. */
class AnswersTest {
    private static final String CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

    static Stream<Arguments> answers() {
        return Stream.of(
                arguments("length", HostileServer.OK, "ok", true),
                arguments("no reason", "HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nok", "ok", true),
                arguments("lower case", "HTTP/1.1 200 OK\r\ncontent-length:2\r\n\r\nok", "ok", true),
                arguments("line feeds alone", "HTTP/1.1 200 OK\nContent-Length: 2\n\nok", "ok", true),
                arguments("empty", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", "", true),
                arguments("chunked", CHUNKED + "1\r\no\r\n1\r\nk\r\n0\r\n\r\n", "ok", true),
                arguments("chunk extension", CHUNKED + "2;a=b\r\nok\r\n0\r\n\r\n", "ok", true),
                arguments("trailers", CHUNKED + "2\r\nok\r\n0\r\nA: b\r\nC: d\r\n\r\n", "ok", true),
                arguments(
                        "interim answers",
                        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 H\r\nLink: x\r\n\r\n" + HostileServer.OK,
                        "ok",
                        true),
                arguments("close", "HTTP/1.1 200 OK\r\nConnection: Close\r\nContent-Length: 2\r\n\r\nok", "ok", false),
                arguments(
                        "close among others",
                        "HTTP/1.1 200 OK\r\nConnection: x, close\r\nContent-Length: 2\r\n\r\nok",
                        "ok",
                        false),
                arguments("older", "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok", "ok", false),
                arguments("more than was asked for", HostileServer.OK + HostileServer.OK, "ok", false));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answers")
    void shouldReadThemAndKeepTheConnectionIfItMay(String name, String answer, String body, boolean kept)
            throws IOException {
        try (var server = HostileServer.answering(answer);
                var client = Client.direct()) {
            String url = "http://aws.test:" + server.port() + "/path";

            assertThat(client.get(url)).isEqualTo(new Client.Got(200, body));
            assertThat(client.get(url)).isEqualTo(new Client.Got(200, body));

            assertThat(server.heads()).hasSize(2);
            assertThat(server.connections()).isEqualTo(kept ? 1 : 2);
        }
    }

    @Test
    void shouldReadUntilTheConnectionEndsWhereNothingSaysWhen() throws IOException {
        try (var server = HostileServer.closingAfter("HTTP/1.1 200 OK\r\n\r\nok");
                var client = Client.direct()) {
            assertThat(client.get("http://aws.test:" + server.port())).isEqualTo(new Client.Got(200, "ok"));
        }
    }

    @ParameterizedTest
    @CsvSource({"HEAD, 200", "GET, 204", "GET, 304"})
    void shouldWaitForNoBodyWhereThereIsNone(SdkHttpMethod method, int status) throws IOException {
        try (var server = HostileServer.answering("HTTP/1.1 " + status + " X\r\nContent-Length: 5\r\n\r\n");
                var client = Client.direct()) {
            String url = "http://aws.test:" + server.port();
            for (int i = 0; i < 2; i++) {
                var answer = client.prepare(method, url, "").call();

                assertThat(answer.httpResponse().statusCode()).isEqualTo(status);
                assertThat(answer.responseBody()).isEmpty();
            }
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void shouldReadWhatDrips() throws IOException {
        try (var server = new HostileServer(talk -> {
                    talk.next();
                    talk.drip(CHUNKED + "a\r\n0123456789\r\n0\r\n\r\n");
                });
                var client = Client.direct()) {
            assertThat(client.get("http://aws.test:" + server.port()).body()).isEqualTo("0123456789");
        }
    }

    @Test
    void shouldReadWhatIsLargeToTheLastByte() throws IOException {
        String body = "0123456789abcdef".repeat(10_000);
        try (var server = HostileServer.answering(
                        "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
                var client = Client.direct()) {
            assertThat(client.get("http://aws.test:" + server.port()).body()).isEqualTo(body);
        }
    }

    @Test
    void shouldSendTheBodyAndItsLength() throws IOException {
        try (var server = HostileServer.answering(HostileServer.OK);
                var client = Client.direct()) {
            String url = "http://aws.test:" + server.port() + "/?Action=AssumeRole";
            client.prepare(SdkHttpMethod.POST, url, "A=ü").call();
            client.prepare(SdkHttpMethod.POST, url, "").call();

            assertThat(server.heads())
                    .containsExactly(
                            "POST /?Action=AssumeRole HTTP/1.1\r\nHost: aws.test:" + server.port()
                                    + "\r\nUser-Agent: test\r\nContent-Length: 4\r\n\r\n",
                            "POST /?Action=AssumeRole HTTP/1.1\r\nHost: aws.test:" + server.port()
                                    + "\r\nUser-Agent: test\r\nContent-Length: 0\r\n\r\n");
        }
    }
}
