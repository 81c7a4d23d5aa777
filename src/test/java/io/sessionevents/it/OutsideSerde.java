package io.sessionevents.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/** A serde as a site may bring it, in a jar of its own: writes Avro's JSON and says so. */
public final class OutsideSerde implements Serde<IndexedRecord> {

    /** Writes JSON. */
    public static final class JsonSerializer implements Serializer<IndexedRecord> {
        @Override
        public byte[] serialize(String topic, IndexedRecord event) {
            return event.toString().getBytes(UTF_8);
        }

        @Override
        public byte[] serialize(String topic, Headers headers, IndexedRecord event) {
            headers.add("content-type", "application/json".getBytes(UTF_8));
            return serialize(topic, event);
        }
    }

    @Override
    public Serializer<IndexedRecord> serializer() {
        return new JsonSerializer();
    }

    @Override
    public Deserializer<IndexedRecord> deserializer() {
        return (topic, bytes) -> {
            throw new UnsupportedOperationException("the input is text here");
        };
    }
}
