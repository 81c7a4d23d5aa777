package io.sessionevents.tracking;

import static java.util.Objects.requireNonNull;

import io.sessionevents.calls.CommitWatch;
import io.sessionevents.session.DeadLetterReason;
import io.sessionevents.session.InputRecord;
import io.sessionevents.session.RecordLimits;
import io.sessionevents.session.Request;
import io.sessionevents.session.WaitingInput;
import io.sessionevents.tracking.TrackingListener.Input;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * First stage: reads the input topic, any key, any format, and hands requests on; what cannot be understood becomes a
 * dead letter. What cannot be understood <b>yet</b>, because its schema is not there, goes on to wait
 * ({@link WaitingInputReader}). Keeps nothing, because the input topic belongs to others: it may get more partitions, or be
 * deleted and made anew. Owned by the StreamThread.
 */
final class RequestReader implements Processor<byte[], byte[], byte[], Outgoing> {

    /** Twice what 64 labels of 1,024 characters can take. */
    static final int LARGEST_BYTES = 768 * 1024;

    /** What an internal topic takes beside the bytes of the input record: names, times, what is known of a session. */
    static final int ROOM_BYTES = 16 * 1024;

    private final RequestDecoder decoder;
    private final String inputTopic;
    private final RecordLimits limits;
    private final TrackingListener listener;
    private final CommitWatch watch;
    private @Nullable ProcessorContext<byte[], Outgoing> context;
    private @Nullable InputOutcomes outcomes;
    private @Nullable PacedCommits commits;

    RequestReader(
            RequestDecoder decoder,
            String inputTopic,
            RecordLimits limits,
            TrackingListener listener,
            CommitWatch watch) {
        this.decoder = decoder;
        this.inputTopic = inputTopic;
        this.limits = limits;
        this.listener = listener;
        this.watch = watch;
    }

    @Override
    public void init(ProcessorContext<byte[], Outgoing> processorContext) {
        close();
        context = processorContext;
        outcomes = new InputOutcomes(processorContext, inputTopic, limits.deadLetter(), listener);
        commits = new PacedCommits(processorContext, watch);
    }

    @Override
    public void close() {
        if (commits != null) {
            commits.close();
        }
    }

    @Override
    public void process(Record<byte[], byte[]> read) {
        InputRecord input = input(read);
        try {
            requireNonNull(outcomes).handOn(input, decode(input), read.timestamp());
        } catch (RequestDecoder.RetryLaterException e) {
            listener.inputRead(Input.WAITING);
            var waiting = new WaitingInput(input, Instant.ofEpochMilli(context().currentSystemTimeMs()));
            context().forward(new Record<>(input.key(), new Outgoing.Unread(waiting), read.timestamp()));
        }
        requireNonNull(commits).request();
    }

    private Request decode(InputRecord input) {
        int internal = limits.internal().bytes();
        int largest = Math.min(LARGEST_BYTES, internal - Math.min(ROOM_BYTES, internal / 2));
        if (input.bytes() > largest) {
            return new Request.Unreadable(
                    DeadLetterReason.TOO_LARGE,
                    "a record of %d bytes, expected at most %d".formatted(input.bytes(), largest));
        }
        return decoder.decode(inputTopic, input.key(), input.value(), InputOutcomes.headers(input));
    }

    private InputRecord input(Record<byte[], byte[]> read) {
        List<InputRecord.Header> headers = new ArrayList<>();
        read.headers().forEach(header -> headers.add(new InputRecord.Header(header.key(), header.value())));
        RecordMetadata place = context().recordMetadata().orElseThrow();
        return new InputRecord(read.key(), read.value(), headers, place.partition(), place.offset());
    }

    private ProcessorContext<byte[], Outgoing> context() {
        return requireNonNull(context);
    }
}
