package io.sessionevents;

import io.sessionevents.avro.InternalSerdes;
import io.sessionevents.avro.SchemaRegistry;
import io.sessionevents.avro.SchemaResolver;
import io.sessionevents.avro.SessionIdDecoder;
import io.sessionevents.calls.CallBudget;
import io.sessionevents.calls.LookupDispatcher;
import io.sessionevents.calls.LookupHold;
import io.sessionevents.config.Configuration;
import io.sessionevents.emr.AwsRegions;
import io.sessionevents.emr.EmrSettings;
import io.sessionevents.emr.Proxies;
import io.sessionevents.emr.ResilientLookup;
import io.sessionevents.emr.RetrySettings;
import io.sessionevents.health.AwsHealth;
import io.sessionevents.health.Health.Check;
import io.sessionevents.health.RegistryHealth;
import io.sessionevents.metrics.ServiceGauges;
import io.sessionevents.metrics.ServiceMetrics;
import io.sessionevents.session.Source;
import io.sessionevents.session.TimeSource;
import io.sessionevents.streams.FencedClients;
import io.sessionevents.streams.GroupContact;
import io.sessionevents.streams.InstanceName;
import io.sessionevents.streams.PollWatch;
import io.sessionevents.streams.StreamsSettings;
import io.sessionevents.streams.ThreadFailures;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The service, wired by constructors:
 *
 * <pre>
 * topology(read ─► track ─► write) ── dispatcher ── budget ── Retry(CircuitBreaker(permit(GetSession)))
 * </pre>
 */
public final class SessionEvents implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SessionEvents.class);
    static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(15);

    private final ServiceMetrics metrics;
    private final SchemaResolver schemas;
    private final TopicLimits topicLimits;
    private final AwsHealth aws = new AwsHealth(InstantSource.system());
    private final RegistryHealth registryHealth = new RegistryHealth(InstantSource.system());
    private final CallBudget budget;
    private final ResilientLookup lookup;
    private final LookupDispatcher dispatcher;
    private final KafkaStreams streams;
    private final GroupContact contact;
    private final Liveness liveness;
    private final StreamsSessions sessions;
    private final ServiceStatus status;
    private final CloseOptions closing;
    private final InstanceName name;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean failed;
    private boolean closed;

    /** Wires the service, with metrics of its own, for an instance that no other one asks for its sessions. */
    public SessionEvents(Configuration configuration, SchemaRegistry registry) {
        this(configuration, registry, new ServiceMetrics(Version.number()), null);
    }

    /**
     * Wires the service; nothing runs before {@link #start}.
     *
     * @param metrics closed with it
     * @param address where other instances reach this one, {@code host:port}; null: nowhere
     */
    SessionEvents(
            Configuration configuration, SchemaRegistry registry, ServiceMetrics metrics, @Nullable String address) {
        this.metrics = metrics;
        var clock = InstantSource.system();
        var lookups = configuration.lookups();

        var steady = SystemClock.steady();
        budget = new CallBudget(steady);
        lookup = ResilientLookup.create(
                emrSettings(configuration),
                Version.number(),
                budget,
                new RetrySettings(lookups.retryMaxAttempts(), lookups.retryBackoff(), lookups.retryBackoffMax()),
                new Random(),
                new TimeSource(clock, System::nanoTime),
                outcome -> {
                    metrics.attempted(outcome);
                    aws.attempted(outcome);
                });
        dispatcher = new LookupDispatcher(
                lookup, budget, ServiceTopology.limits(configuration), System::nanoTime, clock, metrics);

        schemas = new SchemaResolver(registry, System::nanoTime);
        Properties settings = StreamsSettings.of(configuration);
        topicLimits = TopicLimits.of(configuration, settings);
        if (address != null) {
            settings.putIfAbsent(StreamsConfig.APPLICATION_SERVER_CONFIG, address);
        }
        boolean leaving = StreamsSettings.givenName(settings) == null;
        closing = StreamsSettings.closing(settings, CLOSE_TIMEOUT);
        name = InstanceName.of(configuration, settings);
        if (name.predecessorMayLive() && StreamsSettings.givenName(settings) != null) {
            dispatcher.hold().forPredecessor(StreamsSettings.sessionTimeout(settings));
        }
        streams = new KafkaStreams(
                topology(configuration, registry, clock, settings),
                settings,
                new FencedClients(
                        dispatcher.commits(), leaving, configuration.topics().input(), topicLimits));
        streams.setUncaughtExceptionHandler(
                new ThreadFailures(clock, metrics::threadReplaced, StreamsSettings.givenName(settings)));
        streams.setStateListener((next, previous) -> stateChanged(next));
        sessions = new StreamsSessions(
                streams,
                InternalSerdes.keys().serializer(),
                configuration.trackingPartitions(),
                settings.getProperty(StreamsConfig.APPLICATION_SERVER_CONFIG));
        status = new ServiceStatus(configuration, dispatcher, budget, lookup, streams);
        var polls = new PollWatch(StreamsSettings.longestPollInterval(settings));
        contact = new GroupContact(
                streams::metrics, dispatcher::threads, budget, StreamsSettings.sessionTimeout(settings), polls, steady);
        liveness = new Liveness(polls, dispatcher, contact);
        metrics.measure(levels(lookups), streams::metrics);
    }

    private ServiceGauges.Sources levels(Configuration.Lookups lookups) {
        return new ServiceGauges.Sources(
                dispatcher,
                budget,
                lookups.budget(),
                lookups.intervalMin(),
                lookup::calling,
                () -> aws.trouble() != null,
                this::running);
    }

    /** How AWS is reached. */
    static EmrSettings emrSettings(Configuration configuration) {
        return new EmrSettings(
                configuration.aws().region(),
                configuration.aws().profile(),
                configuration.aws().endpointUrl(),
                Proxies.of(System.getenv(), System::getProperty),
                configuration.lookups().timeout(),
                configuration.lookups().maxConcurrent());
    }

    /** Whose sessions are looked up. */
    static Source source(Configuration configuration) {
        return new Source(
                AwsRegions.resolve(emrSettings(configuration)).orElse(null),
                configuration.aws().accountId());
    }

    private Topology topology(
            Configuration configuration, SchemaRegistry registry, InstantSource clock, Properties settings) {
        var values = ValueSerdes.of(configuration, registry);
        var input = ValueSerdes.of(configuration, schemas);
        return ServiceTopology.build(
                configuration,
                topicLimits.limits(),
                new WaitingDecoder(new SessionIdDecoder(input.deserializer(), source(configuration)), registryHealth),
                ValueSerdes.changes(configuration, values),
                dispatcher,
                metrics,
                clock,
                settings);
    }

    /** Starts the service, unless it was closed; returns at once. */
    public synchronized void start() {
        if (!closed) {
            topicLimits.read();
            contact.start();
            dispatcher.start(this::dispatchingFailed);
            streams.start();
        }
    }

    /** Whether the service has its tasks and is at work. */
    public boolean running() {
        return streams.state() == KafkaStreams.State.RUNNING;
    }

    /** Sessions tracked by this instance. */
    public int tracked() {
        return dispatcher.tracked();
    }

    /** Lookups answered so far, whatever the outcome. */
    public long lookups() {
        return dispatcher.answered();
    }

    /** Metrics in the text format of Prometheus. */
    public String metrics() {
        return metrics.scrape();
    }

    /** The sessions of this instance and of the others. */
    StreamsSessions sessions() {
        return sessions;
    }

    /** How the budget is spent, and which tasks there are. */
    ServiceStatus status() {
        return status;
    }

    /** What nothing but a restart would fix. */
    List<Check> progressChecks() {
        return liveness.checks();
    }

    /** Whether it is at work. */
    Check streamsCheck() {
        return new Check("streams", running(), "Kafka Streams is " + streams.state());
    }

    /** What depends on others, and what a restart would not fix. */
    public List<Check> surroundingsChecks() {
        boolean leased = budget.leased();
        boolean contact = leased || dispatcher.openMailboxes() == 0;
        LookupHold.Reason hold = dispatcher.hold().reason();
        return List.of(
                new Check("group", contact, contact ? "heard from" : "not heard from: no call is made"),
                new Check("hold", hold == LookupHold.Reason.NONE, hold.text()),
                registryHealth.check(),
                aws.check(lookup.calling(), budget),
                sessionsCheck());
    }

    /** Whether AWS shows the sessions that are tracked here. */
    private Check sessionsCheck() {
        String trouble = dispatcher.tracked() == 0 ? null : metrics.massLoss();
        return new Check("sessions", trouble == null, trouble == null ? dispatcher.tracked() + " tracked" : trouble);
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
        if (streams.close(closing)) {
            name.ended();
        } else {
            log.atWarn().log("The service did not end within {}", CLOSE_TIMEOUT);
        }
        contact.close();
        dispatcher.close();
        lookup.close();
        schemas.close();
        metrics.close();
        name.close();
        ended.countDown();
    }

    private void dispatchingFailed(Throwable failure) {
        log.atError().setCause(failure).log("Lookups cannot be launched any more, the service ends");
        failed = true;
        ended.countDown();
    }

    private void stateChanged(KafkaStreams.State next) {
        log.atInfo().addKeyValue("state", next).log("Kafka Streams");
        if (next == KafkaStreams.State.ERROR) {
            failed = true;
            ended.countDown();
        }
    }
}
