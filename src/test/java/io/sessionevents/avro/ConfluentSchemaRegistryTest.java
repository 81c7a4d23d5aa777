package io.sessionevents.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sessionevents.avro.RegistryException.Kind;
import io.sessionevents.local.testbed.LocalRegistry;
import io.sessionevents.local.testbed.Said;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Confluent's own client makes of answers that are not what was asked for, over real HTTP. */
class ConfluentSchemaRegistryTest {
    private static final int ID = 77;

    private LocalRegistry registry;
    private ConfluentSchemaRegistry client;

    @BeforeEach
    void start() throws IOException {
        registry = LocalRegistry.start(LocalRegistry.Options.PLAIN);
        client = new ConfluentSchemaRegistry(Map.of("schema.registry.url", registry.url()));
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        registry.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "200 | {\"schema\":\"{\\\"type\\\":\\\"object\\\"}\",\"schemaType\":\"JSON\"} | UNSUPPORTED_SCHEMA",
                "200 | {\"schema\":\"syntax = \\\"proto3\\\";\",\"schemaType\":\"PROTOBUF\"} | UNSUPPORTED_SCHEMA",
                "200 | {\"schema\":\"{\\\"type\\\":\\\"secret\\\"}\"} | UNSUPPORTED_SCHEMA",
                "200 | {\"schema\":\"\\\"string\\\"\",\"references\":[{\"name\":\"a\",\"subject\":\"a\",\"version\":1}]} | UNSUPPORTED_SCHEMA",
                "200 | <html>secret</html> | UNAVAILABLE",
                "200 |  | UNAVAILABLE",
                "200 | {} | UNSUPPORTED_SCHEMA",
                "400 | {\"error_code\":40001,\"message\":\"secret\"} | UNSUPPORTED_SCHEMA",
                "403 | {\"error_code\":40301,\"message\":\"secret\"} | UNSUPPORTED_SCHEMA",
                "403 | <html>secret</html> | UNAVAILABLE",
                "404 | {\"error_code\":40403,\"message\":\"Schema not found\"} | UNKNOWN_SCHEMA",
                "404 | {\"error_code\":404,\"message\":\"HTTP 404 Not Found\"} | UNAVAILABLE",
                "404 | {\"message\":\"no Route matched with those values\"} | UNAVAILABLE",
                "404 | <html>secret</html> | UNAVAILABLE",
                "404 |  | UNAVAILABLE",
                "401 | {\"error_code\":401,\"message\":\"Unauthorized\"} | UNAVAILABLE",
                "407 | <html>secret</html> | UNAVAILABLE",
                "422 | {\"error_code\":42202,\"message\":\"secret\"} | UNSUPPORTED_SCHEMA",
                "429 | {\"error_code\":429,\"message\":\"slow down\"} | UNAVAILABLE",
                "500 | {\"error_code\":50001,\"message\":\"secret\"} | UNAVAILABLE",
                "502 | <html>secret</html> | UNAVAILABLE"
            })
    void shouldBelieveWhatTheRegistrySaysAboutAnIdAndNothingElse(int status, String body, Kind kind) {
        registry.say(ID, Said.json(status, body == null ? "" : body));

        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> client.byId(ID))
                .matches(e -> e.kind() == kind, kind.toString())
                .withMessageContaining("schema id 77")
                .withMessageNotContaining("secret");
    }

    @Test
    void shouldAskAgainAfterEveryFailure() {
        registry.say(ID, Said.json(500, "{\"error_code\":50001,\"message\":\"\"}"));
        assertThatExceptionOfType(RegistryException.class).isThrownBy(() -> client.byId(ID));
        registry.say(ID, Said.json(404, "{\"error_code\":40403,\"message\":\"\"}"));
        assertThatExceptionOfType(RegistryException.class).isThrownBy(() -> client.byId(ID));
        registry.say(ID, Said.json(200, "{\"schema\":\"\\\"string\\\"\"}"));

        assertThat(client.byId(ID)).hasToString("\"string\"");
    }

    @ParameterizedTest
    @CsvSource({"http://me:p@ss@localhost:1", "http://me:pa/ss@localhost:1", "http://me:1/ss@localhost:1"})
    void shouldShowNothingOfAPasswordThatMakesTheUrlUnreadable(String url) throws IOException {
        try (var there = new ConfluentSchemaRegistry(Map.of("schema.registry.url", url))) {
            assertThatExceptionOfType(RegistryException.class)
                    .isThrownBy(() -> there.byId(1))
                    .withMessageContaining("***@localhost:1")
                    .withMessageNotContaining("ss@")
                    .withMessageNotContaining("pa/")
                    .withMessageNotContaining("\"pa\"")
                    .withMessageNotContaining("me:");
        }
    }
}
