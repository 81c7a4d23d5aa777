package io.sessionevents.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sessionevents.session.RecordLimit;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.TrackedSession;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeptSerializerTest {
    private static final TrackedSession SESSION =
            TrackedSession.startTracking(new SessionKey("app", "one"), Map.of(), Instant.EPOCH);

    @Test
    void shouldRefuseWhatTheChangelogWouldNotTake() {
        var limit = new RecordLimit(65_536);

        assertThat(serializer(60_000, limit).serialize("topic", SESSION)).hasSize(60_000);
        assertThatThrownBy(() -> serializer(65_000, limit).serialize("topic", SESSION))
                .isInstanceOf(EventEncoder.UnwritableException.class)
                .hasMessageContainingAll("65000 bytes", "raise max.message.bytes (65536)");

        limit.read(131_072);
        assertThat(serializer(65_000, limit).serialize("topic", SESSION)).hasSize(65_000);
    }

    private static KeptSerializer serializer(int bytes, RecordLimit limit) {
        return new KeptSerializer((topic, session) -> new byte[bytes], limit);
    }
}
