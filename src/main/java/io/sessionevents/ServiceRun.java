package io.sessionevents;

import io.sessionevents.avro.ConfluentSchemaRegistry;
import io.sessionevents.cli.CommandFailedException;
import io.sessionevents.cli.Interrupts;
import io.sessionevents.cli.ServiceRunner;
import io.sessionevents.emr.SourceDirectory;
import io.sessionevents.health.ProcessHealth;
import io.sessionevents.history.HistoryTopics;
import io.sessionevents.history.TopicHistories;
import io.sessionevents.http.HttpApi;
import io.sessionevents.http.HttpService;
import io.sessionevents.http.InstanceInfo;
import io.sessionevents.metrics.ServiceMetrics;
import io.sessionevents.preflight.Readiness;
import io.sessionevents.preflight.WarmUp;
import io.sessionevents.session.SessionHistories;
import io.sessionevents.session.Sources;
import io.sessionevents.settings.Configuration;
import io.sessionevents.streams.StreamsSettings;
import io.sessionevents.tracking.TopologyDiagram;
import io.sessionevents.tracking.TopologyShape;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.errors.StreamsException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The command {@code run}: checks the surroundings, waits for what may pass, ends for what will not, and then runs the
 * service until it is interrupted.
 */
public final class ServiceRun implements ServiceRunner {
    private static final Logger log = LoggerFactory.getLogger(ServiceRun.class);

    /** Kafka Streams has no type for it. */
    private static final String SAME_DIRECTORY = "same state directory";

    @Override
    public int run(Configuration configuration, Interrupts interrupts) throws InterruptedException, IOException {
        configuration.warnings().forEach(log.atWarn()::log);
        WarmUp.begin(configuration);
        var stop = new CountDownLatch(1);
        var metrics = new ServiceMetrics(Version.number(), configuration.sourceNames());
        var health = new ProcessHealth();
        var service = new AtomicReference<@Nullable SessionEvents>();
        interrupts.onInterrupt(() -> {
            stop.countDown();
            health.stops();
            SessionEvents running = service.get();
            if (running != null) {
                running.close();
            }
        });
        try (var registry = new ConfluentSchemaRegistry(configuration.registry(), metrics, System::nanoTime);
                var http = listen(configuration, ports(configuration, registry, metrics, health, service))) {
            log.atInfo().log("Health and metrics at {}", http);
            var readiness = new Readiness(configuration, registry, Main.sources(configuration));
            switch (readiness.await(health::waitsFor, stop)) {
                case INTERRUPTED -> {
                    return 0;
                }
                case NOT_READY -> {
                    return 1;
                }
                case READY -> {}
            }
            Sources sources = SourceDirectory.ask(Main.sources(configuration), log.atWarn()::log);
            SessionEvents events = wired(configuration, sources, registry, metrics, http.advertisedAddress());
            service.set(events);
            health.starts(events);
            if (stop.getCount() == 0) {
                events.close();
                return 0;
            }
            events.start();
            log.atInfo()
                    .addKeyValue("version", Version.number())
                    .addKeyValue("sources", configuration.sourceNames())
                    .log(
                            "Tracking sessions published to {}",
                            configuration.topics().input());
            return events.awaitEnd() ? 0 : 1;
        }
    }

    private static SessionEvents wired(
            Configuration configuration,
            Sources sources,
            ConfluentSchemaRegistry registry,
            ServiceMetrics metrics,
            @Nullable String address) {
        try {
            return new SessionEvents(configuration, sources, registry, metrics, address);
        } catch (StreamsException e) {
            throw String.valueOf(e.getMessage()).contains(SAME_DIRECTORY)
                    ? new CommandFailedException(
                            "Another process uses the state directory "
                                    + StreamsSettings.stateDirectory(configuration.kafka())
                                            .toAbsolutePath()
                                    + ". Give each instance one of its own: kafka.state.dir.",
                            e)
                    : e;
        }
    }

    private static HttpService listen(Configuration configuration, HttpApi.Ports ports) {
        var http = configuration.http();
        try {
            return HttpService.listen(http, Version.number(), configuration.topics(), ports, InstantSource.system());
        } catch (IOException | RuntimeException e) {
            throw new CommandFailedException(
                    "Port " + http.port() + " of " + http.host() + " cannot be had: " + e.getMessage()
                            + ". Set http.port (0 for a free one) and http.host.",
                    e);
        }
    }

    private static HttpApi.Ports ports(
            Configuration configuration,
            ConfluentSchemaRegistry registry,
            ServiceMetrics metrics,
            ProcessHealth health,
            AtomicReference<@Nullable SessionEvents> service) {
        Instant startedAt = Instant.now();
        TopologyDescription topology =
                TopologyShape.describe(configuration.tracking(), StreamsSettings.of(configuration.kafka()));
        return new HttpApi.Ports(
                health,
                metrics::scrape,
                topology.toString(),
                TopologyDiagram.mermaid(topology),
                () -> started(service, health).statistics(),
                () -> info(configuration, startedAt, service.get()),
                () -> started(service, health).sessions(),
                () -> started(service, health).sweeps().own(),
                histories(configuration, registry));
    }

    /** Read from the topics, so that they are there while Kafka Streams starts or restores. */
    private static SessionHistories histories(Configuration configuration, ConfluentSchemaRegistry registry) {
        return TopicHistories.of(
                configuration.kafka().client("consumer."),
                HistoryTopics.of(configuration.topics()),
                registry,
                System::nanoTime);
    }

    private static SessionEvents started(AtomicReference<@Nullable SessionEvents> service, ProcessHealth health) {
        SessionEvents running = service.get();
        if (running == null) {
            throw health.notStarted();
        }
        return running;
    }

    private static InstanceInfo info(Configuration configuration, Instant startedAt, @Nullable SessionEvents service) {
        return new InstanceInfo(
                Version.number(),
                Runtime.version().toString(),
                startedAt,
                configuration.kafka().streamsApplicationId(),
                configuration.topics(),
                service == null ? "" : service.sessions().instance(),
                service == null ? "NOT_STARTED" : service.tasks().state(),
                service == null ? List.of() : service.tasks().all());
    }
}
