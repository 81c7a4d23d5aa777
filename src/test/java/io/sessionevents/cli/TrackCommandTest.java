package io.sessionevents.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.avro.SessionIdDecoder;
import io.sessionevents.session.ApplicationKey;
import io.sessionevents.session.Request;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.Source;
import io.sessionevents.session.Sources;
import io.sessionevents.session.TrackedKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

/** What the command publishes is read by the service as it was meant. */
class TrackCommandTest {
    private static final Map<String, String> LABELS = Map.of("team", "blue");

    private final SessionIdDecoder decoder = new SessionIdDecoder(
            (topic, bytes) -> {
                throw new AssertionError("is no Avro");
            },
            new Sources(List.of(new Source(Source.DEFAULT, null, null), new Source("eu", null, null))));

    @Test
    void shouldPublishSessionsAndApplications() {
        assertThat(read("app/s1")).isEqualTo(new Request.Track(SessionKey.parse("app/s1"), LABELS));
        assertThat(read("eu:app/s1")).isEqualTo(new Request.Track(SessionKey.parse("eu:app/s1"), LABELS));
        assertThat(read("app")).isEqualTo(new Request.TrackApplication(ApplicationKey.parse("app"), LABELS));
        assertThat(read("eu:app")).isEqualTo(new Request.TrackApplication(ApplicationKey.parse("eu:app"), LABELS));
    }

    private Request read(String key) {
        String value = TrackCommand.json(TrackedKey.parse(key), LABELS, Instant.EPOCH);
        return decoder.decode("t", null, value.getBytes(UTF_8), new RecordHeaders());
    }
}
