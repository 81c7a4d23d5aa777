package io.sessionevents.session;

import java.util.List;

/**
 * What the topics take.
 *
 * @param internal the smallest of those that Kafka Streams creates for itself
 */
public record RecordLimits(
        RecordLimit output, RecordLimit usage, RecordLimit alerts, RecordLimit deadLetter, RecordLimit internal) {
    /** All of them. */
    public List<RecordLimit> all() {
        return List.of(output, usage, alerts, deadLetter, internal);
    }

    /** Kafka's own defaults, for want of better knowledge. */
    public static RecordLimits unknown() {
        return new RecordLimits(
                new RecordLimit(RecordLimit.KAFKA_DEFAULT),
                new RecordLimit(RecordLimit.KAFKA_DEFAULT),
                new RecordLimit(RecordLimit.KAFKA_DEFAULT),
                new RecordLimit(RecordLimit.KAFKA_DEFAULT),
                new RecordLimit(RecordLimit.KAFKA_DEFAULT));
    }
}
