package io.sessionevents.tracking;

/** Hears of records that a topic refused because they are too large. Called on the thread of a producer, so it is quick. */
@FunctionalInterface
public interface Refusals {
    /** @param bytes what the record takes, before compression */
    void refused(String topic, int bytes);
}
