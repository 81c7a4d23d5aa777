package io.sessionevents.avro;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of a registry's answer: the reason, but neither the schema that it quotes nor the password of its URL. */
class RegistryMessagesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "409 | Schema being registered is incompatible with an earlier schema for subject \\\"t\\\", details: [{oldSchema: '{\\\"name\\\":\\\"Geheim\\\"}'}] | incompatible with an earlier schema",
                "422 | Invalid schema {\\\"type\\\":\\\"record\\\",\\\"name\\\":\\\"Geheim\\\"} with refs [] of type AVRO | Invalid schema",
                "422 | Input schema is an invalid Avro schema, details: Undefined name: \\\"Geheim\\\" | invalid Avro schema",
                "500 | Error in the backend data store: 'Geheim' | Error in the backend data store",
                "500 | first line\\nGeheim | first line"
            })
    void shouldQuoteNoSchema(int status, String said, String told) throws IOException {
        HttpServer registry = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        registry.createContext("/", exchange -> {
            byte[] body = ("{\"error_code\":" + status + ",\"message\":\"" + said + "\"}").getBytes(UTF_8);
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        registry.start();
        try {
            assertThat(failure("http://me:passwort@localhost:"
                            + registry.getAddress().getPort()))
                    .contains(told, "http://***@localhost", " " + status + " ")
                    .doesNotContain("Geheim")
                    .doesNotContain("passwort");
        } finally {
            registry.stop(0);
        }
    }

    @Test
    void shouldShowNoPasswordOfARegistryThatDoesNotAnswer() {
        assertThat(failure("http://me:passwort@localhost:1,http://x:pass:wort@localhost:2"))
                .contains("http://***@localhost:1,http://***@localhost:2")
                .doesNotContain("pass");
    }

    /** With the causes, which a log shows too. */
    private static String failure(String url) {
        var failure =
                catchThrowableOfType(RegistryException.class, () -> RegistryAvroSerdeTest.roundTrip(url, Map.of()));
        var text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
