package io.sessionevents.metrics;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.sessionevents.calls.LookupStatistics;
import io.sessionevents.calls.SourceStatistics;
import io.sessionevents.session.AlertKind;
import io.sessionevents.session.SessionState;
import io.sessionevents.session.SweepStatus;
import io.sessionevents.streams.KafkaVersion;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Levels: asked for once before every scrape, so that all gauges tell of the same moment. Used by whoever scrapes, one at a time.
 */
final class ServiceGauges {
    /** Another instance makes the sweeps, or none. */
    private static final SweepStatus NOT_HERE = new SweepStatus(0, 0, null, null, List.of());

    private final MeterRegistry registry;
    private final Levels levels;
    private LookupStatistics lookups;
    private Map<String, SweepStatus> sweeps;

    ServiceGauges(MeterRegistry registry, Levels levels) {
        this.registry = registry;
        this.levels = levels;
        this.lookups = levels.lookups().get();
        this.sweeps = levels.sweeps().own();
    }

    /** What this process is. */
    static void build(MeterRegistry registry, String version) {
        Gauge.builder(ServiceMetric.BUILD.meterName(), () -> 1)
                .description(ServiceMetric.BUILD.description())
                .tag("version", version)
                .tag("java", Runtime.version().toString())
                .tag("kafka", KafkaVersion.number())
                .register(registry);
    }

    /** Asks for the levels of this moment. */
    void read() {
        lookups = levels.lookups().get();
        sweeps = levels.sweeps().own();
    }

    /**
     * Registers them.
     *
     * @param waiting input records that wait
     * @param massLoss whether most sessions of the source of that name seem to vanish at once
     */
    void register(Supplier<Number> waiting, Predicate<String> massLoss) {
        gauge(ServiceMetric.READY, () -> flag(levels.ready().getAsBoolean()));
        gauge(ServiceMetric.WAITING, waiting);
        gauge(ServiceMetric.GROUP_CONTACT, () -> flag(lookups.leased()));
        gauge(ServiceMetric.HELD, () -> flag(lookups.held()));
        gauge(ServiceMetric.PARTITIONS, () -> lookups.partitions());
        gauge(
                ServiceMetric.UNCONFIGURED,
                () -> lookups.unconfigured().values().stream()
                        .mapToInt(Integer::intValue)
                        .sum());
        lookups.sources().keySet().forEach(source -> register(source, massLoss));
    }

    private void register(String source, Predicate<String> massLoss) {
        registerSweeps(source);
        gauge(ServiceMetric.REFUSED, source, () -> flag(levels.refused().in(source, of(source), sweeps.get(source))));
        gauge(ServiceMetric.MASS_LOSS, source, () -> flag(of(source).looking() && massLoss.test(source)));
        gauge(ServiceMetric.BUDGET, source, () -> of(source).budget());
        gauge(ServiceMetric.SHARE, source, () -> of(source).share());
        gauge(ServiceMetric.RATE, source, () -> of(source).rate());
        gauge(ServiceMetric.IN_FLIGHT, source, () -> of(source).inFlight());
        gauge(
                ServiceMetric.CIRCUIT_OPEN,
                source,
                () -> flag(of(source).looking() && of(source).circuitOpen()));
        gauge(ServiceMetric.TRACKED, source, () -> of(source).tracked());
        gauge(ServiceMetric.OLDEST_LOOK, source, () -> seconds(of(source).oldestLook()));
        gauge(ServiceMetric.SETTLING, source, () -> of(source).settling());
        gauge(ServiceMetric.SETTLING_OVERDUE, source, () -> seconds(of(source).settlingOverdue()));
        of(source)
                .intervals()
                .keySet()
                .forEach(name -> gauge(
                        ServiceMetric.INTERVAL,
                        source,
                        name,
                        () -> seconds(of(source).intervals().getOrDefault(name, Duration.ZERO))));
        gauge(
                ServiceMetric.SESSIONS,
                source,
                LabelValues.UNSEEN,
                () -> of(source).unseen());
        Stream.of(AlertKind.values())
                .forEach(kind -> gauge(
                        ServiceMetric.ALERTS,
                        source,
                        LabelValues.code(kind),
                        () -> of(source).raised().getOrDefault(kind, 0)));
        Stream.of(SessionState.values())
                .filter(state -> !state.terminal())
                .forEach(state -> gauge(
                        ServiceMetric.SESSIONS,
                        source,
                        LabelValues.code(state),
                        () -> of(source).tracked(state)));
    }

    private void registerSweeps(String source) {
        gauge(ServiceMetric.LIST_BUDGET, source, () -> sweeps(source).budget());
        gauge(ServiceMetric.LIST_RATE, source, () -> sweeps(source).rate());
        gauge(ServiceMetric.LIST_REFUSED, source, () -> flag(sweeps(source).trouble() != null));
        gauge(ServiceMetric.SWEPT, source, () -> sweeps(source).applications().size());
        gauge(
                ServiceMetric.OLDEST_SWEEP,
                source,
                () -> seconds(sweeps(source).oldest(levels.clock().instant())));
    }

    private SweepStatus sweeps(String source) {
        return sweeps.getOrDefault(source, NOT_HERE);
    }

    private SourceStatistics of(String source) {
        return requireNonNull(lookups.sources().get(source), source);
    }

    private void gauge(ServiceMetric metric, Supplier<Number> value) {
        gauge(metric, "", "", value);
    }

    private void gauge(ServiceMetric metric, String source, Supplier<Number> value) {
        gauge(metric, source, "", value);
    }

    /**
     * Registers one.
     *
     * @param source its name; empty if the metric is not by source
     * @param of value of the metric's label; empty for none
     */
    private void gauge(ServiceMetric metric, String source, String of, Supplier<Number> value) {
        var gauge = Gauge.builder(metric.meterName(), value).description(metric.description());
        if (!metric.unit().isEmpty()) {
            gauge.baseUnit(metric.unit());
        }
        gauge.tags(ServiceMetrics.tags(metric, source, of)).register(registry);
    }

    private static int flag(boolean value) {
        return value ? 1 : 0;
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
