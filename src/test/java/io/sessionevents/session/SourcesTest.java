package io.sessionevents.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which source a session is of that somebody names. */
class SourcesTest {
    private static final Sources SOURCES = new Sources(List.of(
            new Source("default", "us-east-1", null),
            new Source("eu", "eu-west-1", "222222222222"),
            new Source("us", "us-east-1", "333333333333")));

    @ParameterizedTest
    @CsvSource({
        "app/s1, app/s1",
        "default:app/s1, app/s1",
        "' eu:app/s1 ', eu:app/s1",
        "arn:aws:emr-serverless:eu-west-1:222222222222:/applications/app/sessions/s1, eu:app/s1",
        "' arn:aws:emr-serverless:us-east-1:333333333333:/applications/app/sessions/s1\n', us:app/s1",
        // Only the default source, whose account is not known, may have it.
        "arn:aws:emr-serverless:us-east-1:111111111111:/applications/app/sessions/s1, app/s1"
    })
    void shouldFindTheSource(String text, String key) throws UnknownSourceException {
        assertThat(SOURCES.key(text)).hasToString(key);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "other:app/s1",
                "arn:aws:emr-serverless:eu-west-1:333333333333:/applications/app/sessions/s1",
                "arn:aws:emr-serverless:ap-south-1:222222222222:/applications/app/sessions/s1"
            })
    void shouldSayWhatIsConfiguredWhereNoneFits(String text) {
        assertThatExceptionOfType(UnknownSourceException.class)
                .isThrownBy(() -> SOURCES.key(text))
                .withMessageContainingAll("default", "eu", "us", "sources");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "arn:aws:emr-serverless:us-east-1:123456789012:/applications/a/jobruns/b",
                "arn:aws:s3:::bucket/key",
                "arn:aws:emr-serverless:us-east-1:1:/applications/a/sessions/b",
                "arn:aws:emr-serverless:us-east-1:123456789012:/applications/A/sessions/b"
            })
    void shouldRefuseAnArnOfAnythingElse(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> SOURCES.key(text)).withMessageContaining("expected");
    }

    @Test
    void shouldReadTheArnsOfAllPartitions() throws UnknownSourceException {
        for (String partition : List.of("aws", "aws-cn", "aws-us-gov")) {
            String arn = "arn:" + partition + ":emr-serverless:r-1:123456789012:/applications/app/sessions/s1";

            assertThat(Sources.ANY.key(arn)).hasToString("app/s1");
        }
    }

    @Test
    void shouldTakeThePartsOfAPublisher() throws UnknownSourceException {
        assertThat(SOURCES.key(null, "app", "s1")).hasToString("app/s1");
        assertThat(SOURCES.key("eu", "app", "s1")).hasToString("eu:app/s1");
        assertThatExceptionOfType(UnknownSourceException.class).isThrownBy(() -> SOURCES.key("other", "app", "s1"));
        assertThatIllegalArgumentException().isThrownBy(() -> SOURCES.key("Other", "app", "s1"));
    }
}
