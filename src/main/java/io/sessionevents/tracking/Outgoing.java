package io.sessionevents.tracking;

import io.sessionevents.session.Request;
import io.sessionevents.session.WaitingInput;
import org.jspecify.annotations.Nullable;

/** What the processors of the topology hand on; each kind goes to a topic of its own. */
sealed interface Outgoing {

    /** To the repartition topic of requests that concern sessions. */
    record ForSession(Request.OfSession request) implements Outgoing {}

    /** To the repartition topic of requests that concern applications. */
    record ForApplication(Request.OfApplication request) implements Outgoing {}

    /** To the repartition topic of records that cannot be read yet. */
    record Unread(WaitingInput waiting) implements Outgoing {}

    /** To the output topic: a change as it was written. */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Change(byte[] event) implements Outgoing {}

    /** To the topic of usage: a record as it was written. */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Usage(byte[] record) implements Outgoing {}

    /** To the topic of alerts: a record as it was written. */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Alert(byte[] record) implements Outgoing {}

    /** To the dead-letter topic, byte by byte. */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record DeadLetter(byte @Nullable [] key, byte @Nullable [] value) implements Outgoing {}
}
