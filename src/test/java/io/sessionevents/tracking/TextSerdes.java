package io.sessionevents.tracking;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.sessionevents.session.ApplicationKey;
import io.sessionevents.session.Request;
import io.sessionevents.session.SessionAlert;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.StateChange;
import io.sessionevents.session.SweptApplication;
import io.sessionevents.session.TrackedSession;
import io.sessionevents.session.UsageRecord;
import io.sessionevents.session.WaitingInput;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/**
 * Formats for tests of the topology alone: keys are text, values are a number under which the object itself is kept.
 * The real formats have their own tests.
 */
final class TextSerdes {
    private static final Map<String, Object> OBJECTS = new ConcurrentHashMap<>();

    private TextSerdes() {}

    static Formats formats(RequestDecoder decoder) {
        return new Formats(
                decoder,
                keys(),
                objects(Request.OfSession.class),
                objects(Request.OfApplication.class),
                Serdes.serdeFrom(
                        (topic, key) -> key.toString().getBytes(UTF_8),
                        (topic, bytes) -> ApplicationKey.parse(new String(bytes, UTF_8))),
                objects(SweptApplication.class),
                objects(TrackedSession.class),
                objects(WaitingInput.class),
                (change, limit) -> new EventEncoder.Encoded(
                        objects(StateChange.class).serializer().serialize("out", change), new RecordHeaders()),
                (usage, limit) -> new EventEncoder.Encoded(
                        objects(UsageRecord.class).serializer().serialize("usage", usage), new RecordHeaders()),
                (alert, limit) -> new EventEncoder.Encoded(
                        objects(SessionAlert.class).serializer().serialize("alerts", alert), new RecordHeaders()));
    }

    static Serde<SessionKey> keys() {
        return Serdes.serdeFrom(
                (topic, key) -> key.toString().getBytes(UTF_8),
                (topic, bytes) -> SessionKey.parse(new String(bytes, UTF_8)));
    }

    static <T> Serde<T> objects(Class<T> type) {
        return Serdes.serdeFrom(
                (topic, value) -> {
                    String name = type.getSimpleName() + OBJECTS.size();
                    OBJECTS.put(name, value);
                    return name.getBytes(UTF_8);
                },
                (topic, bytes) -> type.cast(requireNonNull(OBJECTS.get(new String(bytes, UTF_8)))));
    }
}
