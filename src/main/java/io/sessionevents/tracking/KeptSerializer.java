package io.sessionevents.tracking;

import io.sessionevents.session.RecordLimit;
import io.sessionevents.session.TrackedSession;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Serializes what is to be kept of a session, if the store's changelog takes it. What a broker refuses there would cost the task its store,
 * and again after each restoration, for the session would be looked up again.
 *
 * @param limit of the changelog
 */
record KeptSerializer(Serializer<TrackedSession> format, RecordLimit limit) implements Serializer<TrackedSession> {
    /** For the key, which is no longer than 162 bytes, and what else is beside the value. */
    private static final int ROOM = 512;

    /** @throws EventEncoder.UnwritableException if it is too large */
    @Override
    public byte[] serialize(String topic, TrackedSession kept) {
        byte[] bytes = format.serialize(topic, kept);
        if (!limit.takes((long) bytes.length + ROOM)) {
            throw new EventEncoder.UnwritableException(
                    "what is to be kept of it has %d bytes, more than its changelog takes: raise max.message.bytes (%d) of it"
                            .formatted(bytes.length, limit.bytes()),
                    new IllegalArgumentException("%d bytes".formatted(bytes.length)));
        }
        return bytes;
    }
}
