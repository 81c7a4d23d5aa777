package io.sessionevents.local.scenario.workload;

import io.sessionevents.local.simulator.SessionKey;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * A record for the input topic, and what must become of it.
 *
 * @param number counts from 0; also in the first header, {@link #NUMBER}, which a dead letter keeps
 * @param kind in a few words, for messages
 * @param compression of its producer, as Kafka names it
 * @param timestamp milliseconds since the epoch; null: now
 */
@SuppressWarnings("ArrayRecordComponent") // published, never compared
public record HostileRecord(
        int number,
        String kind,
        byte @Nullable [] key,
        byte @Nullable [] value,
        List<Header> headers,
        String compression,
        @Nullable Long timestamp,
        Fate fate) {
    /** Name of the header that holds the number, in decimal digits. */
    public static final String NUMBER = "hostile-number";

    /** What must become of a record. */
    public sealed interface Fate {
        /** A dead letter with that reason. */
        record DeadLetter(String reason) implements Fate {}

        /** The session is tracked. */
        record Tracked(SessionKey session) implements Fate {}

        /** It waits, because the registry says nothing that can be believed. */
        record Waiting() implements Fate {}

        /** Nothing that can be seen: a tombstone of a session that nobody tracks. */
        record Nothing() implements Fate {}
    }
}
