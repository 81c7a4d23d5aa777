package io.sessionevents.avro;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.sessionevents.session.ApplicationKey;
import io.sessionevents.session.DeadLetterReason;
import io.sessionevents.session.Request;
import io.sessionevents.session.SessionArn;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.Sources;
import io.sessionevents.session.TrackedKey;
import io.sessionevents.session.UnknownSourceException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.Map;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the records of the input topic. The first sign tells the format: a brace is JSON, a control character begins a
 * frame (Confluent's begins with 0) and goes to the value deserializer, and everything else is text.
 */
public final class SessionIdDecoder {
    private static final int LARGEST_TEXT_BYTES = 1024;

    private final Deserializer<? extends IndexedRecord> deserializer;
    private final Sources sources;

    /** A decoder that takes sessions of any source; the deserializer must be configured. */
    public SessionIdDecoder(Deserializer<? extends IndexedRecord> deserializer) {
        this(deserializer, Sources.ANY);
    }

    /**
     * A decoder; the deserializer must be configured.
     *
     * @param sources whose sessions and applications are taken
     */
    public SessionIdDecoder(Deserializer<? extends IndexedRecord> deserializer, Sources sources) {
        this.deserializer = deserializer;
        this.sources = sources;
    }

    /**
     * Reads one record.
     *
     * @throws RegistryException if the registry is out of reach, or does not know the schema and may yet learn it; nothing is
     *     wrong with the record then
     * @throws SchemaPendingException if the registry has not answered yet
     */
    public Request decode(String topic, byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
        try {
            return value == null ? stop(key) : track(topic, value, headers);
        } catch (UnreadableInput e) {
            return new Request.Unreadable(e.reason(), e.text() + InputForm.schemaIdInHeader(headers));
        }
    }

    private Request stop(byte @Nullable [] key) throws UnreadableInput {
        if (key == null) {
            return new Request.Unreadable(DeadLetterReason.TOMBSTONE_WITHOUT_SESSION, "neither key nor value");
        }
        try {
            String text = text(key);
            // What is of a source that is not configured any more can be stopped all the same.
            return switch (SessionArn.begins(text) ? key(text) : TrackedKey.parse(text)) {
                case SessionKey session -> new Request.Stop(session);
                case ApplicationKey application -> new Request.StopApplication(application);
            };
        } catch (UnreadableInput | IllegalArgumentException e) {
            if (e instanceof UnreadableInput input && input.reason() == DeadLetterReason.UNKNOWN_SOURCE) {
                throw input;
            }
            return new Request.Unreadable(DeadLetterReason.TOMBSTONE_WITHOUT_SESSION, String.valueOf(e.getMessage()));
        }
    }

    private Request track(String topic, byte[] value, Headers headers) throws UnreadableInput {
        if (value.length == 0) {
            throw new UnreadableInput(DeadLetterReason.EMPTY_VALUE, "a value of no bytes; a tombstone is a null value");
        }
        return switch (InputForm.of(value)) {
            case JSON_OBJECT -> fromJson(JsonSessionIds.parse(value, InputForm.begin(value)));
            case TEXT -> fromText(value);
            case BINARY -> fromAvro(topic, value, headers);
        };
    }

    private Request fromJson(JsonNode json) throws UnreadableInput {
        return !json.has("applicationId") && CloudTrailEvents.is(json)
                ? CloudTrailEvents.read(json, sources)
                : JsonSessionIds.read(json).request(sources);
    }

    private Request fromText(byte[] value) throws UnreadableInput {
        InputForm.refuseOtherForms(value);
        String text = text(Arrays.copyOfRange(value, InputForm.begin(value), value.length));
        try {
            return switch (key(text)) {
                case SessionKey session -> new Request.Track(session, Map.of());
                case ApplicationKey application -> new Request.TrackApplication(application, Map.of());
            };
        } catch (IllegalArgumentException e) {
            boolean looksLikeSession = text.indexOf('/') >= 0 && !text.strip().startsWith("arn:");
            throw new UnreadableInput(
                    looksLikeSession ? DeadLetterReason.BAD_IDENTIFIER : DeadLetterReason.UNREADABLE_TEXT,
                    e.getMessage());
        }
    }

    private TrackedKey key(String text) throws UnreadableInput {
        try {
            return sources.trackedKey(text);
        } catch (UnknownSourceException e) {
            throw new UnreadableInput(DeadLetterReason.UNKNOWN_SOURCE, e.getMessage());
        }
    }

    private static String text(byte[] bytes) throws UnreadableInput {
        if (bytes.length > LARGEST_TEXT_BYTES) {
            throw new UnreadableInput(
                    DeadLetterReason.UNREADABLE_TEXT,
                    "text of " + bytes.length + " bytes, expected at most " + LARGEST_TEXT_BYTES);
        }
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new UnreadableInput(DeadLetterReason.UNREADABLE_TEXT, "the text is not UTF-8");
        }
    }

    private Request fromAvro(String topic, byte[] value, Headers headers) throws UnreadableInput {
        return AvroSessionIds.read(deserialized(topic, value, headers)).request(sources);
    }

    private @Nullable IndexedRecord deserialized(String topic, byte[] value, Headers headers) throws UnreadableInput {
        try {
            return deserializer.deserialize(topic, headers, value);
        } catch (MalformedRecordException e) {
            throw new UnreadableInput(e.reason(), e.getMessage());
        } catch (RegistryException e) {
            if (e.kind() == RegistryException.Kind.UNSUPPORTED_SCHEMA) {
                throw new UnreadableInput(DeadLetterReason.UNSUPPORTED_SCHEMA, e.getMessage());
            }
            throw e;
        } catch (SchemaPendingException e) {
            throw e;
        } catch (RuntimeException e) {
            if (OutOfReach.causes(e)) {
                throw new RegistryException(RegistryException.Kind.UNAVAILABLE, String.valueOf(e.getMessage()), e);
            }
            throw new UnreadableInput(
                    DeadLetterReason.UNREADABLE_AVRO, e.getClass().getName());
        } catch (StackOverflowError e) {
            throw new UnreadableInput(DeadLetterReason.UNREADABLE_AVRO, "nested too deeply");
        }
    }
}
