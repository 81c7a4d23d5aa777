package io.sessionevents.tracking;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.calls.CommitWatch;
import io.sessionevents.kafka.RecordSize;
import io.sessionevents.logging.HeardLog;
import io.sessionevents.session.DeadLetterReason;
import io.sessionevents.session.RecordLimits;
import io.sessionevents.session.Request;
import io.sessionevents.session.SessionKey;
import io.sessionevents.tracking.TrackingListener.Input;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedPunctuator;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is read at once, what goes on to wait, and what is a dead letter. */
class RequestReaderTest {
    private final MockProcessorContext<byte[], Outgoing> context = new MockProcessorContext<>(new Properties());
    private final HeardTracking heard = new HeardTracking();
    private final RecordLimits limits = RecordLimits.unknown();
    private final RequestReader reader =
            new RequestReader(RequestReaderTest::decode, "in", limits, heard, new CommitWatch(System::nanoTime));
    private long offset;

    @BeforeEach
    void start() {
        context.setCurrentSystemTimeMs(1_000);
        reader.init(context);
    }

    @Test
    void shouldHandOnAtOnceWhatCanBeReadAndSendTheRestToWait() {
        read("avro app/first");
        read("app/text");

        assertThat(outgoing()).hasSize(2);
        assertThat(outgoing().getFirst()).isInstanceOfSatisfying(Outgoing.Unread.class, unread -> {
            assertThat(unread.waiting().since()).isEqualTo("1970-01-01T00:00:01Z");
            assertThat(unread.waiting().input().offset()).isZero();
        });
        assertThat(outgoing().getLast()).isInstanceOf(Outgoing.ForSession.class);
        assertThat(heard.inputs).containsExactly(Input.WAITING, Input.TRACK);
        assertThat(context.committed()).isTrue();
    }

    /** A publisher with a wrong serializer; the dead-letter topic and the metrics say all. */
    @Test
    void shouldLogAFewOfManyDeadLetters() {
        limits.internal().read(100);
        String bad = "x".repeat(100);
        try (var log = new HeardLog(InputOutcomes.class)) {
            for (int i = 0; i < 10_000; i++) {
                read(bad);
            }
            context.setCurrentSystemTimeMs(61_000);
            read(bad);

            assertThat(log.lines()).hasSize(4);
            assertThat(log.lines().getFirst()).doesNotContain("more");
            assertThat(log.lines().getLast()).endsWith("; and 9997 more since the last such line");
        }
        assertThat(outgoing()).hasSize(10_001);
    }

    @Test
    void shouldDeadLetterWhatIsTooLargeWithoutReadingIt() {
        read("avro app/" + "x".repeat(RequestReader.LARGEST_BYTES));

        assertThat(outgoing()).singleElement().isInstanceOf(Outgoing.DeadLetter.class);
        assertThat(heard.deadLetters).containsExactly(DeadLetterReason.TOO_LARGE);
        assertThat(text(forwarded().getFirst().headers(), DeadLetterHeaders.REASON))
                .isEqualTo("too-large");
    }

    @Test
    void shouldCountHeadersWithoutNameAndValue() {
        Headers headers = new RecordHeaders();
        for (int i = 0; i < RequestReader.LARGEST_BYTES / 8; i++) {
            headers.add("", null);
        }
        read("app/text", headers);

        assertThat(heard.deadLetters).containsExactly(DeadLetterReason.TOO_LARGE);
        Record<? extends byte[], ? extends Outgoing> letter = forwarded().getFirst();
        assertThat(limits.deadLetter().takes(RecordSize.of(letter.key(), new byte[0], letter.headers())))
                .isTrue();
    }

    @Test
    void shouldTakeNoMoreThanItsOwnTopicsTake() {
        limits.internal().read(20_000);
        read("app/text " + "x".repeat(10_001));
        limits.internal().read(100);
        read("app/text");
        read("app/" + "x".repeat(50));

        assertThat(heard.deadLetters).containsExactly(DeadLetterReason.TOO_LARGE, DeadLetterReason.TOO_LARGE);
        assertThat(outgoing()).element(1).isInstanceOf(Outgoing.ForSession.class);
    }

    @Test
    void shouldCutADeadLetterThatItsTopicDoesNotTake() {
        limits.deadLetter().read(200_000);
        read("x".repeat(3_000_000));

        Record<? extends byte[], ? extends Outgoing> letter = forwarded().getFirst();
        assertThat(((Outgoing.DeadLetter) letter.value()).value()).hasSize(FittingLetter.VALUE_HEAD);
        assertThat(text(letter.headers(), DeadLetterHeaders.VALUE_BYTES)).isEqualTo("3000000");
        assertThat(text(letter.headers(), DeadLetterHeaders.TOPIC)).isEqualTo("in");
        assertThat(text(letter.headers(), DeadLetterHeaders.PARTITION)).isEqualTo("0");
        assertThat(text(letter.headers(), DeadLetterHeaders.OFFSET)).isEqualTo("0");
    }

    @Test
    void shouldLeaveNothingBehindWhenItsTaskIsRevived() {
        read("app/first");
        reader.close();
        reader.init(context);
        reader.init(context);
        context.resetCommit();

        context.scheduledPunctuators().stream()
                .filter(punctuator -> !punctuator.cancelled())
                .forEach(punctuator -> punctuator.getPunctuator().punctuate(1));
        assertThat(context.committed()).isFalse();
        assertThat(context.scheduledPunctuators()).allMatch(CapturedPunctuator::cancelled);

        read("app/second");
        assertThat(context.committed()).isTrue();
        assertThat(outgoing()).hasSize(2);
    }

    private void read(String value) {
        read(value, new RecordHeaders());
    }

    private void read(String value, Headers headers) {
        context.setRecordMetadata("in", 0, offset++);
        reader.process(new Record<>(null, value.getBytes(UTF_8), 0, headers));
    }

    private List<Record<? extends byte[], ? extends Outgoing>> forwarded() {
        return context.forwarded().stream()
                .<Record<? extends byte[], ? extends Outgoing>>map(MockProcessorContext.CapturedForward::record)
                .toList();
    }

    private List<Outgoing> outgoing() {
        return forwarded().stream().<Outgoing>map(Record::value).toList();
    }

    private static String text(Headers headers, String name) {
        return new String(headers.lastHeader(name).value(), UTF_8);
    }

    private static Request decode(String topic, byte @Nullable [] key, byte @Nullable [] value, Object headers) {
        String text = value == null ? "" : new String(value, UTF_8);
        if (text.startsWith("avro ")) {
            throw new RequestDecoder.RetryLaterException("away", new IllegalStateException());
        }
        return new Request.Track(SessionKey.parse(text), Map.of());
    }
}
