package io.sessionevents;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.sessionevents.streams.StreamsRuntime;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Whoever stops the service has to wait longer than it may take, or its offsets are not committed. */
class GracePeriodTest {
    @Test
    void shouldCloseBeforeTheProcessGivesUp() {
        assertThat(StreamsRuntime.CLOSE_TIMEOUT).isLessThan(Duration.ofSeconds(Main.SHUTDOWN_SECONDS));
    }

    @Test
    void shouldHaveMoreTimeInKubernetesThanItTakes() throws IOException {
        int seconds = yaml("deploy/kubernetes/base/stateful-set.yaml")
                .at("/spec/template/spec/terminationGracePeriodSeconds")
                .asInt();

        assertThat(seconds).isGreaterThan(Main.SHUTDOWN_SECONDS);
    }

    @Test
    void shouldHaveMoreTimeInComposeThanItTakes() throws IOException {
        String period = yaml("docker-compose.yml")
                .at("/services/session-events/stop_grace_period")
                .asText();

        assertThat(Duration.parse("PT" + period)).isGreaterThan(Duration.ofSeconds(Main.SHUTDOWN_SECONDS));
    }

    private static JsonNode yaml(String file) throws IOException {
        return new YAMLMapper().readTree(Path.of(file).toFile());
    }
}
