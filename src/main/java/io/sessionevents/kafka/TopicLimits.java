package io.sessionevents.kafka;

import io.sessionevents.session.RecordLimit;
import io.sessionevents.session.RecordLimits;
import io.sessionevents.session.Topics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the topics take that are written to: read at the start, and lowered when a record is refused all the same, so that no
 * record is refused twice. Where it may not be read, Kafka's default counts. Safe for use by many threads.
 *
 * @param internal names of the topics that Kafka Streams creates for itself
 * @param largest record that the producer takes, in bytes
 * @param sizes asks the brokers for {@code max.message.bytes} by topic; blocks for at most ten seconds
 */
public record TopicLimits(
        Topics topics, List<String> internal, int largest, RecordLimits limits, Supplier<Map<String, Integer>> sizes)
        implements Refusals {
    private static final Logger log = LoggerFactory.getLogger(TopicLimits.class);
    private static final int SMALLEST = 2048;

    /**
     * Kafka's default, until they are read.
     *
     * @param largest record that the producer takes, in bytes
     * @param admin settings of the client that asks
     */
    public static TopicLimits unread(Topics topics, List<String> internal, int largest, Map<String, Object> admin) {
        return new TopicLimits(
                topics, internal, largest, RecordLimits.unknown(), () -> TopicSizes.read(admin, topics, internal));
    }

    /** Reads them; what cannot be read stays as it is. */
    public void read() {
        Map<String, Integer> found = sizes.get();
        Optional.ofNullable(found.get(topics.output())).ifPresent(limits.output()::read);
        Optional.ofNullable(found.get(topics.usage())).ifPresent(limits.usage()::read);
        Optional.ofNullable(found.get(topics.alerts())).ifPresent(limits.alerts()::read);
        Optional.ofNullable(found.get(topics.deadLetter())).ifPresent(limits.deadLetter()::read);
        smallest(found).ifPresent(limits.internal()::read);
        limits.all().forEach(limit -> limit.atMost(largest));
    }

    private Optional<Integer> smallest(Map<String, Integer> found) {
        IntStream sizes = internal.stream().filter(found::containsKey).mapToInt(found::get);
        return sizes.boxed().min(Integer::compare);
    }

    /**
     * Somebody has made the topic smaller, or its size may not be read. One refusal does not tell how much it takes, and a second
     * is to be avoided, so half of it is tried until the size is read.
     */
    @Override
    public void refused(ProducerRecord<byte[], byte[]> refused) {
        String topic = refused.topic();
        int bytes =
                (int) Math.min(Integer.MAX_VALUE / 2, RecordSize.of(refused.key(), refused.value(), refused.headers()));
        RecordLimit limit = limit(topic);
        limit.atMost(Math.max(SMALLEST, bytes / 2));
        log.atWarn()
                .addKeyValue("topic", topic)
                .addKeyValue("bytes", bytes)
                .log(
                        "A record is too large for its topic; those of at most {} bytes are written from now on",
                        limit.bytes());
        var _ = Thread.ofVirtual().name("topic-limits").start(() -> readAgain(topic, bytes));
    }

    private void readAgain(String topic, int refused) {
        Integer found = sizes.get().get(topic);
        if (found != null && found < refused + RecordLimit.OVERHEAD) {
            limit(topic).read(Math.min(found, largest));
        }
    }

    private RecordLimit limit(String topic) {
        if (topic.equals(topics.output())) {
            return limits.output();
        }
        if (topic.equals(topics.usage())) {
            return limits.usage();
        }
        if (topic.equals(topics.alerts())) {
            return limits.alerts();
        }
        return topic.equals(topics.deadLetter()) ? limits.deadLetter() : limits.internal();
    }
}
