package io.sessionevents.local.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortsTest {
    @Test
    void shouldLeaveAPortToTheOneThatHasClaimedItThoughNobodyListensYet() throws IOException {
        int wanted = Ports.freeAndKept();
        try (var first = Ports.claimOrAnother(wanted);
                var second = Ports.claimOrAnother(wanted)) {
            assertThat(first.ports()).containsExactly(wanted);
            assertThat(second.ports()).singleElement().isNotEqualTo(wanted);
            assertThatThrownBy(() -> Ports.claim(wanted, 1)).hasMessageContaining("port " + wanted + " is taken");
        }
        try (var again = Ports.claimOrAnother(wanted)) {
            assertThat(again.ports()).containsExactly(wanted);
        }
    }

    @Test
    void shouldTakeAnotherWhereSomebodyListens() throws IOException {
        try (var listening = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"));
                var claim = Ports.claimOrAnother(listening.getLocalPort())) {
            assertThat(claim.ports()).singleElement().isNotEqualTo(listening.getLocalPort());
        }
    }

    @Test
    void shouldDrawDifferentOnesThatNoConnectionGets() throws IOException {
        assertThat(Ports.free(0, 100))
                .doesNotHaveDuplicates()
                .allSatisfy(port -> assertThat(port).isBetween(20_000, 29_999));
    }
}
