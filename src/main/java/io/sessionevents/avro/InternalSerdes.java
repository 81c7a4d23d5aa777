package io.sessionevents.avro;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sessionevents.session.ApplicationKey;
import io.sessionevents.session.Request;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.TrackedSession;
import io.sessionevents.v1.ApplicationRequest;
import io.sessionevents.v1.SessionRequest;
import io.sessionevents.v1.SweptApplication;
import io.sessionevents.v1.WaitingInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.function.Function;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.message.SchemaStore;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.jspecify.annotations.Nullable;

/**
 * Formats of internal topics and stores: Avro's single-object encoding with the schemas of the class path, so that a
 * registry outage cannot stop state.
 */
public final class InternalSerdes {
    /** What earlier versions wrote into the repartition topic. */
    private static final SchemaStore.Cache REQUESTS = new SchemaStore.Cache();

    static {
        AvroSafety.apply();
        REQUESTS.addSchema(ReleasedSchemas.read("session-id-event-v1"));
        REQUESTS.addSchema(ReleasedSchemas.read("session-id-event-v2"));
    }

    private InternalSerdes() {}

    /** Keys: {@code applicationId/sessionId} in UTF-8. */
    public static Serde<SessionKey> keys() {
        return Serdes.serdeFrom(
                (topic, key) -> key.toString().getBytes(UTF_8),
                (topic, bytes) -> SessionKey.parse(new String(bytes, UTF_8)));
    }

    /** What the state store holds. */
    public static Serde<TrackedSession> trackedSessions() {
        BinaryMessageDecoder<io.sessionevents.v1.TrackedSession> decoder =
                io.sessionevents.v1.TrackedSession.createDecoder(TrackedSessions.released());
        return singleObject(
                io.sessionevents.v1.TrackedSession.getEncoder(),
                decoder,
                TrackedSessions::toAvro,
                TrackedSessions::fromAvro);
    }

    /** Records of the input topic that wait for the registry. */
    public static Serde<io.sessionevents.session.WaitingInput> waitingInput() {
        return singleObject(
                WaitingInput.getEncoder(), WaitingInput.getDecoder(), InputRecords::toAvro, InputRecords::fromAvro);
    }

    /** What the repartition topic of sessions holds: a request to stop is a null value under its key. */
    public static Serde<Request.OfSession> sessionRequests() {
        return singleObject(
                SessionRequest.getEncoder(),
                SessionRequest.createDecoder(REQUESTS),
                Requests::toAvro,
                Requests::fromAvro);
    }

    /** What the repartition topic of applications holds. */
    public static Serde<Request.OfApplication> applicationRequests() {
        return singleObject(
                ApplicationRequest.getEncoder(), ApplicationRequest.getDecoder(), Requests::toAvro, Requests::fromAvro);
    }

    /** Keys of the applications that are swept: {@code applicationId} in UTF-8. */
    public static Serde<ApplicationKey> applicationKeys() {
        return Serdes.serdeFrom(
                (topic, key) -> key.toString().getBytes(UTF_8),
                (topic, bytes) -> ApplicationKey.parse(new String(bytes, UTF_8)));
    }

    /** The applications that are swept. */
    public static Serde<io.sessionevents.session.SweptApplication> sweptApplications() {
        return singleObject(
                SweptApplication.getEncoder(),
                SweptApplication.getDecoder(),
                SweptApplications::toAvro,
                SweptApplications::fromAvro);
    }

    private static <D, A> Serde<D> singleObject(
            BinaryMessageEncoder<A> encoder,
            BinaryMessageDecoder<A> decoder,
            Function<D, @Nullable A> toAvro,
            Function<A, D> fromAvro) {
        return Serdes.serdeFrom(
                (topic, value) -> {
                    A record = toAvro.apply(value);
                    return record == null ? nothing() : encode(encoder, record);
                },
                (topic, bytes) -> {
                    if (bytes == null) {
                        return nothing();
                    }
                    try {
                        return fromAvro.apply(decoder.decode(bytes));
                    } catch (IOException e) {
                        throw new SerializationException("not a record of " + topic, e);
                    }
                });
    }

    private static <A> byte[] encode(BinaryMessageEncoder<A> encoder, A record) {
        try {
            ByteBuffer buffer = encoder.encode(record);
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory does not fail", e);
        }
    }

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // Kafka gives and takes null for a tombstone
    private static <N> N nothing() {
        return null;
    }
}
