package io.sessionevents.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sessionevents.session.RecordLimit;
import io.sessionevents.session.RecordLimits;
import io.sessionevents.session.Topics;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

/** What is known of the sizes of topics, and what is learned when a record is refused. */
class TopicLimitsTest {
    private static final int LARGEST = 32_000_000;

    private final Map<String, Integer> sizes = new ConcurrentHashMap<>();
    private final RecordLimits limits = RecordLimits.unknown();
    private final TopicLimits topics = new TopicLimits(
            new Topics("in", "out", "usage", "alerts", false, "dlq"), List.of("a", "b"), LARGEST, limits, () -> sizes);

    @Test
    void shouldTakeKafkasDefaultForWhatCannotBeRead() {
        sizes.put("dlq", 5_000_000);
        topics.read();

        assertThat(limits.output().bytes()).isEqualTo(RecordLimit.KAFKA_DEFAULT);
        assertThat(limits.deadLetter().bytes()).isEqualTo(5_000_000);
        assertThat(limits.internal().bytes()).isEqualTo(RecordLimit.KAFKA_DEFAULT);
    }

    @Test
    void shouldKnowWhatEachTopicTakes() {
        sizes.putAll(Map.of("out", 10_000, "usage", 20_000, "alerts", 30_000, "dlq", 40_000));
        topics.read();
        topics.refused(record("alerts", 25_000));

        assertThat(limits.output().bytes()).isEqualTo(10_000);
        assertThat(limits.usage().bytes()).isEqualTo(20_000);
        assertThat(limits.alerts().bytes()).isLessThan(25_000);
        assertThat(limits.deadLetter().bytes()).isEqualTo(40_000);
    }

    @Test
    void shouldTakeTheSmallestOfTheInternalTopicsAndNoMoreThanTheProducerTakes() {
        sizes.putAll(Map.of("a", 500_000, "b", 400_000, "dlq", 100_000_000));
        topics.read();

        assertThat(limits.internal().bytes()).isEqualTo(400_000);
        assertThat(limits.deadLetter().bytes()).isEqualTo(LARGEST);
    }

    @Test
    void shouldReadAgainWhatATopicTakesThatRefusesARecord() {
        sizes.put("dlq", 40_000);
        topics.refused(record("dlq", 60_000));

        assertThat(limits.deadLetter().takes(60_000)).isFalse();
        await().until(() -> limits.deadLetter().bytes() == 40_000);
        assertThat(limits.output().bytes()).isEqualTo(RecordLimit.KAFKA_DEFAULT);
    }

    @Test
    void shouldNotTryNearlyAsMuchAgainWhereTheSizeCannotBeRead() {
        topics.refused(record("out", 900_000));
        topics.refused(record("b", 700_000));

        assertThat(limits.output().bytes()).isEqualTo(450_000);
        assertThat(limits.internal().bytes()).isEqualTo(350_000);
        assertThat(limits.deadLetter().bytes()).isEqualTo(RecordLimit.KAFKA_DEFAULT);
    }

    @Test
    void shouldNotBelieveASizeThatTheRefusedRecordKept() {
        sizes.put("out", 2_000_000);
        topics.refused(record("out", 900_000));

        await().during(java.time.Duration.ofMillis(200))
                .until(() -> limits.output().bytes() == 450_000);
    }

    /** One that takes that many bytes. */
    private static ProducerRecord<byte[], byte[]> record(String topic, int bytes) {
        int overhead = (int) RecordSize.of(null, null, new RecordHeaders());
        return new ProducerRecord<>(topic, new byte[bytes - overhead]);
    }
}
