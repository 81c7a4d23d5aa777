package io.sessionevents;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;

import io.sessionevents.avro.InternalSerdes;
import io.sessionevents.avro.SchemaRegistry;
import io.sessionevents.avro.SchemaResolver;
import io.sessionevents.avro.SessionIdDecoder;
import io.sessionevents.avro.ValueSerdes;
import io.sessionevents.avro.WaitingDecoder;
import io.sessionevents.calls.CallBudget;
import io.sessionevents.calls.LookupDispatcher;
import io.sessionevents.calls.LookupSource;
import io.sessionevents.calls.LookupStatistics;
import io.sessionevents.calls.SteadyClock;
import io.sessionevents.emr.ResilientLookup;
import io.sessionevents.emr.SourceDirectory;
import io.sessionevents.emr.SourceSettings;
import io.sessionevents.health.AwsHealth;
import io.sessionevents.health.Health.Check;
import io.sessionevents.health.RegistryHealth;
import io.sessionevents.health.ServiceChecks;
import io.sessionevents.kafka.TopicLimits;
import io.sessionevents.metrics.Levels;
import io.sessionevents.metrics.ServiceMetrics;
import io.sessionevents.metrics.SourceMetrics;
import io.sessionevents.session.FleetSessions;
import io.sessionevents.session.LookupSchedule;
import io.sessionevents.session.RecordLimits;
import io.sessionevents.session.Source;
import io.sessionevents.session.Sources;
import io.sessionevents.session.TimeSource;
import io.sessionevents.settings.Configuration;
import io.sessionevents.streams.LocalTasks;
import io.sessionevents.streams.StoredSessions;
import io.sessionevents.streams.StreamsRuntime;
import io.sessionevents.streams.StreamsSettings;
import io.sessionevents.tracking.Formats;
import io.sessionevents.tracking.InternalTopics;
import io.sessionevents.tracking.TrackingTopology;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.streams.Topology;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The service, wired by constructors:
 *
 * <pre>
 * topology(read ─► track ─► write) ── dispatcher ── for each source: budget ── Retry(CircuitBreaker(permit(GetSession)))
 * </pre>
 */
public final class SessionEvents implements ServiceChecks, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SessionEvents.class);

    private final InstantSource clock = InstantSource.system();
    private final ServiceMetrics metrics;
    private final SchemaResolver schemas;
    private final TopicLimits topicLimits;
    private final RegistryHealth registryHealth = new RegistryHealth(clock);
    private final Map<String, AwsHealth> aws = new LinkedHashMap<>();
    private final List<ResilientLookup> clients = new ArrayList<>();
    private final LookupDispatcher dispatcher;
    private final StreamsRuntime streams;
    private final FleetSessions sessions;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean failed;
    private boolean closed;

    /**
     * Wires the service, with metrics of its own, for an instance that no other one asks for its sessions, and that asks nobody for
     * what is not configured of its sources.
     */
    public SessionEvents(Configuration configuration, SchemaRegistry registry) {
        this(
                configuration,
                SourceDirectory.configured(Main.sources(configuration)),
                registry,
                new ServiceMetrics(Version.number(), configuration.sourceNames()),
                null);
    }

    /**
     * Wires the service; nothing runs before {@link #start}.
     *
     * @param known what is known of the sources
     * @param metrics closed with it
     * @param address where other instances reach this one, {@code host:port}; null: nowhere
     */
    SessionEvents(
            Configuration configuration,
            Sources known,
            SchemaRegistry registry,
            ServiceMetrics metrics,
            @Nullable String address) {
        this.metrics = metrics;
        var steady = SteadyClock.over(System::nanoTime, clock);
        List<SourceSettings> sources = Main.sources(configuration);
        dispatcher = new LookupDispatcher(
                sources.stream().map(source -> lookups(source, steady)).toList(), System::nanoTime, clock);

        Properties settings = StreamsSettings.of(configuration.kafka(), address);
        var internal = InternalTopics.of(configuration.kafka().streamsApplicationId());
        topicLimits = TopicLimits.unread(
                configuration.topics(),
                internal.all(),
                StreamsSettings.largestRecord(settings),
                StreamsSettings.admin(settings, "limits"));
        schemas = new SchemaResolver(registry, System::nanoTime);
        streams = new StreamsRuntime(
                topology(configuration, registry, known, topicLimits.limits(), settings),
                settings,
                configuration.instanceNaming(),
                configuration.topics().input(),
                topicLimits,
                dispatcher,
                steady,
                clock,
                new StreamsRuntime.Listener(metrics::threadReplaced, this::failed));
        sessions = streams.sessions(
                new StoredSessions.Store(
                        TrackingTopology.STORE,
                        internal.requests(),
                        configuration.tracking().partitions(),
                        configuration.sourceNames()),
                InternalSerdes.keys().serializer());
        metrics.measure(
                new Levels(dispatcher::statistics, source -> of(source).trouble() != null, this::running),
                streams::metrics);
    }

    /** What one source needs, and nothing of it is shared with another. */
    private LookupSource lookups(SourceSettings source, SteadyClock steady) {
        var health = new AwsHealth(source.name(), clock);
        SourceMetrics counted = metrics.of(source.name());
        var budget = new CallBudget(steady);
        var lookup = ResilientLookup.create(
                source.emr(),
                Version.number(),
                budget,
                source.retry(),
                new Random(),
                new TimeSource(clock, System::nanoTime),
                outcome -> {
                    counted.attempted(outcome);
                    health.attempted(outcome);
                });
        aws.put(source.name(), health);
        clients.add(lookup);
        return new LookupSource(source.name(), lookup, budget, source.limits(), counted);
    }

    private static LookupSchedule schedule(List<SourceSettings> sources) {
        return new LookupSchedule(
                sources.getFirst().limits().intervalMin(),
                sources.stream()
                        .collect(toMap(
                                SourceSettings::name, source -> source.limits().intervalMin())));
    }

    private Topology topology(
            Configuration configuration,
            SchemaRegistry registry,
            Sources known,
            RecordLimits limits,
            Properties settings) {
        var events = configuration.events();
        var values = ValueSerdes.of(events, configuration.registry(), registry);
        var input = ValueSerdes.of(events, configuration.registry(), schemas);
        var decoder = new SessionIdDecoder(input.deserializer(), known);
        return TrackingTopology.build(
                configuration.tracking(),
                limits,
                new Formats(
                        new WaitingDecoder(decoder, registryHealth::inputWaits),
                        InternalSerdes.keys(),
                        InternalSerdes.requests(),
                        InternalSerdes.trackedSessions(),
                        InternalSerdes.waitingInput(),
                        ValueSerdes.changes(events, configuration.topics().output(), values)),
                dispatcher,
                metrics,
                schedule(configuration.sources()),
                clock,
                settings);
    }

    /** Starts the service, unless it was closed; returns at once. */
    public synchronized void start() {
        if (!closed) {
            topicLimits.read();
            dispatcher.start(this::dispatchingFailed);
            streams.start();
        }
    }

    /** Whether the service has its tasks and is at work. */
    public boolean running() {
        return streams.running();
    }

    /** How the lookups of this instance stand. */
    public LookupStatistics statistics() {
        return dispatcher.statistics();
    }

    /** Metrics in the text format of Prometheus. */
    public String metrics() {
        return metrics.scrape();
    }

    /** The sessions of this instance and of the others. */
    FleetSessions sessions() {
        return sessions;
    }

    /** Which tasks this instance has. */
    LocalTasks tasks() {
        return streams.tasks();
    }

    @Override
    public List<Check> progressChecks() {
        return streams.progressChecks();
    }

    @Override
    public Check streamsCheck() {
        return streams.check();
    }

    @Override
    public List<Check> surroundingsChecks() {
        LookupStatistics lookups = dispatcher.statistics();
        boolean contact = lookups.leased() || lookups.partitions() == 0;
        List<Check> checks = new ArrayList<>();
        checks.add(new Check("group", contact, contact ? "heard from" : "not heard from: no call is made"));
        checks.add(new Check("hold", !lookups.held(), lookups.hold().text()));
        checks.add(registryHealth.check());
        lookups.sources().forEach((name, source) -> {
            checks.add(of(name).check(source));
            String loss = source.tracked() == 0 ? null : metrics.massLoss(name);
            checks.add(new Check(
                    Source.labelled("sessions", name),
                    loss == null,
                    loss == null ? source.tracked() + " tracked" : loss));
        });
        lookups.unconfigured()
                .forEach((name, count) -> checks.add(new Check(
                        Source.labelled("sessions", name),
                        false,
                        "source not configured: " + count
                                + " sessions are tracked and not looked up; add the source again, or"
                                + " stop them with 'session-events track --stop'")));
        return checks;
    }

    private AwsHealth of(String source) {
        return requireNonNull(aws.get(source), source);
    }

    /** Waits until the service has ended: true if it was closed, false if it failed. */
    public boolean awaitEnd() throws InterruptedException {
        ended.await();
        return !failed;
    }

    /** Ends it gracefully: commits what is done, leaves the group, drops lookups under way. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        streams.close();
        dispatcher.close();
        clients.forEach(ResilientLookup::close);
        schemas.close();
        metrics.close();
        streams.release();
        ended.countDown();
    }

    private void dispatchingFailed(Throwable failure) {
        log.atError().setCause(failure).log("Lookups cannot be launched any more, the service ends");
        failed();
    }

    private void failed() {
        failed = true;
        ended.countDown();
    }
}
