package io.sessionevents.avro;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.session.ApplicationKey;
import io.sessionevents.session.Request;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.Sighting;
import io.sessionevents.session.SweepReason;
import io.sessionevents.session.SweptApplication;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What goes through the internal topics comes out of them. */
class RequestsTest {
    private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");
    private static final SessionKey SESSION = new SessionKey("eu", "app", "one");
    private static final ApplicationKey APPLICATION = new ApplicationKey("default", "app");
    private static final Map<String, String> LABELS = Map.of("team", "blue");

    static Stream<Request.OfSession> ofSessions() {
        return Stream.of(
                new Request.Track(SESSION, LABELS),
                new Request.Discover(SESSION, LABELS, new Sighting("HIBERNATING", NOON)),
                new Request.Wake(SESSION, new Sighting("IDLE", NOON)),
                new Request.Wake(SESSION, null));
    }

    static Stream<Request.OfApplication> ofApplications() {
        return Stream.of(
                new Request.TrackApplication(APPLICATION, LABELS),
                new Request.StopApplication(APPLICATION),
                new Request.SweepApplication(new ApplicationKey("eu", "app")));
    }

    @ParameterizedTest
    @MethodSource("ofSessions")
    void shouldReadARequestOfASession(Request.OfSession request) {
        assertThat(again(InternalSerdes.sessionRequests(), request)).isEqualTo(request);
    }

    /** Requests that an earlier version left in the topic. */
    @Test
    void shouldReadASessionIdEvent() throws IOException {
        Schema earlier = ReleasedSchemas.read("session-id-event-v2");
        var event = new GenericRecordBuilder(earlier)
                .set("applicationId", "app")
                .set("sessionId", "one")
                .set("labels", LABELS)
                .set("source", "eu")
                .build();
        ByteBuffer bytes = new BinaryMessageEncoder<GenericRecord>(GenericData.get(), earlier).encode(event);

        assertThat(InternalSerdes.sessionRequests().deserializer().deserialize("t", new RecordHeaders(), bytes))
                .isEqualTo(new Request.Track(SESSION, LABELS));
    }

    @ParameterizedTest
    @MethodSource("ofApplications")
    void shouldReadARequestOfAnApplication(Request.OfApplication request) {
        assertThat(again(InternalSerdes.applicationRequests(), request)).isEqualTo(request);
    }

    @Test
    void shouldReadWhatIsKeptOfAnApplication() {
        var kept = new SweptApplication(
                APPLICATION, SweepReason.DISCOVERED, LABELS, NOON, NOON.plusSeconds(1), true, NOON.plusSeconds(2));

        assertThat(again(InternalSerdes.sweptApplications(), kept)).isEqualTo(kept);
        assertThat(again(InternalSerdes.applicationKeys(), APPLICATION)).isEqualTo(APPLICATION);
    }

    private static <T> T again(Serde<T> serde, T value) {
        return serde.deserializer().deserialize("t", serde.serializer().serialize("t", value));
    }
}
