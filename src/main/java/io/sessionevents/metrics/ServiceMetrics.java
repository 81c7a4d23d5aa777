package io.sessionevents.metrics;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.sessionevents.avro.RegistryException;
import io.sessionevents.avro.RegistryListener;
import io.sessionevents.session.DeadLetterReason;
import io.sessionevents.session.StateChange;
import io.sessionevents.session.UsageRecord;
import io.sessionevents.tracking.TrackingListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of a process: those of {@link ServiceMetric}, and what is allowed of Kafka's and the JVM's. Hears of events
 * here, asks for levels ({@link ServiceGauges}) at every scrape. Safe for use by many threads, and never blocks one.
 */
public final class ServiceMetrics implements TrackingListener, RegistryListener, AutoCloseable {
    private static final List<Double> LOOKUP_SECONDS = List.of(0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0);
    private static final List<Double> LAG_SECONDS = List.of(0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 300.0, 600.0);

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final List<String> sources;
    private final Map<ServiceMetric, Map<Labels, Counter>> counters = new EnumMap<>(ServiceMetric.class);
    private final Map<String, Timer> registryCalls = new HashMap<>();
    private final Map<String, Timer> lookups = new HashMap<>();
    private final Map<String, Timer> lag = new HashMap<>();
    private final JvmMetrics jvm;
    private final AtomicLong waiting = new AtomicLong();
    private final List<Runnable> beforeScrape = new ArrayList<>();
    private volatile Function<String, @Nullable String> losses = source -> null;

    /** Values of the labels of one series; empty for none. */
    private record Labels(String source, String value) {}

    /**
     * Counts from 0.
     *
     * @param version of the service
     * @param sources names of those that are configured
     */
    public ServiceMetrics(String version, List<String> sources) {
        this.sources = List.copyOf(sources);
        jvm = new JvmMetrics(registry);
        Stream.of(ServiceMetric.values())
                .filter(metric -> metric.type() == Meter.Type.COUNTER)
                .forEach(this::startAtZero);
        this.sources.forEach(source -> {
            lookups.put(source, histogram(ServiceMetric.LOOKUP_DURATION, source, LOOKUP_SECONDS));
            lag.put(source, histogram(ServiceMetric.LAG, source, LAG_SECONDS));
        });
        ServiceMetric.REGISTRY
                .labelValues()
                .forEach(outcome -> registryCalls.put(
                        outcome,
                        timer(ServiceMetric.REGISTRY)
                                .tag(ServiceMetric.REGISTRY.label(), outcome)
                                .register(registry)));
        ServiceGauges.build(registry, version);
    }

    /** Begins to ask for levels, and for what Kafka's clients say of themselves. */
    public synchronized void measure(Levels levels, Supplier<Map<MetricName, ? extends Metric>> kafka) {
        var gauges = new ServiceGauges(registry, levels);
        gauges.register(waiting::get, source -> massLoss(source) != null);
        beforeScrape.add(gauges::read);
        var streams = new KafkaMetrics(registry, kafka);
        streams.register();
        beforeScrape.add(streams::read);
    }

    /** All of them in Prometheus' text format. */
    public synchronized String scrape() {
        beforeScrape.forEach(Runnable::run);
        return registry.scrape();
    }

    /** Those of one source. */
    public SourceMetrics of(String source) {
        return new SourceMetrics(this, source);
    }

    void lookedUp(String source, Duration took) {
        requireNonNull(lookups.get(source), source).record(took);
    }

    @Override
    public void changed(StateChange change) {
        String source = change.key().source();
        count(ServiceMetric.CHANGES, source, LabelValues.code(change.state()));
        if (change.previousState() != null) {
            Duration age = Duration.between(change.occurredAt(), change.observedAt());
            requireNonNull(lag.get(source), source).record(age.isNegative() ? Duration.ZERO : age);
        }
    }

    @Override
    public void booked(UsageRecord usage) {
        count(ServiceMetric.USAGE_RECORDS, usage.key().source(), LabelValues.code(usage.status()));
    }

    @Override
    public void deadLettered(DeadLetterReason reason) {
        count(ServiceMetric.DEAD_LETTERS, "", reason.code());
    }

    @Override
    public void inputRead(Input input) {
        count(ServiceMetric.INPUT, "", LabelValues.code(input));
    }

    @Override
    public void waiting(long more) {
        waiting.addAndGet(more);
    }

    @Override
    public void asked(RegistryException.@Nullable Kind failure, Duration took) {
        // What we cannot use is an answer all the same.
        String outcome = failure == null || failure == RegistryException.Kind.UNSUPPORTED_SCHEMA
                ? "answered"
                : LabelValues.code(failure);
        Timer calls = registryCalls.get(outcome);
        requireNonNull(calls).record(took);
    }

    @Override
    public void mayAskForLosses(Function<String, @Nullable String> bySource) {
        losses = bySource;
    }

    @Override
    public void swept(String source, Sweep outcome) {
        count(ServiceMetric.SWEEPS, source, LabelValues.code(outcome));
    }

    @Override
    public void woken(String source) {
        count(ServiceMetric.WAKES, source, "");
    }

    @Override
    public void discovered(String source) {
        count(ServiceMetric.DISCOVERED, source, "");
    }

    @Override
    public void passedOver(String source, int stale, int unreadable) {
        count(ServiceMetric.PASSED_OVER, source, "stale", stale);
        count(ServiceMetric.PASSED_OVER, source, "unreadable", unreadable);
    }

    /** What is wrong where most sessions of a source seem to vanish at once; null if nothing is. */
    public @Nullable String massLoss(String source) {
        return losses.apply(source);
    }

    /** A StreamThread died and is replaced. */
    public void threadReplaced() {
        count(ServiceMetric.REPLACED, "", "");
    }

    @Override
    public void close() {
        jvm.close();
        registry.close();
    }

    private void startAtZero(ServiceMetric metric) {
        Map<Labels, Counter> byLabels = new HashMap<>();
        for (String source : metric.bySource() ? sources : List.of("")) {
            for (String value : metric.label().isEmpty() ? List.of("") : metric.labelValues()) {
                byLabels.put(
                        new Labels(source, value),
                        Counter.builder(metric.meterName())
                                .description(metric.description())
                                .tags(tags(metric, source, value))
                                .register(registry));
            }
        }
        counters.put(metric, byLabels);
    }

    /**
     * Tags of one series.
     *
     * @param source its name; empty if the metric is not by source
     * @param value of the metric's label; empty for none
     */
    static Tags tags(ServiceMetric metric, String source, String value) {
        Tags tags = Tags.empty();
        if (!source.isEmpty()) {
            tags = tags.and(ServiceMetric.SOURCE, source);
        }
        return value.isEmpty() ? tags : tags.and(metric.label(), value);
    }

    /**
     * Counts one.
     *
     * @param source its name; empty if the metric is not by source
     * @param value of the metric's label; empty for none
     */
    void count(ServiceMetric metric, String source, String value) {
        count(metric, source, value, 1);
    }

    private void count(ServiceMetric metric, String source, String value, int more) {
        var labels = new Labels(source, value);
        requireNonNull(requireNonNull(counters.get(metric)).get(labels), labels::toString)
                .increment(more);
    }

    private Timer histogram(ServiceMetric metric, String source, List<Double> seconds) {
        return timer(metric)
                .tags(tags(metric, source, ""))
                .serviceLevelObjectives(durations(seconds))
                .register(registry);
    }

    private static Timer.Builder timer(ServiceMetric metric) {
        return Timer.builder(metric.meterName()).description(metric.description());
    }

    private static Duration[] durations(List<Double> seconds) {
        Function<Double, Duration> duration = value -> Duration.ofMillis((long) (1000 * value));
        return seconds.stream().map(duration).toArray(Duration[]::new);
    }
}
