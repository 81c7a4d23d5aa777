package io.sessionevents.kafka;

import org.apache.kafka.clients.producer.ProducerRecord;

/** Hears of records that a topic refused because they are too large. Called on the thread of a producer, so it is quick. */
@FunctionalInterface
public interface Refusals {
    /** @param refused as it was sent; what it takes is counted before compression */
    void refused(ProducerRecord<byte[], byte[]> refused);
}
