package io.sessionevents.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.kafka.KafkaSettings;
import java.util.Optional;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class KafkaTroubleTest {
    @Test
    void shouldSayWhatToSetWhereNothingAnswers() {
        assertThat(text("broker:9092"))
                .isEqualTo(
                        "Kafka at broker:9092 does not answer: nothing within 10 s. Start it, or set bootstrap.servers"
                                + " (and kafka.security.protocol for a listener with TLS).");
    }

    /** Whoever forgot the key never heard of that address. */
    @Test
    void shouldSayThatTheAddressIsOnlyTheOneThatIsShipped() {
        assertThat(text(KafkaSettings.SHIPPED_SERVERS))
                .isEqualTo(
                        "Kafka at localhost:9092 does not answer: nothing within 10 s. Set bootstrap.servers: this is"
                                + " only what the configuration file is shipped with. Or start a broker here.");
    }

    @Test
    void shouldLeaveOtherFailuresToTheCaller() {
        assertThat(KafkaTrouble.of("broker:9092", new IllegalStateException("of another kind")))
                .isEmpty();
    }

    private static String text(String servers) {
        Optional<Finding> finding = KafkaTrouble.of(servers, new TimeoutException("no node"));
        return finding.orElseThrow().text();
    }
}
