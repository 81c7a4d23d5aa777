package io.sessionevents.avro;

import static java.util.Objects.requireNonNull;

import io.sessionevents.session.DeadLetterReason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.IndexedRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Avro in Confluent's framing: a zero byte, the schema id in four bytes, big end first, and the record in Avro's binary
 * encoding. Subjects are {@code <topic>-value} or {@code <topic>-key}. Configured with Confluent's own keys, so that another
 * serde can take its place by {@code value.serde.class}.
 *
 * @param <T> records of a generated class if {@code specific.avro.reader} is true, else generic records
 */
public final class RegistryAvroSerde<T extends IndexedRecord> implements Serde<T> {
    /** Media type of the values; that they are framed is a convention without a type of its own. */
    public static final String CONTENT_TYPE = "application/avro";

    private static final byte MAGIC = 0;
    private static final int HEADER_BYTES = 5;

    static {
        AvroSafety.apply();
    }

    private @Nullable SchemaRegistry registry;
    private @Nullable ConfluentSchemaRegistry owned;
    private boolean specific;
    private String suffix = "-value";

    /** To be configured with {@link #configure}. */
    public RegistryAvroSerde() {}

    /** A serde on a registry that is there already. */
    public RegistryAvroSerde(SchemaRegistry registry, boolean specific) {
        this.registry = registry;
        this.specific = specific;
    }

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        if (registry == null) {
            owned = new ConfluentSchemaRegistry(new HashMap<>(configs));
            registry = owned;
        }
        Object reader = configs.get("specific.avro.reader");
        specific = specific || (reader != null && Boolean.parseBoolean(reader.toString()));
        suffix = isKey ? "-key" : "-value";
    }

    /**
     * Asks the registry for what writing values of this schema will need, so that later its absence does not matter.
     *
     * @throws RegistryException if it does not have it
     */
    public static void prepare(SchemaRegistry registry, String topic, Schema schema) {
        Schema _ = registry.byId(registry.idOf(topic + "-value", PlainSchemaCache.of(schema)));
    }

    @Override
    public Serializer<T> serializer() {
        return this::serialize;
    }

    @Override
    public Deserializer<T> deserializer() {
        return this::deserialize;
    }

    @Override
    public void close() {
        if (owned != null) {
            owned.close();
        }
    }

    private byte @Nullable [] serialize(String topic, @Nullable T record) {
        if (record == null) {
            return null;
        }
        Schema plain = PlainSchemaCache.of(record.getSchema());
        int id = registry().idOf(topic + suffix, plain);
        Schema registered = registry().byId(id);
        byte[] body = encode(record, record.getSchema());
        if (!registered.equals(plain)) {
            body = rewritten(body, plain, registered);
        }
        return ByteBuffer.allocate(HEADER_BYTES + body.length)
                .put(MAGIC)
                .putInt(id)
                .put(body)
                .array();
    }

    private T deserialize(String topic, byte @Nullable [] bytes) {
        if (bytes == null) {
            return nothing();
        }
        if (bytes.length == 0 || bytes[0] != MAGIC) {
            throw new MalformedRecordException(DeadLetterReason.UNREADABLE_FRAME, frameProblem(bytes));
        }
        if (bytes.length < HEADER_BYTES) {
            throw new MalformedRecordException(
                    DeadLetterReason.UNREADABLE_FRAME,
                    "the frame ends after " + bytes.length + " bytes, expected at least " + HEADER_BYTES);
        }
        Schema writer = registry().byId(ByteBuffer.wrap(bytes, 1, 4).getInt());
        return decode(bytes, writer);
    }

    private static String frameProblem(byte[] bytes) {
        if (bytes.length == 0) {
            return "no bytes at all";
        }
        return bytes[0] == 1
                ? "the schema id stands in a header (magic byte 1), expected it in the value (magic byte 0): set "
                        + "value.schema.id.serializer of the producer back to its default"
                : "the magic byte is " + bytes[0] + ", expected 0";
    }

    private T decode(byte[] bytes, Schema writer) {
        BinaryDecoder decoder =
                DecoderFactory.get().binaryDecoder(bytes, HEADER_BYTES, bytes.length - HEADER_BYTES, null);
        try {
            DatumReader<T> reader = specific
                    ? new SpecificDatumReader<>(writer, readerSchema(writer))
                    : new GenericDatumReader<>(writer);
            T record = reader.read(nothing(), decoder);
            if (!decoder.isEnd()) {
                throw new MalformedRecordException(DeadLetterReason.UNREADABLE_AVRO, "bytes follow after the record");
            }
            return record;
        } catch (MalformedRecordException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // Whatever Avro throws here, it throws because of these bytes: nothing else takes part.
            throw new MalformedRecordException(
                    DeadLetterReason.UNREADABLE_AVRO,
                    "not a record of the schema " + writer.getFullName() + " ("
                            + e.getClass().getSimpleName() + ")");
        }
    }

    /** The schema of the generated class of that name; the writer's own if there is no such class. */
    private static Schema readerSchema(Schema writer) {
        Class<?> type =
                writer.getType() == Schema.Type.RECORD ? SpecificData.get().getClass(writer) : null;
        return type == null ? writer : SpecificData.get().getSchema(type);
    }

    private static byte[] encode(IndexedRecord record, Schema schema) {
        var bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        try {
            new SpecificDatumWriter<IndexedRecord>(schema, SpecificData.getForSchema(schema)).write(record, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    /** The same record under another version of its schema, for {@code use.latest.version}. */
    private static byte[] rewritten(byte[] body, Schema from, Schema to) {
        var bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        try {
            IndexedRecord record = new GenericDatumReader<IndexedRecord>(from, to)
                    .read(null, DecoderFactory.get().binaryDecoder(body, null));
            new GenericDatumWriter<IndexedRecord>(to).write(record, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    private SchemaRegistry registry() {
        return requireNonNull(registry, "configure() comes first");
    }

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"
    }) // Kafka's and Avro's interfaces take and give null here
    private static <N> N nothing() {
        return null;
    }
}
