package io.sessionevents.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sessionevents.avro.RegistryException.Kind;
import java.io.IOException;
import java.net.MalformedURLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is believed of an answer about a schema id, and what of it is shown. */
class RegistryAnswerTest {
    @ParameterizedTest
    @CsvSource({
        "404, 40403, UNKNOWN_SCHEMA",
        "404, 50005, UNAVAILABLE",
        "404, 0, UNAVAILABLE",
        "404, 404, UNAVAILABLE",
        "404, 40401, UNAVAILABLE",
        "400, 40001, UNSUPPORTED_SCHEMA",
        "400, 400, UNSUPPORTED_SCHEMA",
        "400, 50005, UNAVAILABLE",
        "403, 40301, UNSUPPORTED_SCHEMA",
        "403, 50005, UNAVAILABLE",
        "403, 0, UNAVAILABLE",
        "405, 405, UNSUPPORTED_SCHEMA",
        "410, 0, UNAVAILABLE",
        "422, 42202, UNSUPPORTED_SCHEMA",
        "401, 40101, UNAVAILABLE",
        "407, 407, UNAVAILABLE",
        "408, 408, UNAVAILABLE",
        "429, 429, UNAVAILABLE",
        "301, 301, UNAVAILABLE",
        "500, 50001, UNAVAILABLE",
        "502, 50005, UNAVAILABLE",
        "503, 0, UNAVAILABLE",
        "-1, -1, UNAVAILABLE"
    })
    void shouldBelieveTheRegistryOnly(int status, int code, Kind kind) {
        assertThat(new RegistryAnswer(status, code).aboutAnId()).isEqualTo(kind);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://me:p@ss@host:8081/path",
                "http://me:p/a/ss@host:8081/path",
                "http://me:p,a@s/s@host:8081/path",
                "https://one.example,http://me:pass@host:8081/path",
                "http://pass:pass@one.example , http://me:pa/ss@host:8081/path"
            })
    void shouldMaskAPasswordWhole(String given) {
        String shown = new RegistryUrls(given).masked();

        assertThat(shown).endsWith("host:8081/path").doesNotContain("me:", "p@ss", "ss@host", "a/ss", "pass");
        assertThat(new RegistryUrls(given)).hasToString(shown);
    }

    @Test
    void shouldDivideUrlsWhereTheyBegin() {
        assertThat(new RegistryUrls("http://a:8081, https://b:p,w@c/d,http://e").each())
                .containsExactly("http://a:8081", "https://b:p,w@c/d", "http://e");
    }

    @Test
    void shouldQuoteNeitherSchemaNorPassword() {
        var failures = new RegistryFailures(new RegistryUrls("http://me:se/cret@host"));
        var incompatible = failures.answered(
                "subject t-value",
                new RegistryAnswer(409, 409),
                "Schema being registered is incompatible; error [{oldSchema:'{\"type\":\"record\"'}]");

        assertThat(incompatible)
                .hasMessageContaining("incompatible")
                .hasMessageNotContainingAny("record", "oldSchema", "se/cret");
        assertThat(failures.unreachable("schema id 1", new MalformedURLException("For input string: \"se\"")))
                .hasMessageContaining("%2F")
                .hasMessageNotContaining("\"se\"");
        assertThat(failures.unreachable("schema id 1", new IOException("at http://me:se/cret@host")))
                .hasMessageNotContaining("cret@");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "JSON | {\"type\":\"object\"} | false | type JSON",
                "PROTOBUF | syntax = \"proto3\"; | false | type PROTOBUF",
                "AVRO | {\"type\":\"record\",\"name\":\"secretName\"} | false | no Avro schema",
                "AVRO | secretName | false | no Avro schema",
                "AVRO | {\"type\":\"secretName\"} | false | no Avro schema",
                "AVRO | \"string\" | true | refers to other schemas"
            })
    void shouldNameWhatIsWrongWithASchemaWithoutQuotingIt(
            String type, String text, boolean references, String problem) {
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> new ReadableSchema("schema id 7", type, text, references).avro())
                .matches(e -> e.kind() == Kind.UNSUPPORTED_SCHEMA)
                .withMessageContaining("schema id 7")
                .withMessageContaining(problem)
                .withMessageNotContaining("secretName");
    }

    @Test
    void shouldNotOverflowOnASchemaThatIsNestedWithoutEnd() {
        String nested = "{\"type\":\"array\",\"items\":".repeat(100_000) + "\"int\"" + "}".repeat(100_000);

        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> new ReadableSchema("schema id 7", null, nested, false).avro())
                .matches(e -> e.kind() == Kind.UNSUPPORTED_SCHEMA);
    }
}
