package io.sessionevents.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionKeyTest {
    @ParameterizedTest
    @CsvSource({
        "00g92n5o091bas09/00s1, default, 00g92n5o091bas09/00s1",
        "'  00g92n5o091bas09/00s1\n', default, 00g92n5o091bas09/00s1",
        "default:app/s1, default, app/s1",
        "prod-eu:app/s1, prod-eu, prod-eu:app/s1",
        "0-:app/s1, 0-, 0-:app/s1",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa:a/b, aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa:a/b"
    })
    void shouldReadWhatItWrites(String text, String source, String written) {
        SessionKey key = SessionKey.parse(text);

        assertThat(key).hasToString(written).isEqualTo(SessionKey.parse(written));
        assertThat(key.source()).isEqualTo(source);
    }

    @Test
    void shouldBeOrderedAsItsTextIs() {
        List<String> texts = Stream.of("b:a/s", "a/s", "b-c:a/s", "ba/s", "b0:a/s", "a/s0", "a0/s", "b:a0/s", "zz/z")
                .sorted()
                .toList();

        assertThat(texts.stream().map(SessionKey::parse).sorted().map(SessionKey::toString))
                .containsExactlyElementsOf(texts);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "a/",
                "/b",
                "a",
                "a/b/c",
                "../x",
                "a/../x",
                "A/b",
                "a/b?x=1",
                "a/%2e",
                "a b/c",
                "a/é",
                ":a/b",
                "a:b",
                "a:/b",
                "a:b/c/d",
                "a:b:c/d",
                "A:b/c",
                "a_b:c/d",
                "arn:a/b",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa:a/b",
                "arn:aws:emr-serverless:us-east-1:123456789012:/applications/a/sessions/b",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/b"
            })
    void shouldRefuseWhatIsNoSession(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SessionKey.parse(text))
                .withMessageContaining("expected");
    }

    @Test
    void shouldNotEchoLongOrControlCharactersInTheMessage() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SessionKey.parse("\u0007".repeat(10_000)))
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(200).doesNotContain("\u0007"));
    }
}
