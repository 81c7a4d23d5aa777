package io.sessionevents.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.sessionevents.MetricsSample;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.junit.jupiter.api.Test;

/** Many numbers of Kafka's become one each. */
class KafkaMetricsTest {
    private final Map<MetricName, Metric> kafka = new LinkedHashMap<>();

    @Test
    void shouldAddUpOverThreadsAndTakeTheLargestAndTheSmallest() {
        add("stream-thread-metrics", "poll-rate", 2.0, Map.of("thread-id", "1"));
        add("stream-thread-metrics", "poll-rate", 3.0, Map.of("thread-id", "2"));
        add("stream-state-metrics", "block-cache-usage", 7.0, store("a"));
        add("stream-state-metrics", "block-cache-usage", 7.0, store("b"));
        add("consumer-coordinator-metrics", "last-rebalance-seconds-ago", 60.0, Map.of("client-id", "1-consumer"));
        add("consumer-coordinator-metrics", "last-rebalance-seconds-ago", 5.0, Map.of("client-id", "2-consumer"));

        assertThat(scrape())
                .contains(
                        "kafka_stream_thread_poll_rate 5.0",
                        "kafka_stream_state_block_cache_usage 7.0",
                        "kafka_consumer_coordinator_last_rebalance_seconds_ago 5.0");
    }

    @Test
    void shouldLeaveOutOtherLevelsRestoringConsumersAndWhatIsNoNumber() {
        add("consumer-fetch-manager-metrics", "records-consumed-rate", 2.0, Map.of("client-id", "1-consumer"));
        add(
                "consumer-fetch-manager-metrics",
                "records-consumed-rate",
                2.0,
                Map.of("client-id", "1-consumer", "topic", "session-ids"));
        add("consumer-fetch-manager-metrics", "records-consumed-rate", 9.0, Map.of("client-id", "1-restore-consumer"));
        add("consumer-fetch-manager-metrics", "records-lag-max", Double.NaN, Map.of("client-id", "1-consumer"));
        add("stream-thread-metrics", "poll-rate", "fast", Map.of("thread-id", "1"));
        addFailing("stream-state-metrics", "size-all-mem-tables", store("a"));
        add("stream-metrics", "client-state", 2, Map.of("client-id", "1", "process-id", "x", "application-id", "y"));

        assertThat(scrape())
                .contains(
                        "kafka_consumer_fetch_manager_records_consumed_rate 2.0",
                        "kafka_consumer_fetch_manager_records_lag_max NaN",
                        "kafka_stream_thread_poll_rate NaN",
                        "kafka_stream_state_size_all_mem_tables NaN",
                        "kafka_stream_client_state 2.0");
    }

    private String scrape() {
        try (var metrics = MetricsSample.metrics(kafka)) {
            return metrics.scrape();
        }
    }

    private static Map<String, String> store(String task) {
        return Map.of("thread-id", "1", "task-id", task, "rocksdb-state-id", "tracked-sessions");
    }

    private void add(String group, String name, Object value, Map<String, String> tags) {
        put(group, name, tags, () -> value);
    }

    private void addFailing(String group, String name, Map<String, String> tags) {
        put(group, name, tags, () -> {
            throw new IllegalStateException("closed");
        });
    }

    private void put(String group, String name, Map<String, String> tags, Supplier<Object> value) {
        var full = new MetricName(name, group, "", tags);
        kafka.put(full, new Metric() {
            @Override
            public MetricName metricName() {
                return full;
            }

            @Override
            public Object metricValue() {
                return value.get();
            }
        });
    }
}
