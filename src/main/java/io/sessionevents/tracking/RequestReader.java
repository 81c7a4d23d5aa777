package io.sessionevents.tracking;

import static java.util.Objects.requireNonNull;

import io.sessionevents.session.DeadLetterReason;
import io.sessionevents.session.InputRecord;
import io.sessionevents.session.Request;
import io.sessionevents.tracking.TrackingListener.Input;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * First stage: reads the input topic, any key, any format, and hands requests on; what cannot be understood becomes a
 * dead letter with its original bytes. What cannot be understood <b>now</b>, because the schema registry does not answer,
 * waits in a store of its own and is tried again; the records behind it do not wait for it. Owned by the StreamThread.
 */
final class RequestReader implements Processor<byte[], byte[], byte[], Outgoing> {
    private static final Logger log = LoggerFactory.getLogger(RequestReader.class);
    private static final Duration RETRY_INTERVAL = Duration.ofSeconds(5);

    /** Records that waited and are read in one go: few enough to be done long before a transaction times out. */
    private static final int MOST_AT_ONCE = 10_000;

    private static final long MOST_COUNTED = 10_000;

    /**
     * Twice what 64 labels of 1,024 characters can take, and less than what the changelog of the store takes by default
     * (1 MiB).
     */
    static final int LARGEST_BYTES = 768 * 1024;

    private final RequestDecoder decoder;
    private final String inputTopic;
    private final TrackingListener listener;
    private @Nullable ProcessorContext<byte[], Outgoing> context;
    private @Nullable KeyValueStore<Long, InputRecord> waiting;
    private @Nullable PacedCommits commits;
    private @Nullable Cancellable retries;
    private long waitingRecords;

    RequestReader(RequestDecoder decoder, String inputTopic, TrackingListener listener) {
        this.decoder = decoder;
        this.inputTopic = inputTopic;
        this.listener = listener;
    }

    @Override
    public void init(ProcessorContext<byte[], Outgoing> processorContext) {
        context = processorContext;
        waiting = processorContext.getStateStore(TrackingTopology.WAITING);
        commits = new PacedCommits(processorContext);
        retries = null;
        countWaiting(stored() - waitingRecords);
        if (waitingRecords > 0) {
            retryLater();
        }
    }

    @Override
    public void close() {
        countWaiting(-waitingRecords);
    }

    /** Enough of them for a metric; a flood must not hold up the StreamThread. */
    private long stored() {
        long records = 0;
        try (KeyValueIterator<Long, InputRecord> all = waiting().all()) {
            for (; all.hasNext() && records < MOST_COUNTED; all.next()) {
                records++;
            }
        }
        return records;
    }

    private void countWaiting(long more) {
        waitingRecords += more;
        listener.waiting(more);
    }

    @Override
    public void process(Record<byte[], byte[]> read) {
        InputRecord input = input(read);
        try {
            handOn(input, decode(input), read.timestamp());
        } catch (RequestDecoder.NotNowException e) {
            waiting().put(input.offset(), input);
            countWaiting(1);
            listener.inputRead(Input.WAITING);
            if (retries == null) {
                log.atError()
                        .addKeyValue("task", context().taskId())
                        .log("Input waits, nothing of it is lost: {}", e.getMessage());
                retryLater();
            }
        }
        requireNonNull(commits).request();
    }

    private void retryLater() {
        retries = context().schedule(RETRY_INTERVAL, PunctuationType.WALL_CLOCK_TIME, this::retry);
    }

    /** One that still cannot be decoded ends the attempt: the others would ask the same registry. */
    private void retry(long now) {
        int read = 0;
        try (KeyValueIterator<Long, InputRecord> all = waiting().all()) {
            for (; all.hasNext() && read < MOST_AT_ONCE; read++) {
                InputRecord input = all.next().value;
                handOn(input, decode(input), now);
                var _ = waiting().delete(input.offset());
                countWaiting(-Math.min(1, waitingRecords));
            }
            log.atInfo()
                    .addKeyValue("task", context().taskId())
                    .addKeyValue("records", read)
                    .log("Input that waited was read");
            if (!all.hasNext()) {
                requireNonNull(retries).cancel();
                retries = null;
            }
        } catch (RequestDecoder.NotNowException e) {
            log.atWarn()
                    .addKeyValue("task", context().taskId())
                    .addKeyValue("records", waitingRecords)
                    .log("Input still waits: {}", e.getMessage());
        }
        requireNonNull(commits).request();
    }

    private Request decode(InputRecord input) {
        if (input.bytes() > LARGEST_BYTES) {
            return new Request.Unreadable(
                    DeadLetterReason.TOO_LARGE,
                    "a record of %d bytes, expected at most %d".formatted(input.bytes(), LARGEST_BYTES));
        }
        return decoder.decode(inputTopic, input.key(), input.value(), headers(input));
    }

    private void handOn(InputRecord input, Request request, long now) {
        listener.inputRead(kind(request));
        switch (request) {
            // Without the headers of the input: nobody reads them, and large ones would not fit into the next topic.
            case Request.Follow follow ->
                context().forward(new Record<>(input.key(), new Outgoing.Accepted(follow.key(), follow), now));
            case Request.Stop stop ->
                context().forward(new Record<>(input.key(), new Outgoing.Accepted(stop.key(), stop), now));
            case Request.Unreadable unreadable -> deadLetter(input, unreadable, now);
        }
    }

    private void deadLetter(InputRecord input, Request.Unreadable unreadable, long now) {
        log.atWarn()
                .addKeyValue("reason", unreadable.reason().code())
                .addKeyValue("partition", input.partition())
                .addKeyValue("offset", input.offset())
                .log("Input record goes to the dead-letter topic: {}", unreadable.message());
        listener.deadLettered(unreadable.reason());
        Headers headers = DeadLetterHeaders.ofInput(headers(input), inputTopic, input, unreadable);
        context().forward(new Record<>(input.key(), new Outgoing.DeadLetter(input.key(), input.value()), now, headers));
    }

    private static Input kind(Request request) {
        return switch (request) {
            case Request.Follow follow -> Input.FOLLOW;
            case Request.Stop stop -> Input.STOP;
            case Request.Unreadable unreadable -> Input.UNREADABLE;
        };
    }

    private InputRecord input(Record<byte[], byte[]> read) {
        List<InputRecord.Header> headers = new ArrayList<>();
        read.headers().forEach(header -> headers.add(new InputRecord.Header(header.key(), header.value())));
        RecordMetadata place = context().recordMetadata().orElseThrow();
        return new InputRecord(read.key(), read.value(), headers, place.partition(), place.offset());
    }

    private static Headers headers(InputRecord input) {
        Headers headers = new RecordHeaders();
        input.headers().forEach(header -> headers.add(header.name(), header.value()));
        return headers;
    }

    private KeyValueStore<Long, InputRecord> waiting() {
        return requireNonNull(waiting);
    }

    private ProcessorContext<byte[], Outgoing> context() {
        return requireNonNull(context);
    }
}
