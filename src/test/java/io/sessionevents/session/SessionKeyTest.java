package io.sessionevents.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionKeyTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "00g92n5o091bas09/00s1",
                "  00g92n5o091bas09/00s1\n",
                "arn:aws:emr-serverless:us-east-1:123456789012:/applications/00g92n5o091bas09/sessions/00s1",
                "arn:aws-cn:emr-serverless:cn-north-1:123456789012:/applications/00g92n5o091bas09/sessions/00s1",
                "arn:aws-us-gov:emr-serverless:us-gov-west-1:123456789012:/applications/00g92n5o091bas09/sessions/00s1"
            })
    void shouldReadBothForms(String text) {
        assertThat(SessionKey.parse(text)).hasToString("00g92n5o091bas09/00s1");
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
                "arn:aws:emr-serverless:us-east-1:123456789012:/applications/a/jobruns/b",
                "arn:aws:s3:::bucket/key",
                "arn:aws:emr-serverless:us-east-1:1:/applications/a/sessions/b",
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
