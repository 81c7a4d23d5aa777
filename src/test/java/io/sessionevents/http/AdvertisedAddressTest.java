package io.sessionevents.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdvertisedAddressTest {

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, pod-1.example:80, pod-1.example:80",
        "127.0.0.1,,                  127.0.0.1:8080",
        "10.1.2.3,,                   10.1.2.3:8080",
        "::1,,                        [0:0:0:0:0:0:0:1]:8080",
        "0.0.0.0,  10.1.2.3:80,       10.1.2.3:80"
    })
    void shouldPreferWhatIsConfigured(String bound, String configured, String address) {
        assertThat(AdvertisedAddress.of(
                        new HttpSettings(bound, 0, configured, false),
                        new InetSocketAddress(InetAddress.ofLiteral(bound), 8080)))
                .isEqualTo(address);
    }

    @Test
    void shouldTakeTheNameOfThisMachineForAllAddresses() throws UnknownHostException {
        assertThat(AdvertisedAddress.of(
                        new HttpSettings("0.0.0.0", 0, null, false),
                        new InetSocketAddress(InetAddress.ofLiteral("0.0.0.0"), 8080)))
                .isEqualTo(InetAddress.getLocalHost().getHostName() + ":8080");
    }
}
