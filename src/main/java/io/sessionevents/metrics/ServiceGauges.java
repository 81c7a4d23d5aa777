package io.sessionevents.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.sessionevents.calls.LookupStatistics;
import io.sessionevents.session.SessionState;
import io.sessionevents.streams.KafkaVersion;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Levels: asked for once before every scrape, so that all gauges tell of the same moment. Used by whoever scrapes, one at a time.
 */
final class ServiceGauges {
    private final MeterRegistry registry;
    private final Levels levels;
    private LookupStatistics lookups;

    ServiceGauges(MeterRegistry registry, Levels levels) {
        this.registry = registry;
        this.levels = levels;
        this.lookups = levels.lookups().get();
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
    }

    /**
     * Registers them.
     *
     * @param waiting input records that wait
     * @param massLoss whether most sessions seem to vanish at once
     */
    void register(Supplier<Number> waiting, BooleanSupplier massLoss) {
        gauge(ServiceMetric.READY, () -> flag(levels.ready().getAsBoolean()));
        gauge(ServiceMetric.REFUSED, () -> flag(levels.refused().getAsBoolean()));
        gauge(ServiceMetric.WAITING, waiting);
        gauge(ServiceMetric.MASS_LOSS, () -> flag(massLoss.getAsBoolean()));
        gauge(ServiceMetric.BUDGET, () -> lookups.budget());
        gauge(ServiceMetric.SHARE, () -> lookups.share());
        gauge(ServiceMetric.RATE, () -> lookups.rate());
        gauge(ServiceMetric.IN_FLIGHT, () -> lookups.inFlight());
        gauge(ServiceMetric.CIRCUIT_OPEN, () -> flag(lookups.circuitOpen()));
        gauge(ServiceMetric.GROUP_CONTACT, () -> flag(lookups.leased()));
        gauge(ServiceMetric.HELD, () -> flag(lookups.held()));
        gauge(ServiceMetric.PARTITIONS, () -> lookups.partitions());
        gauge(ServiceMetric.TRACKED, () -> lookups.tracked());
        gauge(ServiceMetric.OLDEST_LOOK, () -> seconds(lookups.oldestLook()));
        lookups.intervals()
                .keySet()
                .forEach(name -> gauge(ServiceMetric.INTERVAL, name, () -> seconds(interval(name))));
        gauge(ServiceMetric.SESSIONS, ServiceMetric.UNSEEN, () -> lookups.unseen());
        Stream.of(SessionState.values())
                .filter(state -> !state.terminal())
                .forEach(state ->
                        gauge(ServiceMetric.SESSIONS, ServiceMetric.code(state), () -> lookups.tracked(state)));
    }

    private Duration interval(String name) {
        return lookups.intervals().getOrDefault(name, Duration.ZERO);
    }

    private void gauge(ServiceMetric metric, Supplier<Number> value) {
        gauge(metric, "", value);
    }

    /** @param of value of the metric's label; empty for none */
    private void gauge(ServiceMetric metric, String of, Supplier<Number> value) {
        var gauge = Gauge.builder(metric.meterName(), value).description(metric.description());
        if (!metric.unit().isEmpty()) {
            gauge.baseUnit(metric.unit());
        }
        if (!of.isEmpty()) {
            gauge.tag(metric.label(), of);
        }
        gauge.register(registry);
    }

    private static int flag(boolean value) {
        return value ? 1 : 0;
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
