package io.sessionevents.emr.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.ServerSocket;
import java.net.SocketException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.http.SdkHttpMethod;

/** Answers that are none. Each costs its request, one and no more, and its connection. */
class BrokenAnswersTest {
    private static final String HEAD = "HTTP/1.1 200 OK\r\n";
    private static final String CHUNKED = HEAD + "Transfer-Encoding: chunked\r\n\r\n";
    private static final Class<?> CUT = EOFException.class;
    private static final Class<?> WRONG = ProtocolException.class;

    static Stream<Arguments> answers() {
        return Stream.of(
                arguments("none", "", CUT, "before an answer came"),
                arguments("half a status", "HTTP/1.1 20", CUT, "within a line"),
                arguments("half a head", HEAD + "Content-Le", CUT, "within a line"),
                arguments("head without end", HEAD + "A: b\r\n", CUT, "within a line"),
                arguments("interim answer only", "HTTP/1.1 100 Continue\r\n\r\n", CUT, "within a line"),
                arguments("half a body", HEAD + "Content-Length: 10\r\n\r\n12345", CUT, "within the body"),
                arguments("half a chunk", CHUNKED + "a\r\n12345", CUT, "within the body"),
                arguments("chunks without end", CHUNKED + "2\r\nok\r\n", CUT, "within a line"),
                arguments("huge header", HEAD + "A: " + "b".repeat(70_000) + "\r\n\r\n", WRONG, "too large"),
                arguments("many headers", HEAD + "A: b\r\n".repeat(20_000), WRONG, "too large"),
                arguments("many interim", "HTTP/1.1 100 C\r\n\r\n".repeat(5_000), WRONG, "too large"),
                arguments("other protocol", "220 mail.example ESMTP\r\n", WRONG, "does not begin as"),
                arguments("other version", "HTTP/2.0 200 OK\r\n\r\n", WRONG, "does not begin as"),
                arguments("long status", "HTTP/1.1 2000 OK\r\n\r\n", WRONG, "does not begin as"),
                arguments("small status", "HTTP/1.1 099 OK\r\n\r\n", WRONG, "does not begin as"),
                arguments("no status", "HTTP/1.1 OK\r\n\r\n", WRONG, "does not begin as"),
                arguments("escape in the reason", "HTTP/1.1 404 \u001b[31mX\r\n\r\n", WRONG, "control characters"),
                arguments("change of protocol", "HTTP/1.1 101 Switch\r\n\r\n", WRONG, "another protocol"),
                arguments("no colon", HEAD + "secret\r\n\r\n", WRONG, "a name that is none"),
                arguments("blank before colon", HEAD + "A : b\r\n\r\n", WRONG, "a name that is none"),
                arguments("folded", HEAD + "A: b\r\n c\r\n\r\n", WRONG, "a name that is none"),
                arguments("no name", HEAD + ": b\r\n\r\n", WRONG, "a name that is none"),
                arguments("control character", HEAD + "A: b\u0000c\r\n\r\n", WRONG, "control characters"),
                arguments("carriage return", HEAD + "A: b\rc\r\n\r\n", WRONG, "control characters"),
                arguments("negative length", HEAD + "Content-Length: -1\r\n\r\n", WRONG, "not one number"),
                arguments("empty length", HEAD + "Content-Length:\r\n\r\n", WRONG, "not one number"),
                arguments("signed length", HEAD + "Content-Length: +2\r\n\r\nok", WRONG, "not one number"),
                arguments("endless length", HEAD + "Content-Length: " + "9".repeat(30) + "\r\n\r\n", WRONG, "not one"),
                arguments("two lengths", HEAD + "Content-Length: 2\r\nContent-Length: 3\r\n\r\nok", WRONG, "not one"),
                arguments("list of lengths", HEAD + "Content-Length: 2, 2\r\n\r\nok", WRONG, "not one number"),
                arguments(
                        "length and chunks",
                        HEAD + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\nok",
                        WRONG,
                        "both Content-Length and"),
                arguments("other encoding", HEAD + "Transfer-Encoding: gzip, chunked\r\n\r\n", WRONG, "other than"),
                arguments(
                        "two encodings",
                        HEAD + "Transfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n\r\n",
                        WRONG,
                        "other than chunked"),
                arguments("chunk without size", CHUNKED + "\r\nok\r\n", WRONG, "a size that is none"),
                arguments("negative chunk", CHUNKED + "-2\r\nok\r\n", WRONG, "a size that is none"),
                arguments("endless chunk", CHUNKED + "fffffffff\r\nok\r\n", WRONG, "a size that is none"),
                arguments("long chunk line", CHUNKED + "2;" + "a".repeat(2_000) + "\r\nok", WRONG, "too large"),
                arguments("short chunk size", CHUNKED + "1\r\nok\r\n0\r\n\r\n", WRONG, "not as long as it says"),
                arguments("many trailers", CHUNKED + "0\r\n" + "A: b\r\n".repeat(20_000), WRONG, "too large"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answers")
    void shouldFailAndSendNothingTwice(String name, String answer, Class<?> kind, String message) throws IOException {
        try (var server = HostileServer.closingAfter(answer);
                var client = Client.direct()) {
            String url = "http://aws.test:" + server.port();

            assertThatThrownBy(() -> client.get(url))
                    .isExactlyInstanceOf(kind)
                    .hasMessageContaining(message)
                    .message()
                    .doesNotContain("secret");

            assertThat(server.heads()).hasSize(1);
        }
    }

    @Test
    void shouldReadNoHeadThatNeverEnds() throws IOException {
        try (var server = new HostileServer(talk -> {
                    talk.next();
                    talk.say(HEAD);
                    talk.sayForEver("A: b\r\n");
                });
                var client = Client.direct()) {
            assertThatThrownBy(() -> client.get("http://aws.test:" + server.port()))
                    .isExactlyInstanceOf(ProtocolException.class)
                    .hasMessage("the head of the answer is too large");
        }
    }

    @Test
    void shouldReadNoBodyThatNeverEndsAndTellItsHead() throws IOException {
        try (var server = new HostileServer(talk -> {
                    talk.next();
                    talk.say(HEAD + "Server: endless\r\n\r\n");
                    talk.sayForEver("x".repeat(100_000));
                });
                var client = Client.direct()) {
            var answer = client.prepare(SdkHttpMethod.GET, "http://aws.test:" + server.port(), "")
                    .call();

            assertThat(answer.httpResponse().firstMatchingHeader("server")).contains("endless");
            assertThatThrownBy(() -> Client.read(answer))
                    .isExactlyInstanceOf(IOException.class)
                    .hasMessage("an answer of more than 8388608 bytes");
        }
    }

    @Test
    void shouldTellAReset() throws IOException {
        try (var server = new HostileServer(talk -> {
                    talk.next();
                    talk.reset();
                });
                var client = Client.direct()) {
            assertThatThrownBy(() -> client.get("http://aws.test:" + server.port()))
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");
            assertThat(server.heads()).hasSize(1);
        }
    }

    @Test
    void shouldTellThatNobodyListens() throws IOException {
        int port;
        try (var nobody = new ServerSocket(0)) {
            port = nobody.getLocalPort();
        }
        try (var client = Client.direct()) {
            assertThatThrownBy(() -> client.get("http://aws.test:" + port)).isInstanceOf(ConnectException.class);
        }
    }
}
