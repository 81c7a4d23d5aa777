package io.sessionevents;

import io.sessionevents.avro.ConfluentSchemaRegistry;
import io.sessionevents.avro.RegistryAvroSerde;
import io.sessionevents.avro.RegistryException;
import io.sessionevents.avro.SchemaRegistry;
import io.sessionevents.cli.CommandFailedException;
import io.sessionevents.cli.Interrupts;
import io.sessionevents.cli.ServiceRunner;
import io.sessionevents.config.Configuration;
import io.sessionevents.metrics.ServiceMetrics;
import io.sessionevents.preflight.Finding;
import io.sessionevents.preflight.Outcome;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The command {@code run}: checks the surroundings, waits for what may pass, ends for what will not, and then runs the
 * service until it is interrupted.
 */
public final class ServiceRun implements ServiceRunner {
    private static final Logger log = LoggerFactory.getLogger(ServiceRun.class);
    private static final int RECHECK_SECONDS = 5;

    @Override
    public int run(Configuration configuration, Interrupts interrupts) throws InterruptedException, IOException {
        configuration.warnings().forEach(log.atWarn()::log);
        WarmUp.begin(configuration);
        var stop = new CountDownLatch(1);
        var metrics = new ServiceMetrics(Version.number());
        var health = new ServiceHealth(metrics);
        var service = new AtomicReference<@Nullable SessionEvents>();
        interrupts.onInterrupt(() -> {
            stop.countDown();
            SessionEvents running = service.get();
            if (running != null) {
                running.close();
            }
        });
        try (var http = listen(configuration, health);
                var registry = new ConfluentSchemaRegistry(configuration.registry(), metrics, System::nanoTime)) {
            log.atInfo().log("Health and metrics at {}", http);
            switch (awaitReady(configuration, registry, health, stop)) {
                case INTERRUPTED -> {
                    return 0;
                }
                case NOT_READY -> {
                    return 1;
                }
                case READY -> {}
            }
            var events = new SessionEvents(
                    configuration, registry, metrics, AdvertisedAddress.of(configuration.http(), http.address()));
            service.set(events);
            health.starts(events);
            if (stop.getCount() == 0) {
                events.close();
                return 0;
            }
            events.start();
            log.atInfo()
                    .addKeyValue("version", Version.number())
                    .addKeyValue("budget", configuration.lookups().budget())
                    .log(
                            "Tracking sessions published to {}",
                            configuration.topics().input());
            return events.awaitEnd() ? 0 : 1;
        }
    }

    private enum Readiness {
        READY,
        NOT_READY,
        INTERRUPTED
    }

    private static ServiceHttp listen(Configuration configuration, ServiceHealth health) {
        var http = configuration.http();
        try {
            return ServiceHttp.listen(configuration, health, Instant.now());
        } catch (IOException | RuntimeException e) {
            throw new CommandFailedException(
                    "Port " + http.port() + " of " + http.host() + " cannot be had: " + e.getMessage()
                            + ". Set http.port (0 for a free one) and http.host.",
                    e);
        }
    }

    private static Readiness awaitReady(
            Configuration configuration, ConfluentSchemaRegistry registry, ServiceHealth health, CountDownLatch stop)
            throws InterruptedException {
        List<Finding> reported = List.of();
        while (true) {
            List<Finding> findings = findings(configuration, registry);
            if (!findings.equals(reported)) {
                findings.forEach(ServiceRun::report);
                reported = findings;
            }
            List<Finding> obstacles =
                    findings.stream().filter(Finding::keepsFromStarting).toList();
            if (obstacles.isEmpty()) {
                return Readiness.READY;
            }
            health.waitsFor(obstacles);
            if (obstacles.stream().anyMatch(finding -> !finding.mayPass())) {
                return Readiness.NOT_READY;
            }
            log.atInfo().log("Not ready yet, checking again every {} s (Ctrl-C ends)", RECHECK_SECONDS);
            if (stop.await(RECHECK_SECONDS, TimeUnit.SECONDS)) {
                return Readiness.INTERRUPTED;
            }
        }
    }

    private static void report(Finding finding) {
        (finding.keepsFromStarting() ? log.atError() : log.atWarn()).log("{} {}", finding.what(), finding.fix());
    }

    /** All checks at the same time, for each waits for somebody else; what they find, in their order. */
    private static List<Finding> findings(Configuration configuration, ConfluentSchemaRegistry registry)
            throws InterruptedException {
        List<Finding> findings = new ArrayList<>();
        List<Callable<List<Outcome>>> checks = Preflight.checks(configuration, registry).stream()
                .map(check -> (Callable<List<Outcome>>) check::outcomes)
                .toList();
        try (ExecutorService executor = Executors.newFixedThreadPool(checks.size())) {
            for (Future<List<Outcome>> made : executor.invokeAll(checks)) {
                made.get().forEach(outcome -> findings.addAll(outcome.findings()));
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a check broke off: " + e.getCause(), e.getCause());
        }
        if (findings.stream().noneMatch(Finding::keepsFromStarting) && ValueSerdes.ours(configuration)) {
            findings.addAll(registryFindings(configuration, registry));
        }
        return findings;
    }

    /** Fetches the id of the event's schema, which the service then has, whatever becomes of the registry. */
    private static List<Finding> registryFindings(Configuration configuration, SchemaRegistry registry) {
        try {
            RegistryAvroSerde.prepare(
                    registry,
                    configuration.topics().output(),
                    io.sessionevents.v1.SessionStateChanged.getClassSchema());
            return List.of();
        } catch (RegistryException e) {
            return List.of(new Finding(
                    String.valueOf(e.getMessage()),
                    "",
                    e.kind() == RegistryException.Kind.UNAVAILABLE ? Finding.Gravity.MAY_PASS : Finding.Gravity.STOPS));
        }
    }
}
