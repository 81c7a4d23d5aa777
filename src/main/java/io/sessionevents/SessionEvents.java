package io.sessionevents;

import io.sessionevents.avro.InternalSerdes;
import io.sessionevents.avro.SchemaRegistry;
import io.sessionevents.avro.SchemaResolver;
import io.sessionevents.avro.TopologyFormats;
import io.sessionevents.calls.LookupDispatcher;
import io.sessionevents.calls.LookupSource;
import io.sessionevents.calls.LookupStatistics;
import io.sessionevents.calls.SteadyClock;
import io.sessionevents.calls.SweepSource;
import io.sessionevents.emr.EmrSource;
import io.sessionevents.emr.SourceDirectory;
import io.sessionevents.emr.SourceSettings;
import io.sessionevents.health.Health.Check;
import io.sessionevents.health.ServiceChecks;
import io.sessionevents.health.Surroundings;
import io.sessionevents.kafka.TopicLimits;
import io.sessionevents.metrics.Levels;
import io.sessionevents.metrics.ServiceMetrics;
import io.sessionevents.metrics.SourceMetrics;
import io.sessionevents.session.FleetSessions;
import io.sessionevents.session.ListAttemptListener;
import io.sessionevents.session.RecordLimits;
import io.sessionevents.session.Sources;
import io.sessionevents.session.SweptApplications;
import io.sessionevents.session.TimeSource;
import io.sessionevents.settings.Configuration;
import io.sessionevents.streams.LocalTasks;
import io.sessionevents.streams.StoredSessions;
import io.sessionevents.streams.StreamsRuntime;
import io.sessionevents.streams.StreamsSettings;
import io.sessionevents.tracking.InternalTopics;
import io.sessionevents.tracking.TrackingTopology;
import java.time.InstantSource;
import java.util.List;
import java.util.Properties;
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
 *          sweep ─► discover, wake ──── sweeps ──── for each source: budgets ── the same around ListSessions, ListApplications
 * </pre>
 */
public final class SessionEvents implements ServiceChecks, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SessionEvents.class);

    private final InstantSource clock = InstantSource.system();
    private final ServiceMetrics metrics;
    private final SchemaResolver schemas;
    private final TopicLimits topicLimits;
    private final Surroundings surroundings;
    private final LookupDispatcher dispatcher;
    private final StreamsRuntime streams;
    private final FleetSessions sessions;
    private final SweptApplications sweeps;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean failed;
    private boolean closed;

    /** Wires it with metrics of its own, for an instance that nobody asks, and that asks nobody about its sources. */
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
        surroundings = new Surroundings(configuration.sourceNames(), clock);
        var steady = SteadyClock.over(System::nanoTime, clock);
        var time = new TimeSource(clock, System::nanoTime);
        List<EmrSource> sources = Main.sources(configuration).stream()
                .map(source -> EmrSource.of(source, known.of(source.name()), Version.number(), steady, time))
                .toList();
        dispatcher = new LookupDispatcher(
                sources.stream().map(this::lookups).toList(),
                sources.stream().map(this::sweeps).toList(),
                System::nanoTime,
                clock);
        sweeps = dispatcher.sweeps()::statistics;

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
        var levels = new Levels(dispatcher::statistics, surroundings::refused, this::running, sweeps, clock);
        metrics.measure(levels, streams::metrics);
    }

    private LookupSource lookups(EmrSource source) {
        SourceMetrics counted = metrics.of(source.name());
        return source.lookups(counted.and(surroundings.aws(source.name())), counted);
    }

    private SweepSource sweeps(EmrSource source) {
        return source.sweeps(ListAttemptListener.both(metrics.of(source.name()), surroundings.aws(source.name())));
    }

    private Topology topology(
            Configuration configuration,
            SchemaRegistry registry,
            Sources known,
            RecordLimits limits,
            Properties settings) {
        return TrackingTopology.build(
                configuration.tracking(),
                limits,
                TopologyFormats.of(
                        configuration.events(),
                        configuration.registry(),
                        registry,
                        schemas,
                        known,
                        configuration.topics(),
                        surroundings.registry()::inputWaits),
                dispatcher,
                metrics,
                SourceSettings.schedule(configuration.sources()),
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

    /** What this instance sweeps. */
    SweptApplications sweeps() {
        return sweeps;
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
        return surroundings.checks(dispatcher.statistics(), metrics::massLoss, sweeps.own());
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
