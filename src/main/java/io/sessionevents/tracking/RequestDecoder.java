package io.sessionevents.tracking;

import io.sessionevents.session.Request;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Port that reads one record of the input topic. */
@FunctionalInterface
public interface RequestDecoder {

    /**
     * Reads a record; what cannot be understood is a {@link Request.Unreadable}.
     *
     * @throws RuntimeException if something needed for reading is out of reach for now, the schema registry for example;
     *     the record is then read again
     */
    Request decode(String topic, byte @Nullable [] key, byte @Nullable [] value, Headers headers);
}
