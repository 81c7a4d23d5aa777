package io.sessionevents.metrics;

import java.util.Set;

/**
 * What is shown of the hundreds of metrics that Kafka Streams and its clients have: one number each for the whole process,
 * over its threads, tasks and partitions.
 */
enum KafkaMetric {
    CLIENT_STATE(Group.CLIENT, "client-state", Of.MAX),
    ALIVE_THREADS(Group.CLIENT, "alive-stream-threads", Of.MAX),
    FAILED_THREADS(Group.CLIENT, "failed-stream-threads", Of.MAX),
    POLL_RATE(Group.THREAD, "poll-rate", Of.SUM),
    POLL_LATENCY(Group.THREAD, "poll-latency-max", Of.MAX),
    PROCESS_RATE(Group.THREAD, "process-rate", Of.SUM),
    PROCESS_LATENCY(Group.THREAD, "process-latency-max", Of.MAX),
    PUNCTUATE_RATE(Group.THREAD, "punctuate-rate", Of.SUM),
    PUNCTUATE_LATENCY(Group.THREAD, "punctuate-latency-max", Of.MAX),
    COMMIT_RATE(Group.THREAD, "commit-rate", Of.SUM),
    COMMIT_LATENCY(Group.THREAD, "commit-latency-max", Of.MAX),
    RESTORING_TASKS(Group.RESTORATION, "active-restoring-tasks", Of.SUM),
    RESTORE_REMAINING(Group.TASK, "restore-remaining-records-total", Of.SUM),
    DROPPED_RECORDS(Group.TASK, "dropped-records-rate", Of.SUM),
    /** All stores of the process share one cache, and each of them tells its whole use. */
    BLOCK_CACHE(Group.STORE, "block-cache-usage", Of.MAX),
    MEMTABLES(Group.STORE, "size-all-mem-tables", Of.SUM),
    STORE_FILES(Group.STORE, "total-sst-files-size", Of.SUM),
    STORE_ERRORS(Group.STORE, "background-errors", Of.SUM),
    LAG(Group.FETCHER, "records-lag-max", Of.MAX),
    CONSUMED(Group.FETCHER, "records-consumed-rate", Of.SUM),
    REBALANCES(Group.COORDINATOR, "rebalance-rate-per-hour", Of.MAX),
    LAST_REBALANCE(Group.COORDINATOR, "last-rebalance-seconds-ago", Of.MIN),
    LAST_HEARTBEAT(Group.COORDINATOR, "last-heartbeat-seconds-ago", Of.MAX),
    SENT(Group.PRODUCER, "record-send-rate", Of.SUM),
    SEND_ERRORS(Group.PRODUCER, "record-error-rate", Of.SUM);

    /** How the numbers of the threads, tasks and partitions become one. */
    enum Of {
        SUM,
        MAX,
        MIN
    }

    /** A group of Kafka's metrics, and the tags that tell the level wanted from the others in it. */
    enum Group {
        CLIENT("stream-metrics", "client-id"),
        THREAD("stream-thread-metrics", "thread-id"),
        RESTORATION("stream-state-updater-metrics", "thread-id"),
        TASK("stream-task-metrics", "thread-id", "task-id"),
        STORE("stream-state-metrics", "thread-id", "task-id", "rocksdb-state-id"),
        FETCHER("consumer-fetch-manager-metrics", "client-id"),
        COORDINATOR("consumer-coordinator-metrics", "client-id"),
        PRODUCER("producer-metrics", "client-id");

        private final String kafkaName;

        @SuppressWarnings("ImmutableEnumChecker") // made by Set.of
        private final Set<String> tags;

        Group(String kafkaName, String... tags) {
            this.kafkaName = kafkaName;
            this.tags = Set.of(tags);
        }

        String kafkaName() {
            return kafkaName;
        }

        Set<String> tags() {
            return tags;
        }
    }

    private final Group group;
    private final String kafkaName;
    private final Of of;

    KafkaMetric(Group group, String kafkaName, Of of) {
        this.group = group;
        this.kafkaName = kafkaName;
        this.of = of;
    }

    Group group() {
        return group;
    }

    /** As Kafka's documentation names it. */
    String kafkaName() {
        return kafkaName;
    }

    Of of() {
        return of;
    }

    /** As Micrometer's own binder would name it; but nothing here is a counter. */
    String meterName() {
        return "kafka." + group.kafkaName().replace("-metrics", "").replace('-', '.') + "."
                + kafkaName.replace("-total", "").replace('-', '.');
    }
}
