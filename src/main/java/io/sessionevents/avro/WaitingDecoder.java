package io.sessionevents.avro;

import io.sessionevents.session.Request;
import io.sessionevents.tracking.RequestDecoder;
import java.util.function.Consumer;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Reads input records. A schema that is not there yet is no reason for a dead letter: the record waits.
 *
 * @param waits told why, where the registry does not answer
 */
public record WaitingDecoder(SessionIdDecoder decoder, Consumer<String> waits) implements RequestDecoder {
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
                waits.accept(message);
            }
            throw new RetryLaterException(
                    message,
                    e,
                    unknown ? RetryLaterException.Why.UNKNOWN_SCHEMA : RetryLaterException.Why.OUT_OF_REACH);
        }
    }
}
