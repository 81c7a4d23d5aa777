package io.sessionevents.tracking;

import static java.util.Objects.requireNonNull;

import io.sessionevents.calls.CommitWatch;
import io.sessionevents.session.DeadLetterReason;
import io.sessionevents.session.RecordLimit;
import io.sessionevents.session.Request;
import io.sessionevents.session.WaitingInput;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps input records whose schema is not there yet, and reads each as soon as it is, in the order in which they came; none
 * waits for another. One whose schema the registry goes on not to know, and one that has waited for a day, becomes a dead
 * letter. Its store and its topic are ours alone and keyed by arrival, so nothing depends on the partitions and offsets of the
 * input topic. Owned by the StreamThread.
 */
final class WaitingInputReader implements Processor<Integer, WaitingInput, byte[], Outgoing> {
    static final Duration RETRY_INTERVAL = Duration.ofMillis(250);
    static final Duration LONGEST_WAIT = Duration.ofDays(1);

    private static final long NOT_YET = -1;

    /** How long a new process may wait for its first answer about a schema, however long the record has waited before. */
    private static final Duration LONGEST_PENDING = Duration.ofMinutes(10);

    private static final Logger log = LoggerFactory.getLogger(WaitingInputReader.class);
    private static final Duration REPORT_INTERVAL = Duration.ofMinutes(1);

    /** Looked at in one go: few enough that the StreamThread is back within a fraction of a second. */
    private static final int MOST_AT_ONCE = 2_000;

    private static final long MOST_BYTES_AT_ONCE = 8L * 1024 * 1024;
    private static final long MOST_COUNTED = 10_000;

    private final RequestDecoder decoder;
    private final Duration patience;
    private final String inputTopic;
    private final RecordLimit deadLetters;
    private final TrackingListener listener;
    private final CommitWatch watch;
    private @Nullable ProcessorContext<byte[], Outgoing> context;
    private @Nullable InputOutcomes outcomes;
    private @Nullable KeyValueStore<Long, WaitingInput> waiting;
    private @Nullable PacedCommits commits;
    private @Nullable Cancellable retries;
    private long records;
    private long arrivals;
    /** The arrival at which the next pass goes on. */
    private long position;

    private Instant reported = Instant.EPOCH;
    private long openedAt = NOT_YET;

    /**
     * Reads what waits.
     *
     * @param patience how long the registry may not know a schema before its records are given up
     * @param deadLetters what the dead-letter topic takes
     */
    WaitingInputReader(
            RequestDecoder decoder,
            Duration patience,
            String inputTopic,
            RecordLimit deadLetters,
            TrackingListener listener,
            CommitWatch watch) {
        this.decoder = decoder;
        this.patience = patience;
        this.inputTopic = inputTopic;
        this.deadLetters = deadLetters;
        this.listener = listener;
        this.watch = watch;
    }

    @Override
    public void init(ProcessorContext<byte[], Outgoing> processorContext) {
        close();
        context = processorContext;
        outcomes = new InputOutcomes(processorContext, inputTopic, deadLetters, listener);
        waiting = processorContext.getStateStore(TrackingTopology.WAITING);
        commits = new PacedCommits(processorContext, watch);
        openedAt = NOT_YET;
        position = 0;
        arrivals = last() + 1;
        count(stored());
        if (records > 0) {
            retryLater();
        }
    }

    @Override
    public void close() {
        rest();
        if (commits != null) {
            commits.close();
        }
        count(-records);
    }

    private long last() {
        try (KeyValueIterator<Long, WaitingInput> all = waiting().reverseAll()) {
            return all.hasNext() ? all.next().key : -1;
        }
    }

    /** Enough of them for a metric; a flood must not hold up the StreamThread. */
    private long stored() {
        long stored = 0;
        try (KeyValueIterator<Long, WaitingInput> all = waiting().all()) {
            for (; all.hasNext() && stored < MOST_COUNTED; all.next()) {
                stored++;
            }
        }
        return stored;
    }

    private void count(long more) {
        records += more;
        listener.waiting(more);
    }

    @Override
    public void process(Record<Integer, WaitingInput> arrived) {
        waiting().put(arrivals++, arrived.value());
        count(1);
        if (retries == null) {
            retryLater();
        }
        requireNonNull(commits).requestInPassing();
    }

    private void retryLater() {
        retries = context().schedule(RETRY_INTERVAL, PunctuationType.WALL_CLOCK_TIME, this::retry);
    }

    private void rest() {
        if (retries != null) {
            retries.cancel();
            retries = null;
        }
    }

    /** Goes on where the last pass ended, so that what waits in vain holds nothing up. */
    private void retry(long now) {
        openedAt = openedAt == NOT_YET ? now : openedAt;
        int read = 0;
        int seen = 0;
        long bytes = 0;
        String obstacle = "";
        try (KeyValueIterator<Long, WaitingInput> ahead = waiting().range(position, Long.MAX_VALUE)) {
            while (ahead.hasNext() && seen++ < MOST_AT_ONCE && bytes < MOST_BYTES_AT_ONCE) {
                KeyValue<Long, WaitingInput> next = ahead.next();
                position = next.key + 1;
                bytes += next.value.input().bytes();
                String why = tryToRead(next, now);
                read += why == null ? 1 : 0;
                obstacle = why == null ? obstacle : why;
            }
            position = ahead.hasNext() ? position : 0;
        }
        if (read > 0) {
            requireNonNull(commits).request();
        }
        if (records <= 0 && position == 0 && last() < 0) {
            rest();
        }
        report(obstacle, now);
    }

    /** Returns why it still waits; null: it was read. */
    private @Nullable String tryToRead(KeyValue<Long, WaitingInput> kept, long now) {
        Request request;
        try {
            request = decoder.decode(
                    inputTopic,
                    kept.value.input().key(),
                    kept.value.input().value(),
                    InputOutcomes.headers(kept.value.input()));
        } catch (RequestDecoder.RetryLaterException e) {
            Request.Unreadable givenUp = givenUp(e, kept.value.since(), now);
            if (givenUp == null) {
                return String.valueOf(e.getMessage());
            }
            request = givenUp;
        }
        requireNonNull(outcomes).handOn(kept.value.input(), request, now);
        var _ = waiting().delete(kept.key);
        count(-Math.min(1, records));
        return null;
    }

    private Request.@Nullable Unreadable givenUp(RequestDecoder.RetryLaterException why, Instant since, long now) {
        Duration waited = Duration.between(since, Instant.ofEpochMilli(now));
        boolean firstAnswerToCome = why.why() == RequestDecoder.RetryLaterException.Why.PENDING
                && now - openedAt < LONGEST_PENDING.toMillis();
        if (firstAnswerToCome) {
            return null;
        }
        String message = why.getMessage() + " The record has waited for " + waited.toSeconds() + " s.";
        if (why.why() == RequestDecoder.RetryLaterException.Why.UNKNOWN_SCHEMA && waited.compareTo(patience) >= 0) {
            return new Request.Unreadable(DeadLetterReason.UNKNOWN_SCHEMA, message);
        }
        return waited.compareTo(LONGEST_WAIT) >= 0
                ? new Request.Unreadable(DeadLetterReason.WAITED_TOO_LONG, message)
                : null;
    }

    private void report(String obstacle, long now) {
        Instant at = Instant.ofEpochMilli(now);
        if (!obstacle.isEmpty() && !at.isBefore(reported.plus(REPORT_INTERVAL))) {
            reported = at;
            log.atWarn()
                    .addKeyValue("task", context().taskId())
                    .addKeyValue("records", records)
                    .log("Input waits, nothing of it is lost: {}", obstacle);
        }
    }

    private KeyValueStore<Long, WaitingInput> waiting() {
        return requireNonNull(waiting);
    }

    private ProcessorContext<byte[], Outgoing> context() {
        return requireNonNull(context);
    }
}
