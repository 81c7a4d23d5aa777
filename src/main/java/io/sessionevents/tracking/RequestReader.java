package io.sessionevents.tracking;

import static java.util.Objects.requireNonNull;

import io.sessionevents.session.Request;
import io.sessionevents.session.SessionKey;
import java.util.Optional;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * First stage: reads the input topic, any key, any format, and hands requests on; what cannot be understood becomes a
 * dead letter with its original bytes. Owned by the StreamThread.
 */
final class RequestReader implements FixedKeyProcessor<byte[], byte[], Outgoing> {
    private static final Logger log = LoggerFactory.getLogger(RequestReader.class);

    private final RequestDecoder decoder;
    private final String inputTopic;
    private @Nullable FixedKeyProcessorContext<byte[], Outgoing> context;

    RequestReader(RequestDecoder decoder, String inputTopic) {
        this.decoder = decoder;
        this.inputTopic = inputTopic;
    }

    @Override
    public void init(FixedKeyProcessorContext<byte[], Outgoing> processorContext) {
        context = processorContext;
    }

    @Override
    public void process(FixedKeyRecord<byte[], byte[]> input) {
        FixedKeyProcessorContext<byte[], Outgoing> out = requireNonNull(context);
        switch (decoder.decode(inputTopic, input.key(), input.value(), input.headers())) {
            case Request.Follow follow -> out.forward(accepted(input, follow.key(), follow));
            case Request.Stop stop -> out.forward(accepted(input, stop.key(), stop));
            case Request.Unreadable unreadable -> out.forward(deadLetter(input, unreadable, out.recordMetadata()));
        }
        out.commit();
    }

    /** Without the headers of the input: nobody reads them, and large ones would not fit into the repartition topic. */
    private static FixedKeyRecord<byte[], Outgoing> accepted(
            FixedKeyRecord<byte[], byte[]> input, SessionKey key, Request request) {
        return input.<Outgoing>withValue(new Outgoing.Accepted(key, request)).withHeaders(new RecordHeaders());
    }

    private static FixedKeyRecord<byte[], Outgoing> deadLetter(
            FixedKeyRecord<byte[], byte[]> input, Request.Unreadable unreadable, Optional<RecordMetadata> origin) {
        log.atWarn()
                .addKeyValue("reason", unreadable.reason().code())
                .addKeyValue("partition", origin.map(RecordMetadata::partition).orElse(-1))
                .addKeyValue("offset", origin.map(RecordMetadata::offset).orElse(-1L))
                .log("Input record goes to the dead-letter topic: {}", unreadable.message());
        return input.<Outgoing>withValue(new Outgoing.DeadLetter(input.key(), input.value()))
                .withHeaders(DeadLetterHeaders.of(input.headers(), unreadable.reason(), unreadable.message(), origin));
    }
}
