package io.sessionevents.tracking;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.session.DeadLetterReason;
import io.sessionevents.session.InputRecord;
import io.sessionevents.session.Request;
import io.sessionevents.session.SessionKey;
import io.sessionevents.tracking.TrackingListener.Input;
import java.time.Duration;
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

/** What is read at once, what waits, and what is a dead letter. */
class RequestReaderTest {
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final MockProcessorContext<byte[], Outgoing> context = new MockProcessorContext<>(new Properties());
    private final KeyValueStore<Long, InputRecord> waiting = Stores.keyValueStoreBuilder(
                    Stores.inMemoryKeyValueStore(TrackingTopology.WAITING),
                    Serdes.Long(),
                    TextSerdes.objects(InputRecord.class))
            .withLoggingDisabled()
            .build();
    private final HeardTracking heard = new HeardTracking();
    private final RequestReader reader = new RequestReader(this::decode, "in", heard);
    private boolean registryAway;
    private long offset;

    @BeforeEach
    void start() {
        context.setCurrentSystemTimeMs(1_000);
        waiting.init(context.getStateStoreContext(), waiting);
        context.addStateStore(waiting);
        reader.init(context);
    }

    @Test
    void shouldHandOnAtOnceWhatNeedsNoRegistryAndTheRestInOrderWhenItIsBack() {
        registryAway = true;
        read("avro app/first");
        read("app/text");
        read("avro app/second");
        assertThat(handedOn()).containsExactly("app/text");
        assertThat(heard.waiting).hasValue(2);
        assertThat(context.committed()).isTrue();

        retry();
        assertThat(handedOn()).containsExactly("app/text");

        registryAway = false;
        retry();
        assertThat(handedOn()).containsExactly("app/text", "app/first", "app/second");
        assertThat(waitingRecords()).isZero();
        assertThat(heard.waiting).hasValue(0);
        assertThat(heard.inputs)
                .containsExactly(Input.WAITING, Input.FOLLOW, Input.WAITING, Input.FOLLOW, Input.FOLLOW);
        assertThat(retries()).allMatch(CapturedPunctuator::cancelled);
    }

    @Test
    void shouldTakeUpWhatWaitedInItsFormerLife() {
        registryAway = true;
        read("avro app/first");
        registryAway = false;

        reader.close();
        assertThat(heard.waiting).hasValue(0);
        new RequestReader(this::decode, "in", heard).init(context);
        assertThat(heard.waiting).hasValue(1);
        CapturedPunctuator last = retries().getLast();
        last.getPunctuator().punctuate(1);

        assertThat(handedOn()).containsExactly("app/first");
    }

    @Test
    void shouldDeadLetterWhatIsTooLargeEvenWithoutARegistry() {
        registryAway = true;
        read("avro app/" + "x".repeat(RequestReader.LARGEST_BYTES));

        Record<? extends byte[], ? extends Outgoing> letter =
                context.forwarded().getFirst().record();
        assertThat(letter.value()).isInstanceOf(Outgoing.DeadLetter.class);
        assertThat(heard.deadLetters).containsExactly(DeadLetterReason.TOO_LARGE);
        assertThat(letter.headers().lastHeader("session-events.reason").value())
                .asString(UTF_8)
                .isEqualTo("too-large");
        assertThat(waitingRecords()).isZero();
    }

    private void read(String value) {
        context.setRecordMetadata("in", 0, offset++);
        reader.process(new Record<>(null, value.getBytes(UTF_8), 0));
    }

    private void retry() {
        retries().stream()
                .filter(punctuator -> !punctuator.cancelled())
                .forEach(punctuator -> punctuator.getPunctuator().punctuate(1));
    }

    private List<CapturedPunctuator> retries() {
        return context.scheduledPunctuators().stream()
                .filter(punctuator -> punctuator.getType() == PunctuationType.WALL_CLOCK_TIME)
                .filter(punctuator -> punctuator.getInterval().equals(RETRY))
                .toList();
    }

    private List<String> handedOn() {
        return context.forwarded().stream()
                .map(forwarded ->
                        ((Outgoing.Accepted) forwarded.record().value()).key().toString())
                .toList();
    }

    private int waitingRecords() {
        int count = 0;
        try (KeyValueIterator<Long, InputRecord> all = waiting.all()) {
            for (; all.hasNext(); count++) {
                InputRecord _ = all.next().value;
            }
        }
        return count;
    }

    private Request decode(String topic, byte @Nullable [] key, byte @Nullable [] value, Object headers) {
        String text = value == null ? "" : new String(value, UTF_8);
        if (text.startsWith("avro ") && registryAway) {
            throw new RequestDecoder.NotNowException("away", new IllegalStateException());
        }
        return new Request.Follow(SessionKey.parse(text.replace("avro ", "")), Map.of());
    }
}
