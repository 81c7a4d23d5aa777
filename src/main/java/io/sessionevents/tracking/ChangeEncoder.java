package io.sessionevents.tracking;

import io.sessionevents.session.StateChange;
import org.apache.kafka.common.header.Headers;

/** Port that writes a change as an event. */
@FunctionalInterface
public interface ChangeEncoder {

    /** The value and the headers of a record of the output topic. */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Encoded(byte[] value, Headers headers) {}

    /**
     * The event of a change, no larger than the limit takes. Whatever else it throws concerns this change.
     *
     * @throws RequestDecoder.NotNowException if something that every change needs is out of reach for now
     */
    Encoded encode(StateChange change, RecordLimit limit);
}
