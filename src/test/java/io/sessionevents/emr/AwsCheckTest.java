package io.sessionevents.emr;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsRegionProvider;

class AwsCheckTest {
    private static final AwsRegionProvider NO_REGION = () -> {
        throw SdkClientException.create("no Region, token=hidden");
    };
    private static final AwsCredentialsProvider NO_CREDENTIALS = () -> {
        throw SdkClientException.create("expired, token=hidden");
    };
    private static final ProfileFile PROFILES = ProfileFile.builder()
            .type(ProfileFile.Type.CONFIGURATION)
            .content("[profile keys]\nregion = eu-west-1\n[profile single]\nsso_session = corp\n")
            .build();

    @Test
    void shouldFindNothingWrong() {
        try (FakeEmr emr = new FakeEmr()) {
            AwsCheck check =
                    new AwsCheck(settings("eu-west-1", null, emr.uri()), NO_REGION, FakeEmr.CREDENTIALS, PROFILES);

            assertThat(check.problems()).isEmpty();
            assertThat(emr.requests()).isEmpty();
        }
    }

    @Test
    void shouldTakeTheRegionFromTheChain() {
        try (FakeEmr emr = new FakeEmr()) {
            AwsCheck check = new AwsCheck(
                    settings(null, "keys", emr.uri()), () -> Region.EU_WEST_1, FakeEmr.CREDENTIALS, PROFILES);

            assertThat(check.problems()).isEmpty();
        }
    }

    @Test
    void shouldTellAllProblemsAtOnceWithoutSecrets() throws IOException {
        AwsCheck check = new AwsCheck(settings("eu-west-1", null, nobody()), NO_REGION, NO_CREDENTIALS, PROFILES);

        assertThat(check.problems())
                .satisfiesExactly(
                        credentials -> assertThat(credentials)
                                .startsWith(
                                        "no usable AWS credentials were found: set aws.profile, run 'aws sso login'"),
                        network -> assertThat(network)
                                .startsWith("no connection to 127.0.0.1:")
                                .contains("within 2.0 s", "aws.endpoint.url"))
                .noneMatch(problem -> problem.contains("hidden"));
    }

    @Test
    void shouldTellThatThereIsNoRegion() {
        AwsCheck check = new AwsCheck(settings(null, null, null), NO_REGION, FakeEmr.CREDENTIALS, PROFILES);

        assertThat(check.problems())
                .singleElement()
                .asString()
                .startsWith("no AWS Region is set: set aws.region or AWS_REGION");
    }

    @Test
    void shouldTellWhichProfilesThereAre() {
        AwsCheck check = new AwsCheck(settings(null, "other", null), NO_REGION, FakeEmr.CREDENTIALS, PROFILES);

        assertThat(check.problems())
                .anySatisfy(problem -> assertThat(problem)
                        .startsWith("the AWS profile \"other\" does not exist: set aws.profile to one of")
                        .contains("keys", "single"));
    }

    @Test
    void shouldTellToSignOnAgain() {
        AwsCheck check = new AwsCheck(settings(null, "single", null), NO_REGION, NO_CREDENTIALS, PROFILES);

        assertThat(check.problems())
                .anySatisfy(problem -> assertThat(problem).endsWith("run 'aws sso login --profile single'"));
    }

    @Test
    void shouldTellThatTheHostIsUnknown() {
        AwsCheck check = new AwsCheck(
                settings("eu-west-1", null, URI.create("https://emr.invalid")),
                NO_REGION,
                FakeEmr.CREDENTIALS,
                PROFILES);

        assertThat(check.problems())
                .singleElement()
                .asString()
                .startsWith("the host emr.invalid is unknown: check aws.region (eu-west-1) and aws.endpoint.url");
    }

    @ParameterizedTest
    @CsvSource({
        "eu-west-1, https://emr-serverless.eu-west-1.amazonaws.com",
        "cn-north-1, https://emr-serverless.cn-north-1.amazonaws.com.cn"
    })
    void shouldCheckThePublicEndpointOfTheRegion(String region, URI expected) {
        AwsCheck check = new AwsCheck(settings(region, null, null), NO_REGION, NO_CREDENTIALS, PROFILES);

        assertThat(check.endpoint(Region.of(region))).isEqualTo(expected);
    }

    private static EmrSettings settings(@Nullable String region, @Nullable String profile, @Nullable URI endpoint) {
        return new EmrSettings(region, profile, endpoint, Duration.ofSeconds(2), 1);
    }

    private static URI nobody() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return URI.create("http://127.0.0.1:" + socket.getLocalPort());
        }
    }
}
