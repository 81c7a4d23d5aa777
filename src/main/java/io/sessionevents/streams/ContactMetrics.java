package io.sessionevents.streams;

import io.sessionevents.streams.MembershipProof.Heartbeats;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/**
 * The three metrics of each StreamThread that tell of its contact to the group. Kafka's clients have some two thousand, and copy
 * them for whoever asks, so these are searched for only now and then and kept between. One that is kept after its client is gone
 * counts no further, which proves nothing: {@link MembershipProof} lets the lease run out. Not safe for use by several threads.
 */
final class ContactMetrics {
    /** How soon the metrics of a StreamThread that was replaced are found; well within its lease. */
    static final Duration SEARCH_INTERVAL = Duration.ofSeconds(5);

    private static final String CONSUMER = "-consumer";

    private final Supplier<? extends Map<MetricName, ? extends Metric>> all;
    private final Set<String> replaced = new HashSet<>();
    private Map<String, Metric> answered = Map.of();
    private Map<String, Metric> sinceSent = Map.of();
    private Map<String, Metric> polls = Map.of();
    private Map<String, Double> polled = Map.of();
    private boolean searched;
    private long searchedAt;

    /** @param all of the Kafka Streams client, its consumers' included */
    ContactMetrics(Supplier<? extends Map<MetricName, ? extends Metric>> all) {
        this.all = all;
    }

    /**
     * What they say now, by name of the StreamThread, for those that have all three. One that has taken the place of another of its
     * name is left out once, because what is known of the other says nothing about it.
     *
     * @param content whether what is kept proves what should be proven; else they are searched for again
     * @param now nanoseconds of a monotonic clock
     */
    Map<String, Heartbeats> heartbeats(boolean content, long now) {
        replaced.clear();
        if (!content || !searched || now - searchedAt >= SEARCH_INTERVAL.toNanos()) {
            search(all.get());
            searched = true;
            searchedAt = now;
        }
        Map<String, Double> counts = values(answered);
        Map<String, Double> sent = values(sinceSent);
        // Last, so that none of them is older than an answer.
        polled = values(polls);
        Map<String, Heartbeats> heartbeats = new HashMap<>();
        counts.forEach((streamThread, count) -> {
            Double since = sent.get(streamThread);
            Double ended = polled.get(streamThread);
            if (since != null && ended != null && !replaced.contains(streamThread)) {
                heartbeats.put(streamThread, new Heartbeats(count, since, ended));
            }
        });
        return heartbeats;
    }

    /** Polls of all StreamThreads at that moment, of those without a heartbeat too. */
    Map<String, Double> polls() {
        return polled;
    }

    private void search(Map<MetricName, ? extends Metric> found) {
        Map<String, Metric> before = answered;
        answered = new HashMap<>();
        sinceSent = new HashMap<>();
        polls = new HashMap<>();
        found.forEach((name, metric) -> {
            if (name.group().equals("consumer-coordinator-metrics")) {
                switch (name.name()) {
                    case "heartbeat-total" -> answered.put(streamThread(name), metric);
                    case "last-heartbeat-seconds-ago" -> sinceSent.put(streamThread(name), metric);
                    default -> {}
                }
            } else if (name.group().equals("stream-thread-metrics")
                    && name.name().equals("poll-total")) {
                polls.put(name.tags().getOrDefault("thread-id", ""), metric);
            }
        });
        before.forEach((streamThread, metric) -> {
            // Equal only to itself.
            if (!metric.equals(answered.get(streamThread))) {
                replaced.add(streamThread);
            }
        });
    }

    private static String streamThread(MetricName name) {
        String client = name.tags().getOrDefault("client-id", "");
        return client.endsWith(CONSUMER) ? client.substring(0, client.length() - CONSUMER.length()) : client;
    }

    private static Map<String, Double> values(Map<String, Metric> metrics) {
        Map<String, Double> values = new HashMap<>();
        metrics.forEach((name, metric) -> values.put(name, ((Number) metric.metricValue()).doubleValue()));
        return values;
    }
}
