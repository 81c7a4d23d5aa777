package io.sessionevents.avro;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sessionevents.session.DeadLetterReason;
import io.sessionevents.session.Request;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.Source;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the records of the input topic. The first byte tells the format: a brace is JSON, another printable byte is text,
 * and everything else goes to the value deserializer (Confluent's framing begins with 0).
 */
public final class SessionIdDecoder {
    private static final int LARGEST_TEXT_BYTES = 1024;
    private static final int MOST_LABELS = 64;
    private static final int LONGEST_LABEL = 1024;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Deserializer<? extends IndexedRecord> deserializer;
    private final Source source;

    /** A decoder that takes sessions of any source; the deserializer must be configured. */
    public SessionIdDecoder(Deserializer<? extends IndexedRecord> deserializer) {
        this(deserializer, Source.ANY);
    }

    /**
     * A decoder; the deserializer must be configured.
     *
     * @param source whose sessions are taken
     */
    public SessionIdDecoder(Deserializer<? extends IndexedRecord> deserializer, Source source) {
        this.deserializer = deserializer;
        this.source = source;
    }

    /** Something is wrong with the record. */
    private static final class Problem extends Exception {
        private static final long serialVersionUID = 1;
        private final DeadLetterReason reason;

        Problem(DeadLetterReason reason, @Nullable String message) {
            super(message);
            this.reason = reason;
        }
    }

    /**
     * Reads one record.
     *
     * @throws RegistryException if the registry is out of reach; nothing is wrong with the record then
     */
    public Request decode(String topic, byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
        try {
            return value == null ? stop(key) : follow(topic, value, headers);
        } catch (Problem e) {
            return new Request.Unreadable(e.reason, Objects.requireNonNullElse(e.getMessage(), e.reason.code()));
        }
    }

    private Request stop(byte @Nullable [] key) throws Problem {
        if (key == null) {
            throw new Problem(DeadLetterReason.TOMBSTONE_WITHOUT_SESSION, "neither key nor value");
        }
        try {
            return new Request.Stop(key(text(key)));
        } catch (Problem | IllegalArgumentException e) {
            if (e instanceof Problem problem && problem.reason == DeadLetterReason.UNKNOWN_SOURCE) {
                throw problem;
            }
            throw new Problem(DeadLetterReason.TOMBSTONE_WITHOUT_SESSION, e.getMessage());
        }
    }

    private Request follow(String topic, byte[] value, Headers headers) throws Problem {
        if (value.length == 0) {
            throw new Problem(DeadLetterReason.EMPTY_VALUE, "a value of no bytes; a tombstone is a null value");
        }
        byte first = value[0];
        if (first == '{') {
            return fromJson(value);
        }
        boolean printable = first >= ' ' || first == '\n' || first == '\r' || first == '\t';
        return printable ? fromText(value) : fromAvro(topic, value, headers);
    }

    private Request fromText(byte[] value) throws Problem {
        String text = text(value);
        try {
            return new Request.Follow(key(text), Map.of());
        } catch (IllegalArgumentException e) {
            boolean looksLikeSession = text.indexOf('/') >= 0 && !text.strip().startsWith("arn:");
            throw new Problem(
                    looksLikeSession ? DeadLetterReason.BAD_IDENTIFIER : DeadLetterReason.UNREADABLE_TEXT,
                    e.getMessage());
        }
    }

    private SessionKey key(String text) throws Problem {
        SessionKey key = SessionKey.parse(text);
        Optional<String> objection = source.objection(text);
        if (objection.isPresent()) {
            throw new Problem(DeadLetterReason.UNKNOWN_SOURCE, objection.get());
        }
        return key;
    }

    private static String text(byte[] bytes) throws Problem {
        if (bytes.length > LARGEST_TEXT_BYTES) {
            throw new Problem(
                    DeadLetterReason.UNREADABLE_TEXT,
                    "text of " + bytes.length + " bytes, expected at most " + LARGEST_TEXT_BYTES);
        }
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new Problem(DeadLetterReason.UNREADABLE_TEXT, "the text is not UTF-8");
        }
    }

    private static Request fromJson(byte[] value) throws Problem {
        JsonNode json;
        try (var parser = JSON.createParser(value)) {
            json = JSON.readTree(parser);
            if (parser.nextToken() != null) {
                throw new Problem(DeadLetterReason.UNREADABLE_JSON, "something follows after the JSON object");
            }
        } catch (JacksonException e) {
            throw new Problem(
                    DeadLetterReason.UNREADABLE_JSON,
                    "not JSON (" + e.getClass().getSimpleName() + ")");
        } catch (IOException e) {
            throw new Problem(DeadLetterReason.UNREADABLE_JSON, "not JSON");
        }
        Map<String, String> labels = new HashMap<>();
        for (Map.Entry<String, JsonNode> label : json.path("labels").properties()) {
            if (!label.getValue().isTextual()) {
                throw new Problem(DeadLetterReason.BAD_LABELS, "a label is not a string");
            }
            labels.put(label.getKey(), label.getValue().textValue());
        }
        return request(member(json, "applicationId"), member(json, "sessionId"), labels);
    }

    private static String member(JsonNode json, String name) throws Problem {
        if (!json.path(name).isTextual()) {
            throw new Problem(DeadLetterReason.UNREADABLE_JSON, "no string " + name + " in the JSON object");
        }
        return json.path(name).textValue();
    }

    private Request fromAvro(String topic, byte[] value, Headers headers) throws Problem {
        IndexedRecord record;
        try {
            record = deserializer.deserialize(topic, headers, value);
        } catch (MalformedRecordException e) {
            throw new Problem(e.reason(), e.getMessage());
        } catch (RegistryException e) {
            if (e.kind() == RegistryException.Kind.UNKNOWN_SCHEMA) {
                throw new Problem(DeadLetterReason.UNKNOWN_SCHEMA, e.getMessage());
            }
            throw e;
        } catch (RuntimeException e) {
            if (OutOfReach.causes(e)) {
                throw new RegistryException(RegistryException.Kind.UNAVAILABLE, String.valueOf(e.getMessage()), e);
            }
            throw new Problem(DeadLetterReason.UNREADABLE_AVRO, e.getClass().getName());
        }
        Map<String, String> labels = new HashMap<>();
        if (field(record, "labels") instanceof Map<?, ?> map) {
            map.forEach((name, label) -> labels.put(String.valueOf(name), String.valueOf(label)));
        }
        return request(string(record, "applicationId"), string(record, "sessionId"), labels);
    }

    private static @Nullable Object field(@Nullable IndexedRecord record, String name) {
        var field = record == null ? null : record.getSchema().getField(name);
        return field == null || record == null ? null : record.get(field.pos());
    }

    private static String string(@Nullable IndexedRecord record, String name) throws Problem {
        if (field(record, name) instanceof CharSequence text) {
            return text.toString();
        }
        throw new Problem(DeadLetterReason.UNREADABLE_AVRO, "no string " + name + " in the record");
    }

    private static Request request(String applicationId, String sessionId, Map<String, String> labels) throws Problem {
        boolean tooLong = labels.entrySet().stream()
                .anyMatch(label -> label.getKey().length() > LONGEST_LABEL
                        || label.getValue().length() > LONGEST_LABEL);
        if (labels.size() > MOST_LABELS || tooLong) {
            throw new Problem(
                    DeadLetterReason.BAD_LABELS,
                    "expected at most " + MOST_LABELS + " labels of at most " + LONGEST_LABEL + " characters");
        }
        try {
            return new Request.Follow(new SessionKey(applicationId, sessionId), labels);
        } catch (IllegalArgumentException e) {
            throw new Problem(DeadLetterReason.BAD_IDENTIFIER, e.getMessage());
        }
    }
}
