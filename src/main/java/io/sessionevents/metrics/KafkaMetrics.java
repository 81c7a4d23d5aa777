package io.sessionevents.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.sessionevents.metrics.KafkaMetric.Group;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/**
 * Gauges of what {@link KafkaMetric} allows. A number that Kafka does not have, because nothing happened of late, is not a
 * number (NaN).
 */
final class KafkaMetrics {
    private static final String RESTORE_CONSUMER = "-restore-consumer";
    private static final Map<String, KafkaMetric> BY_NAME = Arrays.stream(KafkaMetric.values())
            .collect(Collectors.toUnmodifiableMap(
                    metric -> key(metric.group().kafkaName(), metric.kafkaName()), Function.identity()));

    private final MeterRegistry registry;
    private final Supplier<Map<MetricName, ? extends Metric>> source;
    private volatile Map<KafkaMetric, Double> latest = Map.of();

    /** @param source every metric of a Kafka Streams client, its consumers' and producers' included */
    KafkaMetrics(MeterRegistry registry, Supplier<Map<MetricName, ? extends Metric>> source) {
        this.registry = registry;
        this.source = source;
    }

    void register() {
        for (KafkaMetric metric : KafkaMetric.values()) {
            Gauge.builder(metric.meterName(), () -> latest.getOrDefault(metric, Double.NaN))
                    .description("Kafka's " + metric.kafkaName() + ", " + metric.of() + " over the process")
                    .register(registry);
        }
    }

    /** Takes the numbers in, in one pass over all there are. */
    void read() {
        Map<KafkaMetric, Double> now = new EnumMap<>(KafkaMetric.class);
        source.get().forEach((name, metric) -> {
            KafkaMetric allowed = BY_NAME.get(key(name.group(), name.name()));
            if (allowed != null && isWanted(allowed.group(), name)) {
                double value = value(metric);
                if (!Double.isNaN(value)) {
                    now.merge(allowed, value, together(allowed.of()));
                }
            }
        });
        latest = now;
    }

    /** A store that is being closed may not answer, and that is no reason to show nothing else. */
    private static double value(Metric metric) {
        try {
            return metric.metricValue() instanceof Number number ? number.doubleValue() : Double.NaN;
        } catch (RuntimeException e) {
            return Double.NaN;
        }
    }

    /** Of one level, and not of the consumers that restore stores. */
    private static boolean isWanted(Group group, MetricName name) {
        boolean level = name.tags().keySet().stream()
                .filter(tag -> !tag.equals("process-id") && !tag.equals("application-id"))
                .collect(Collectors.toSet())
                .equals(group.tags());
        return level && !name.tags().getOrDefault("client-id", "").endsWith(RESTORE_CONSUMER);
    }

    private static BinaryOperator<Double> together(KafkaMetric.Of of) {
        return switch (of) {
            case SUM -> Double::sum;
            case MAX -> Math::max;
            case MIN -> Math::min;
        };
    }

    private static String key(String group, String name) {
        return group + "/" + name;
    }
}
