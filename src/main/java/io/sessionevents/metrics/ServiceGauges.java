package io.sessionevents.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.sessionevents.calls.CallBudget;
import io.sessionevents.calls.LookIntervals;
import io.sessionevents.calls.LookupDispatcher;
import io.sessionevents.calls.LookupHold;
import io.sessionevents.session.SessionState;
import io.sessionevents.streams.KafkaVersion;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Levels, asked for at every scrape.
 *
 * @param waiting input records that wait
 * @param massLoss whether most sessions seem to vanish at once
 */
public record ServiceGauges(
        MeterRegistry registry, Sources sources, Supplier<Number> waiting, BooleanSupplier massLoss) {
    /**
     * Who knows the levels.
     *
     * @param limit budget of the fleet, in calls per second
     * @param minimum no session is looked at more often than this
     * @param calling whether calls are made, false while the circuit is open
     * @param refused whether AWS refuses credentials or clock
     * @param ready whether Kafka Streams is at work
     */
    public record Sources(
            LookupDispatcher dispatcher,
            CallBudget budget,
            double limit,
            Duration minimum,
            BooleanSupplier calling,
            BooleanSupplier refused,
            BooleanSupplier ready) {}

    /** What this process is. */
    static void build(MeterRegistry registry, String version) {
        Gauge.builder(ServiceMetric.BUILD.meterName(), () -> 1)
                .description(ServiceMetric.BUILD.description())
                .tag("version", version)
                .tag("java", Runtime.version().toString())
                .tag("kafka", KafkaVersion.number())
                .register(registry);
    }

    void register() {
        LookupDispatcher dispatcher = sources.dispatcher();
        CallBudget budget = sources.budget();
        gauge(ServiceMetric.READY, () -> flag(sources.ready().getAsBoolean()));
        gauge(ServiceMetric.BUDGET, sources::limit);
        gauge(ServiceMetric.SHARE, budget::share);
        gauge(ServiceMetric.RATE, budget::rate);
        gauge(ServiceMetric.IN_FLIGHT, dispatcher::inFlight);
        gauge(ServiceMetric.CIRCUIT_OPEN, () -> flag(!sources.calling().getAsBoolean()));
        gauge(ServiceMetric.REFUSED, () -> flag(sources.refused().getAsBoolean()));
        gauge(ServiceMetric.GROUP_CONTACT, () -> flag(budget.leased()));
        gauge(ServiceMetric.HELD, () -> flag(dispatcher.hold().reason() != LookupHold.Reason.NONE));
        gauge(ServiceMetric.PARTITIONS, dispatcher::openMailboxes);
        gauge(ServiceMetric.TRACKED, dispatcher::tracked);
        gauge(ServiceMetric.OLDEST_LOOK, () -> seconds(dispatcher.oldestLook()));
        gauge(ServiceMetric.WAITING, waiting);
        gauge(ServiceMetric.MASS_LOSS, () -> flag(massLoss.getAsBoolean()));
        var intervals = new LookIntervals(dispatcher, sources.minimum());
        LookIntervals.CLASSES
                .keySet()
                .forEach(name -> gauge(ServiceMetric.INTERVAL, name, () -> seconds(intervals.of(name))));
        gauge(ServiceMetric.SESSIONS, ServiceMetric.UNSEEN, () -> dispatcher.tracked(null));
        Stream.of(SessionState.values())
                .filter(state -> !state.terminal())
                .forEach(state ->
                        gauge(ServiceMetric.SESSIONS, ServiceMetric.code(state), () -> dispatcher.tracked(state)));
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
