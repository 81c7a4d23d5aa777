package io.sessionevents.avro;

import static io.sessionevents.session.SessionSample.KEY;
import static io.sessionevents.session.SessionSample.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.session.TrackedSession;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.junit.jupiter.api.Test;

/** What the state store holds, whoever wrote it. */
class KeptSessionsTest {
    private static final TrackedSession.Seen SEEN =
            new TrackedSession.Seen("IDLE", START.minusSeconds(1), START, START, START, START, START, 15L);

    @Test
    void shouldReadBackWhatItWrote() {
        var session = new TrackedSession(KEY, Map.of("team", "blue"), START, null, 3, SEEN);
        var serde = InternalSerdes.trackedSessions();

        byte[] bytes = serde.serializer().serialize("t", session);

        assertThat(serde.deserializer().deserialize("t", bytes)).isEqualTo(session);
    }

    @Test
    void shouldReadWhatTheFirstVersionWroteAndTakeALookForALongOne() throws IOException {
        Schema first = ReleasedSchemas.read("tracked-session-v1");
        Schema seen = first.getField("seen").schema().getTypes().getLast();
        var record = new GenericRecordBuilder(first)
                .set("applicationId", KEY.applicationId())
                .set("sessionId", KEY.sessionId())
                .set("followedAt", START.toEpochMilli())
                .set("sequence", 3L)
                .set(
                        "seen",
                        new GenericRecordBuilder(seen)
                                .set("rawState", "IDLE")
                                .set("observedAt", START.toEpochMilli())
                                .set("createdAt", START.toEpochMilli())
                                .set("updatedAt", START.toEpochMilli())
                                .build())
                .build();
        var bytes = new ByteArrayOutputStream();
        new BinaryMessageEncoder<Object>(new GenericData(), first).encode(record, bytes);

        TrackedSession session = InternalSerdes.trackedSessions().deserializer().deserialize("t", bytes.toByteArray());

        assertThat(session.sequence()).isEqualTo(3);
        assertThat(session.seen()).isNotNull().satisfies(look -> {
            assertThat(look.observedAt()).isEqualTo(START);
            assertThat(look.askedAt()).isEqualTo(START.minus(Duration.ofMinutes(1)));
        });
    }
}
