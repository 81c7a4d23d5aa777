package io.sessionevents.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Over HTTP: {@link HttpEndpointTest}. */
class NamedHostsTest {
    /** Debian gives the machine's own name the address 127.0.1.1. */
    @ParameterizedTest
    @CsvSource({
        "tracker, true",
        "TRACKER:8080, true",
        "tracker.example:8080, true",
        "localhost, true",
        "127.0.1.1:8080, true",
        "tracker.evil.example, false",
        "evil.example, false"
    })
    void shouldTakeTheNamesThatWereConfigured(String host, boolean taken) throws UnknownHostException {
        var bound = InetAddress.getByAddress("tracker", new byte[] {127, 0, 1, 1});

        assertThat(NamedHosts.of(bound, "Tracker", "tracker.example:80").take(List.of(host)))
                .isEqualTo(taken);
    }
}
