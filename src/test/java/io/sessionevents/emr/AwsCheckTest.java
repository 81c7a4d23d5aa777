package io.sessionevents.emr;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
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
                .startsWith("the host emr.invalid is unknown: check aws.region and aws.endpoint.url");
    }

    @Test
    void shouldTellThatARegionIsNone() {
        AwsCheck check = new AwsCheck(settings("us east", null, null), NO_REGION, FakeEmr.CREDENTIALS, PROFILES);

        assertThat(check.problems())
                .containsExactly("aws.region is \"us east\", expected the name of an AWS Region like us-east-1");
    }

    @Test
    void shouldTellWhichProxyDoesNotLetThroughAndNoSecret() throws IOException {
        try (var proxy = new ConnectProxy("HTTP/1.1 407 Proxy Authentication Required")) {
            AwsCheck check = new AwsCheck(
                    through("http://ann:hidden@127.0.0.1:" + proxy.port()), NO_REGION, FakeEmr.CREDENTIALS, PROFILES);

            assertThat(check.problems())
                    .singleElement()
                    .asString()
                    .startsWith("the proxy http://***@127.0.0.1:" + proxy.port()
                            + " does not let through to emr-serverless.eu-west-1.amazonaws.com:443"
                            + " (HTTP/1.1 407 Proxy Authentication Required)")
                    .doesNotContain("hidden", "ann");
            assertThat(proxy.heads())
                    .singleElement()
                    .satisfies(head -> assertThat(head)
                            .startsWith("CONNECT emr-serverless.eu-west-1.amazonaws.com:443 HTTP/1.1")
                            .contains("Proxy-Authorization: Basic YW5uOmhpZGRlbg=="));
        }
    }

    @Test
    void shouldFindNothingWrongBehindAProxyThatLetsThrough() throws IOException {
        try (var proxy = new ConnectProxy("HTTP/1.1 200 Connection established")) {
            AwsCheck check =
                    new AwsCheck(through("127.0.0.1:" + proxy.port()), NO_REGION, FakeEmr.CREDENTIALS, PROFILES);

            assertThat(check.problems()).isEmpty();
        }
    }

    @Test
    void shouldTellThatAProxyIsNoneItKnows() {
        AwsCheck check =
                new AwsCheck(through("socks5://ann:hidden@proxy:1080"), NO_REGION, FakeEmr.CREDENTIALS, PROFILES);

        assertThat(check.problems())
                .containsExactly("HTTPS_PROXY names a proxy of the kind socks5, expected http://HOST:PORT or"
                        + " http://USER:PASSWORD@HOST:PORT");
    }

    private static EmrSettings through(String proxy) {
        return new EmrSettings("eu-west-1", null, null, Duration.ofSeconds(2), 1)
                .through(Proxies.of(Map.of("HTTPS_PROXY", proxy), name -> null));
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
