package io.sessionevents.emr;

import static io.sessionevents.emr.FakeEmr.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;

class NetworkPathTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # Region      | endpoint        | profile                                             | expected
            eu-west-1     |                 | ''                                                  | https://emr-serverless.eu-west-1.amazonaws.com
            cn-north-1    |                 | ''                                                  | https://emr-serverless.cn-north-1.amazonaws.com.cn
            us-east-1     |                 | use_fips_endpoint = true                            | https://emr-serverless-fips.us-east-1.amazonaws.com
            us-east-1     |                 | use_dualstack_endpoint = true                       | https://emr-serverless.us-east-1.api.aws
            us-gov-west-1 |                 | use_fips_endpoint = true                            | https://emr-serverless.us-gov-west-1.amazonaws.com
            cn-north-1    |                 | use_dualstack_endpoint = true                       | https://emr-serverless.cn-north-1.api.amazonwebservices.com.cn
            us-east-1     |                 | use_fips_endpoint = true; use_dualstack_endpoint = true | https://emr-serverless-fips.us-east-1.api.aws
            us-east-1     |                 | endpoint_url = https://vpce.example                 | https://vpce.example
            us-east-1     | http://mine:1   | use_fips_endpoint = true; endpoint_url = https://x  | http://mine:1
            """)
    void shouldBeTheEndpointThatTheSettingsOfTheSdkMean(
            String region, @Nullable URI endpoint, String profile, URI expected) {
        ProfileFile profiles = ProfileFile.builder()
                .type(ProfileFile.Type.CONFIGURATION)
                .content("[profile work]\nregion = x\n" + profile.replace("; ", "\n"))
                .build();
        var settings = new EmrSettings(region, "work", endpoint, FakeEmr.PATIENCE, 1);

        assertThat(NetworkPath.endpoint(settings, Region.of(region), () -> profiles))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "AWS_USE_FIPS_ENDPOINT, emr-serverless-fips.eu-west-1.amazonaws.com",
        "AWS_USE_DUALSTACK_ENDPOINT, emr-serverless.eu-west-1.api.aws"
    })
    void shouldBeWhereTheClientConnectsTo(SdkSystemSetting setting, String host) throws Exception {
        System.setProperty(setting.property(), "true");
        try (var proxy = new ConnectProxy("HTTP/1.1 403 Forbidden")) {
            var proxies = Proxies.of(Map.of("HTTPS_PROXY", "127.0.0.1:" + proxy.port()), name -> null);
            var settings = new EmrSettings("eu-west-1", null, null, FakeEmr.PATIENCE, 1).through(proxies);
            try (var client = EmrClients.create(settings, "9.9", FakeEmr.CREDENTIALS)) {
                new GetSession(client, FakeEmr.TIME).attempt(KEY, Permits.one());
            }

            assertThat(proxy.heads()).first().asString().startsWith("CONNECT " + host + ":443 ");
        } finally {
            System.clearProperty(setting.property());
        }
    }
}
