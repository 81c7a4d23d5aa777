package io.sessionevents;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.sessionevents.emr.AttemptListener;
import io.sessionevents.emr.ResilientLookup;
import io.sessionevents.session.CallBudget;
import io.sessionevents.session.Lookup;
import io.sessionevents.session.LookupSchedule;
import io.sessionevents.session.SessionState;
import io.sessionevents.tracking.LookupDispatcher;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Every metric of ours, by name. Never labelled with an id of a session or an application. */
final class ServiceMetrics implements AttemptListener {
    /** HTTP attempts by outcome: found, not-found, access-denied, validation, throttled, transient, … */
    static final String ATTEMPTS = "session.events.lookup.attempts";

    /** This instance's share of the budget, in calls per second. */
    static final String BUDGET = "session.events.lookup.budget";

    /** What is used of the share at present, in calls per second: less than the share after throttle answers. */
    static final String RATE = "session.events.lookup.rate";

    static final String IN_FLIGHT = "session.events.lookup.in.flight";

    /** Sessions followed by this instance. */
    static final String FOLLOWED = "session.events.sessions.followed";

    /** Partitions of the repartition topic that this instance has. */
    static final String PARTITIONS = "session.events.partitions";

    /** Age of the look that is the longest ago, in seconds. */
    static final String OLDEST_LOOK = "session.events.look.oldest";

    /** Time between two looks at a session, in seconds, by class of state: passing, active, idle. */
    static final String INTERVAL = "session.events.look.interval";

    /** 1 while no call is made because most recent ones failed, else 0. */
    static final String CIRCUIT_OPEN = "session.events.circuit.open";

    /** 1 while the membership of the consumer group is proven, else 0, and then no call is made. */
    static final String GROUP_CONTACT = "session.events.group.contact";

    private static final String SECONDS = "seconds";
    private static final Map<String, SessionState> CLASSES =
            Map.of("passing", SessionState.STARTING, "active", SessionState.BUSY, "idle", SessionState.IDLE);

    private final MeterRegistry registry;

    ServiceMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void attempted(Lookup outcome) {
        Counter.builder(ATTEMPTS)
                .description("HTTP attempts of GetSession")
                .tag("outcome", code(outcome))
                .register(registry)
                .increment();
    }

    /**
     * Begins to measure.
     *
     * @param minimum no session is looked at more often than this
     */
    void measure(LookupDispatcher dispatcher, CallBudget budget, ResilientLookup lookup, Duration minimum) {
        gauge(BUDGET, "Share of the call budget, in calls per second", null, budget::share);
        gauge(RATE, "Used part of the share, in calls per second", null, budget::callsPerSecond);
        gauge(IN_FLIGHT, "Lookups under way", null, dispatcher::inFlight);
        gauge(FOLLOWED, "Sessions followed", null, dispatcher::following);
        gauge(PARTITIONS, "Partitions with their sessions", null, dispatcher::openLanes);
        gauge(OLDEST_LOOK, "Age of the oldest look", SECONDS, () -> seconds(dispatcher.oldestLook()));
        gauge(CIRCUIT_OPEN, "Whether calls are stopped by an outage", null, () -> lookup.calling() ? 0 : 1);
        gauge(GROUP_CONTACT, "Whether the group has been heard from", null, () -> budget.leased() ? 1 : 0);
        CLASSES.forEach((name, state) -> Gauge.builder(INTERVAL, () -> {
                    Duration byBudget = dispatcher.interval(LookupSchedule.weight(state));
                    return seconds(byBudget.compareTo(minimum) > 0 ? byBudget : minimum);
                })
                .description("Time between two looks at a session")
                .baseUnit(SECONDS)
                .tag("class", name)
                .register(registry));
    }

    /** @param unit that ends the name for Prometheus; null for none */
    private void gauge(String name, String description, @Nullable String unit, Supplier<Number> value) {
        Gauge.builder(name, value).description(description).baseUnit(unit).register(registry);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private static String code(Lookup outcome) {
        return switch (outcome) {
            case Lookup.Found found -> "found";
            case Lookup.NotFound notFound -> "not-found";
            case Lookup.Refused refused -> code(refused.why());
            case Lookup.Unavailable none -> code(none.why());
        };
    }

    private static String code(Enum<?> why) {
        return why.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
