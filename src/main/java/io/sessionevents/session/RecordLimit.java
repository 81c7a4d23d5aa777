package io.sessionevents.session;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many bytes a record may have for one topic, as far as is known. Brokers compare a whole batch, so what is measured here
 * is key, value and headers of one record and {@link #OVERHEAD} more. Safe for use by many threads.
 */
public final class RecordLimit {
    /** Kafka's default of {@code max.message.bytes}. */
    public static final int KAFKA_DEFAULT = 1_048_588;

    /** Room for what a batch of one record has beside it: 61 bytes of the batch, and lengths. */
    public static final int OVERHEAD = 512;

    private final AtomicInteger bytes;

    /** @param bytes what the topic takes ({@code max.message.bytes}) */
    public RecordLimit(int bytes) {
        this.bytes = new AtomicInteger(bytes);
    }

    /** What the topic takes, in bytes. */
    public int bytes() {
        return bytes.get();
    }

    /** Whether a record of that many bytes fits. */
    public boolean takes(long recordBytes) {
        return recordBytes + OVERHEAD <= bytes.get();
    }

    /** The topic's setting was read. */
    public void read(int maxMessageBytes) {
        bytes.set(maxMessageBytes);
    }

    /** No more than that is tried, whatever is known of the topic. */
    public void atMost(int most) {
        bytes.accumulateAndGet(most, Math::min);
    }

    /** A record of that many bytes was refused: from now on none as large is tried. */
    public void refused(int recordBytes) {
        bytes.accumulateAndGet(recordBytes + OVERHEAD - 1, Math::min);
    }
}
