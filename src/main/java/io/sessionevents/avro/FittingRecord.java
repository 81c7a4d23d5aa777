package io.sessionevents.avro;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sessionevents.avro.ChangeWriter.Written;
import io.sessionevents.session.SessionKey;
import java.util.function.IntFunction;
import java.util.function.LongPredicate;
import org.apache.kafka.common.header.Header;

/**
 * A record that is written without as many of its parts as it takes to fit into its topic.
 *
 * @param what for messages
 */
record FittingRecord(String topic, String what, SessionKey key) {

    /**
     * The record with as much as fits.
     *
     * @param parts how many can be left out
     * @param without writes the record without that many
     * @throws EventTooLargeException if it does not fit, whatever is left out
     */
    Written write(int parts, IntFunction<Written> without, LongPredicate fits) {
        for (int left = 0; ; left++) {
            Written written = without.apply(left);
            long bytes = bytes(written);
            if (fits.test(bytes)) {
                return written;
            }
            if (left == parts) {
                throw new EventTooLargeException(what + " has " + bytes
                        + " bytes without all that can be left out, more than the topic " + topic
                        + " takes: raise its max.message.bytes");
            }
        }
    }

    private long bytes(Written written) {
        long bytes = (long) key.toString().length() + written.value().length;
        for (Header header : written.headers()) {
            bytes += header.key().getBytes(UTF_8).length + (header.value() == null ? 0 : header.value().length);
        }
        return bytes;
    }
}
