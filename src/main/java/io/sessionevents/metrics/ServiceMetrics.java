package io.sessionevents.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.sessionevents.avro.RegistryException;
import io.sessionevents.avro.RegistryListener;
import io.sessionevents.calls.LookupListener;
import io.sessionevents.session.AttemptListener;
import io.sessionevents.session.DeadLetterReason;
import io.sessionevents.session.Lookup;
import io.sessionevents.session.StateChange;
import io.sessionevents.tracking.TrackingListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
public final class ServiceMetrics
        implements AttemptListener, LookupListener, TrackingListener, RegistryListener, AutoCloseable {
    private static final List<Double> LOOKUP_SECONDS = List.of(0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0);
    private static final List<Double> LAG_SECONDS = List.of(0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 300.0, 600.0);

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Map<ServiceMetric, Map<String, Counter>> counters = new EnumMap<>(ServiceMetric.class);
    private final Map<String, Timer> registryCalls = new HashMap<>();
    private final Timer lookups;
    private final Timer lag;
    private final JvmMetrics jvm;
    private final AtomicLong waiting = new AtomicLong();
    private final List<Runnable> beforeScrape = new ArrayList<>();
    private volatile @Nullable String massLoss;

    /**
     * Counts from 0.
     *
     * @param version of the service
     */
    public ServiceMetrics(String version) {
        jvm = new JvmMetrics(registry);
        Stream.of(ServiceMetric.values())
                .filter(metric -> metric.type() == Meter.Type.COUNTER)
                .forEach(this::startAtZero);
        lookups = timer(ServiceMetric.LOOKUP_DURATION)
                .serviceLevelObjectives(durations(LOOKUP_SECONDS))
                .register(registry);
        lag = timer(ServiceMetric.LAG)
                .serviceLevelObjectives(durations(LAG_SECONDS))
                .register(registry);
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
        gauges.register(waiting::get, () -> massLoss() != null);
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

    @Override
    public void attempted(Lookup outcome) {
        count(ServiceMetric.ATTEMPTS, ServiceMetric.code(outcome));
    }

    @Override
    public void lookedUp(Lookup outcome, Duration took) {
        count(ServiceMetric.LOOKUPS, ServiceMetric.kind(outcome));
        lookups.record(took);
    }

    @Override
    public void resultDropped() {
        count(ServiceMetric.DROPPED, "");
    }

    @Override
    public void changed(StateChange change) {
        count(ServiceMetric.CHANGES, ServiceMetric.code(change.state()));
        if (change.previousState() != null) {
            Duration age = Duration.between(change.occurredAt(), change.observedAt());
            lag.record(age.isNegative() ? Duration.ZERO : age);
        }
    }

    @Override
    public void deadLettered(DeadLetterReason reason) {
        count(ServiceMetric.DEAD_LETTERS, reason.code());
    }

    @Override
    public void inputRead(Input input) {
        count(ServiceMetric.INPUT, ServiceMetric.code(input));
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
                : ServiceMetric.code(failure);
        Timer calls = registryCalls.get(outcome);
        Objects.requireNonNull(calls).record(took);
    }

    @Override
    public void massLoss(@Nullable String what) {
        massLoss = what;
    }

    /** What is wrong where most sessions seem to vanish at once; null if nothing is. */
    public @Nullable String massLoss() {
        return massLoss;
    }

    /** A StreamThread died and is replaced. */
    public void threadReplaced() {
        count(ServiceMetric.REPLACED, "");
    }

    @Override
    public void close() {
        jvm.close();
        registry.close();
    }

    private void startAtZero(ServiceMetric metric) {
        List<String> values = metric.label().isEmpty() ? List.of("") : metric.labelValues();
        Map<String, Counter> byValue = new HashMap<>();
        values.forEach(value -> {
            var counter = Counter.builder(metric.meterName()).description(metric.description());
            byValue.put(value, (value.isEmpty() ? counter : counter.tag(metric.label(), value)).register(registry));
        });
        counters.put(metric, byValue);
    }

    private void count(ServiceMetric metric, String value) {
        Objects.requireNonNull(Objects.requireNonNull(counters.get(metric)).get(value), value)
                .increment();
    }

    private static Timer.Builder timer(ServiceMetric metric) {
        return Timer.builder(metric.meterName()).description(metric.description());
    }

    private static Duration[] durations(List<Double> seconds) {
        Function<Double, Duration> duration = value -> Duration.ofMillis((long) (1000 * value));
        return seconds.stream().map(duration).toArray(Duration[]::new);
    }
}
