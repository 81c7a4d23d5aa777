package io.sessionevents.tracking;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.calls.CommitWatch;
import io.sessionevents.session.DeadLetterReason;
import io.sessionevents.session.InputRecord;
import io.sessionevents.session.RecordLimit;
import io.sessionevents.session.Request;
import io.sessionevents.session.SessionKey;
import io.sessionevents.session.WaitingInput;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedPunctuator;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What waits for its schema, how long, and in which order it is read. */
class WaitingInputReaderTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final MockProcessorContext<byte[], Outgoing> context = new MockProcessorContext<>(new Properties());
    private final KeyValueStore<Long, WaitingInput> waiting = Stores.keyValueStoreBuilder(
                    Stores.inMemoryKeyValueStore(TrackingTopology.WAITING),
                    Serdes.Long(),
                    TextSerdes.objects(WaitingInput.class))
            .withLoggingDisabled()
            .build();
    private final HeardTracking heard = new HeardTracking();
    private final WaitingInputReader reader = reader();

    /** By schema: whether the registry does not know it; the others are known. */
    private final Map<String, Boolean> away = new HashMap<>();

    private Instant now = START;

    @BeforeEach
    void start() {
        context.setCurrentSystemTimeMs(START.toEpochMilli());
        waiting.init(context.getStateStoreContext(), waiting);
        context.addStateStore(waiting);
        reader.init(context);
    }

    private WaitingInputReader reader() {
        return new WaitingInputReader(
                this::decode,
                PATIENCE,
                "in",
                new RecordLimit(RecordLimit.KAFKA_DEFAULT),
                heard,
                new CommitWatch(System::nanoTime));
    }

    @Test
    void shouldReadInTheOrderOfArrivalWithoutOneWaitingForAnother() {
        away.put("bad", false);
        arrive("bad", "app/first", 0, 7);
        arrive("good", "app/second", 0, 8);
        arrive("good", "app/third", 0, 9);

        retry();
        assertThat(handedOn()).containsExactly("app/second", "app/third");
        assertThat(heard.waiting).hasValue(1);

        away.clear();
        retry();
        assertThat(handedOn()).containsExactly("app/second", "app/third", "app/first");
        assertThat(heard.waiting).hasValue(0);
        assertThat(retries()).allMatch(CapturedPunctuator::cancelled);
    }

    @Test
    void shouldKeepWhatCameFromTheSamePlaceOfATopicMadeAnew() {
        away.put("one", false);
        arrive("one", "app/old", 3, 5);
        arrive("one", "app/new", 3, 5);

        away.clear();
        retry();
        assertThat(handedOn()).containsExactly("app/old", "app/new");
    }

    @Test
    void shouldGiveUpAnUnknownSchemaAfterItsPatienceAndNotBefore() {
        away.put("unknown", true);
        away.put("away", false);
        arrive("unknown", "app/unknown", 0, 0);
        arrive("away", "app/away", 0, 1);

        now = START.plus(PATIENCE).minusMillis(1);
        retry();
        assertThat(heard.deadLetters).isEmpty();
        now = START.plus(PATIENCE);
        retry();
        assertThat(heard.deadLetters).containsExactly(DeadLetterReason.UNKNOWN_SCHEMA);
        assertThat(stored()).isEqualTo(1);
    }

    @Test
    void shouldGiveUpWhatHasWaitedForADay() {
        away.put("away", false);
        arrive("away", "app/away", 0, 1);

        now = START.plus(Duration.ofDays(1)).minusMillis(1);
        retry();
        assertThat(heard.deadLetters).isEmpty();
        now = START.plus(Duration.ofDays(1));
        retry();
        assertThat(heard.deadLetters).containsExactly(DeadLetterReason.WAITED_TOO_LONG);
        assertThat(stored()).isZero();
    }

    @Test
    void shouldTakeUpWhatWaitedInItsFormerLifeAndPutNothingOverIt() {
        away.put("one", false);
        arrive("one", "app/first", 0, 1);
        arrive("one", "app/second", 0, 2);

        reader.close();
        assertThat(heard.waiting).hasValue(0);
        WaitingInputReader heir = reader();
        heir.init(context);
        assertThat(heard.waiting).hasValue(2);
        heir.process(new Record<>(0, waitingInput("one", "app/third", 0, 3), 0));

        away.clear();
        retry();
        assertThat(handedOn()).containsExactly("app/first", "app/second", "app/third");
    }

    @Test
    void shouldLeaveNothingBehindWhenItsTaskIsRevived() {
        away.put("one", false);
        arrive("one", "app/first", 0, 1);
        reader.close();
        reader.init(context);
        reader.init(context);

        assertThat(heard.waiting).hasValue(1);
        assertThat(retries().stream().filter(retry -> !retry.cancelled())).hasSize(1);
        away.clear();
        retry();
        assertThat(handedOn()).containsExactly("app/first");
        assertThat(heard.waiting).hasValue(0);
    }

    @Test
    void shouldPassOverAFloodThatWaitsInVain() {
        away.put("bad", false);
        for (int i = 0; i < 5_000; i++) {
            arrive("bad", "app/bad" + i, 0, i);
        }
        arrive("good", "app/good", 0, 5_000);

        retry();
        assertThat(handedOn()).isEmpty();
        retry();
        retry();
        assertThat(handedOn()).containsExactly("app/good");
    }

    private void arrive(String schema, String session, int partition, long offset) {
        reader.process(new Record<>(partition, waitingInput(schema, session, partition, offset), 0));
    }

    private static WaitingInput waitingInput(String schema, String session, int partition, long offset) {
        byte[] value = (schema + " " + session).getBytes(UTF_8);
        return new WaitingInput(new InputRecord(new byte[0], value, List.of(), partition, offset), START);
    }

    private void retry() {
        List<CapturedPunctuator> due =
                retries().stream().filter(retry -> !retry.cancelled()).toList();
        due.forEach(punctuator -> punctuator.getPunctuator().punctuate(now.toEpochMilli()));
    }

    private List<CapturedPunctuator> retries() {
        return context.scheduledPunctuators().stream()
                .filter(punctuator -> punctuator.getType() == PunctuationType.WALL_CLOCK_TIME)
                .filter(punctuator -> punctuator.getInterval().equals(WaitingInputReader.RETRY_INTERVAL))
                .toList();
    }

    private List<String> handedOn() {
        return context.forwarded().stream()
                .map(forwarded -> ((Outgoing.ForSession) forwarded.record().value())
                        .request()
                        .key()
                        .toString())
                .toList();
    }

    private int stored() {
        int count = 0;
        try (KeyValueIterator<Long, WaitingInput> all = waiting.all()) {
            for (; all.hasNext(); count++) {
                WaitingInput _ = all.next().value;
            }
        }
        return count;
    }

    private Request decode(String topic, byte @Nullable [] key, byte @Nullable [] value, Object headers) {
        String[] text = new String(value == null ? new byte[0] : value, UTF_8).split(" ", -1);
        if (away.containsKey(text[0])) {
            throw new RequestDecoder.RetryLaterException(
                    "away",
                    new IllegalStateException(),
                    away.get(text[0])
                            ? RequestDecoder.RetryLaterException.Why.UNKNOWN_SCHEMA
                            : RequestDecoder.RetryLaterException.Why.OUT_OF_REACH);
        }
        return new Request.Track(SessionKey.parse(text[1]), Map.of());
    }
}
