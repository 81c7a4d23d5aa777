package io.sessionevents;

import io.sessionevents.avro.RegistryException;
import io.sessionevents.avro.SchemaPendingException;
import io.sessionevents.avro.SessionIdDecoder;
import io.sessionevents.health.RegistryHealth;
import io.sessionevents.session.Request;
import io.sessionevents.tracking.RequestDecoder;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Reads input records. A schema that is not there yet is no reason for a dead letter: the record waits.
 *
 * @param health hears of a registry that does not answer
 */
record WaitingDecoder(SessionIdDecoder decoder, RegistryHealth health) implements RequestDecoder {
    @Override
    public Request decode(String topic, byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
        try {
            return decoder.decode(topic, key, value, headers);
        } catch (SchemaPendingException e) {
            throw new RetryLaterException(String.valueOf(e.getMessage()), e, RetryLaterException.Why.PENDING);
        } catch (RegistryException e) {
            String message = String.valueOf(e.getMessage());
            boolean unknown = e.kind() == RegistryException.Kind.UNKNOWN_SCHEMA;
            if (!unknown) {
                health.inputWaits(message);
            }
            throw new RetryLaterException(
                    message,
                    e,
                    unknown ? RetryLaterException.Why.UNKNOWN_SCHEMA : RetryLaterException.Why.OUT_OF_REACH);
        }
    }
}
