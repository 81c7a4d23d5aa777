package io.sessionevents.avro;

import static io.sessionevents.session.SessionSample.KEY;
import static io.sessionevents.session.SessionSample.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.session.AlertKind;
import io.sessionevents.session.AlertState;
import io.sessionevents.session.Origin;
import io.sessionevents.session.Request;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.TrackedSession;
import io.sessionevents.session.UsageSample;
import io.sessionevents.v1.KeptAlerts;
import io.sessionevents.v1.KeptCrossing;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the state store holds, whoever wrote it. */
class KeptSessionsTest {
    private static final TrackedSession.Seen SEEN =
            new TrackedSession.Seen("IDLE", START.minusSeconds(1), START, START, START, START, START, 15L);

    @ParameterizedTest
    @ValueSource(strings = {"default", "prod-eu"})
    void shouldReadBackWhatItWrote(String source) {
        var key = new SessionKey(source, KEY.applicationId(), KEY.sessionId());
        var session = new TrackedSession(key, Map.of("team", "blue"), Origin.PUBLISHED, START, null, 3, SEEN);
        var serde = InternalSerdes.trackedSessions();

        byte[] bytes = serde.serializer().serialize("t", session);

        assertThat(serde.deserializer().deserialize("t", bytes)).isEqualTo(session);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldReadBackASettlement(boolean whole) {
        var ended = new TrackedSession(KEY, Map.of("team", "blue"), Origin.PUBLISHED, START, null, 3, SEEN)
                .withSettlement(UsageSample.settlement(whole));
        var serde = InternalSerdes.trackedSessions();

        byte[] bytes = serde.serializer().serialize("t", ended);

        assertThat(serde.deserializer().deserialize("t", bytes)).isEqualTo(ended);
    }

    /** A fleet is upgraded and taken back one by one; what a later version keeps must not stop an earlier one. */
    @Test
    void shouldForgetAKindOfAlertThatItDoesNotKnow() {
        var crossing = new KeptCrossing("HEATING", 1, START, START, 1.0);
        var known = new KeptCrossing("IDLE", 2, null, null, 7200.0);

        AlertState read = AlertStates.fromAvro(new KeptAlerts(List.of(crossing, known), null));

        assertThat(read.crossings())
                .containsExactly(Map.entry(AlertKind.IDLE, new AlertState.Crossing(2, null, null, 7200)));
    }

    @Test
    void shouldReadBackAlertsThatAreRaisedAndOver() {
        var alerting = new TrackedSession(KEY, Map.of(), Origin.PUBLISHED, START, null, 3, SEEN)
                .withAlerts(new AlertState(
                        Map.of(
                                AlertKind.IDLE,
                                new AlertState.Crossing(2, START, START.minusSeconds(7200), 7200),
                                AlertKind.BILLED_VCPU_HOURS,
                                new AlertState.Crossing(1, null, null, 99.5)),
                        UsageSample.record(KEY, Map.of("cost", "42"), Map.of()).identity()));
        var serde = InternalSerdes.trackedSessions();

        byte[] bytes = serde.serializer().serialize("t", alerting);

        assertThat(serde.deserializer().deserialize("t", bytes)).isEqualTo(alerting);
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1", "v2", "v3", "v4", "v5"})
    void shouldReadASessionOfEveryVersionBeforeThis(String version) throws IOException {
        Schema earlier = ReleasedSchemas.read("tracked-session-" + version);
        var record = new GenericRecordBuilder(earlier)
                .set("applicationId", KEY.applicationId())
                .set("sessionId", KEY.sessionId())
                .set("followedAt", START.toEpochMilli())
                .build();
        var bytes = new ByteArrayOutputStream();
        new BinaryMessageEncoder<Object>(new GenericData(), earlier).encode(record, bytes);

        TrackedSession session = InternalSerdes.trackedSessions().deserializer().deserialize("t", bytes.toByteArray());

        assertThat(session).isEqualTo(TrackedSession.startTracking(KEY, Map.of(), START));
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

    /** What waits in the repartition topic over an upgrade. */
    @Test
    void shouldReadTheRequestsOfTheFirstVersion() throws IOException {
        Schema first = ReleasedSchemas.read("session-id-event-v1");
        var record = new GenericRecordBuilder(first)
                .set("applicationId", KEY.applicationId())
                .set("sessionId", KEY.sessionId())
                .set("labels", Map.of("team", "blue"))
                .build();
        var bytes = new ByteArrayOutputStream();
        new BinaryMessageEncoder<Object>(new GenericData(), first).encode(record, bytes);

        assertThat(InternalSerdes.sessionRequests().deserializer().deserialize("t", bytes.toByteArray()))
                .isEqualTo(new Request.Track(KEY, Map.of("team", "blue")));
    }
}
