package io.sessionevents.emr;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.SdkHttpService;

class CredentialsHttpTest {
    @Test
    void shouldBeFoundByTheSdkAndMakeClientsOfOurs() {
        SdkHttpService service = ServiceLoader.load(SdkHttpService.class).stream()
                .filter(provider -> provider.type() == CredentialsHttp.class)
                .map(ServiceLoader.Provider::get)
                .findFirst()
                .orElseThrow();

        try (var client = service.createHttpClientBuilder().build()) {
            assertThat(client.clientName()).isEqualTo("SessionEvents");
        }
    }
}
