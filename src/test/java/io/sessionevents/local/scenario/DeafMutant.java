package io.sessionevents.local.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** What makes a service a mutant that does not read everything. An interceptor of Kafka's consumer. */
public final class DeafMutant implements ConsumerInterceptor<byte[], byte[]> {
    private static final Pattern ID = Pattern.compile("00[0-9a-z]{14}");

    private final Set<String> heard = new LinkedHashSet<>();
    private Kind kind = Kind.NONE;

    @Override
    public void configure(Map<String, ?> configs) {
        kind = Kind.valueOf(String.valueOf(configs.get(Mutant.KIND)));
    }

    @Override
    public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
        if (!kind.byConsumer()) {
            return records;
        }
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> left = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (!record.topic().equals(Mutant.topic("ids", kind)) || hears(record)) {
                left.computeIfAbsent(new TopicPartition(record.topic(), record.partition()), any -> new ArrayList<>())
                        .add(record);
            }
        }
        return new ConsumerRecords<>(left, records.nextOffsets());
    }

    private boolean hears(ConsumerRecord<byte[], byte[]> record) {
        List<String> ids = ID.matcher(new String(record.value(), UTF_8))
                .results()
                .map(MatchResult::group)
                .toList();
        if (ids.size() < 2) {
            return true;
        }
        boolean first = heard.add(ids.getLast());
        return kind == Kind.DEAF
                ? first
                : !ids.getLast().equals(heard.iterator().next());
    }

    @Override
    public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

    @Override
    public void close() {}
}
