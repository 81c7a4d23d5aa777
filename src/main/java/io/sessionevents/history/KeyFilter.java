package io.sessionevents.history;

import java.nio.ByteBuffer;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * Deserializers of one consumer that let it keep the values under one key alone: those of others stay in their batch, neither copied
 * nor decoded, so that what a poll returns is bounded by what is asked for. Relies on the consumer's turning to the key of a record
 * before its value. Not for use by several threads.
 */
final class KeyFilter {
    private byte[] wanted = {};
    private boolean found;

    /** From now on the value under that key, and no other. */
    void want(byte[] key) {
        wanted = key.clone();
        found = false;
    }

    /** Whether a record has the key. */
    Deserializer<Boolean> keys() {
        return new Deserializer<>() {
            @Override
            public Boolean deserialize(String topic, byte @Nullable [] data) {
                return deserialize(topic, null, data == null ? null : ByteBuffer.wrap(data));
            }

            @Override
            public Boolean deserialize(String topic, @Nullable Headers headers, @Nullable ByteBuffer data) {
                found = data != null && data.equals(ByteBuffer.wrap(wanted));
                return found;
            }
        };
    }

    /** The value of a record that has the key; null of others. */
    Deserializer<byte @Nullable []> values() {
        return new Deserializer<>() {
            @Override
            public byte @Nullable [] deserialize(String topic, byte @Nullable [] data) {
                return deserialize(topic, null, data == null ? null : ByteBuffer.wrap(data));
            }

            @Override
            public byte @Nullable [] deserialize(String topic, @Nullable Headers headers, @Nullable ByteBuffer data) {
                return found ? Utils.toNullableArray(data) : null;
            }
        };
    }
}
