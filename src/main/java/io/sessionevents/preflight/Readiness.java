package io.sessionevents.preflight;

import io.sessionevents.avro.ConfluentSchemaRegistry;
import io.sessionevents.avro.RegistryAvroSerde;
import io.sessionevents.avro.RegistryException;
import io.sessionevents.avro.SchemaRegistry;
import io.sessionevents.emr.SourceSettings;
import io.sessionevents.session.Topics;
import io.sessionevents.settings.Configuration;
import io.sessionevents.v1.SessionAlert;
import io.sessionevents.v1.SessionStateChanged;
import io.sessionevents.v1.SessionUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the checks of the surroundings until nothing keeps the service from starting, or something does that will not pass. */
public record Readiness(Configuration configuration, ConfluentSchemaRegistry registry, List<SourceSettings> sources) {
    private static final Logger log = LoggerFactory.getLogger(Readiness.class);
    private static final int RECHECK_SECONDS = 5;

    /** What the wait came to. */
    public enum Outlook {
        READY,
        NOT_READY,
        INTERRUPTED
    }

    /**
     * Waits; what is found is logged when it changes.
     *
     * @param waiting told what keeps the service from starting, a sentence each
     * @param stop ends the wait
     */
    public Outlook await(Consumer<List<String>> waiting, CountDownLatch stop) throws InterruptedException {
        List<Finding> reported = List.of();
        while (true) {
            List<Finding> findings = findings();
            if (!findings.equals(reported)) {
                findings.forEach(Readiness::report);
                reported = findings;
            }
            List<Finding> obstacles =
                    findings.stream().filter(Finding::keepsFromStarting).toList();
            if (obstacles.isEmpty()) {
                return Outlook.READY;
            }
            waiting.accept(obstacles.stream().map(Finding::what).toList());
            if (obstacles.stream().anyMatch(finding -> !finding.mayPass())) {
                return Outlook.NOT_READY;
            }
            log.atInfo().log("Not ready yet, checking again every {} s (Ctrl-C ends)", RECHECK_SECONDS);
            if (stop.await(RECHECK_SECONDS, TimeUnit.SECONDS)) {
                return Outlook.INTERRUPTED;
            }
        }
    }

    private static void report(Finding finding) {
        (finding.keepsFromStarting() ? log.atError() : log.atWarn()).log("{} {}", finding.what(), finding.fix());
    }

    /** All checks at the same time, because each waits for somebody else; what they find, in their order. */
    private List<Finding> findings() throws InterruptedException {
        List<Finding> findings = new ArrayList<>();
        List<Callable<List<CheckOutcome>>> checks = Preflight.startChecks(configuration, registry, sources).stream()
                .map(check -> (Callable<List<CheckOutcome>>) check::outcomes)
                .toList();
        try (ExecutorService executor = Executors.newFixedThreadPool(checks.size())) {
            for (Future<List<CheckOutcome>> made : executor.invokeAll(checks)) {
                made.get().forEach(outcome -> findings.addAll(outcome.findings()));
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a check broke off: " + e.getCause(), e.getCause());
        }
        if (findings.stream().noneMatch(Finding::keepsFromStarting)
                && configuration.events().ownSerde()) {
            findings.addAll(registryFindings(registry, configuration.topics()));
        }
        return findings;
    }

    /** Fetches the ids of the schemas it writes with, which the service then has, whatever becomes of the registry. */
    private static List<Finding> registryFindings(SchemaRegistry registry, Topics topics) {
        try {
            RegistryAvroSerde.prepare(registry, topics.output(), SessionStateChanged.getClassSchema());
            RegistryAvroSerde.prepare(registry, topics.usage(), SessionUsage.getClassSchema());
            if (topics.alerting()) {
                RegistryAvroSerde.prepare(registry, topics.alerts(), SessionAlert.getClassSchema());
            }
            return List.of();
        } catch (RegistryException e) {
            String what = String.valueOf(e.getMessage());
            return List.of(
                    e.kind() == RegistryException.Kind.UNAVAILABLE
                            ? Finding.mayPass(what, "")
                            : Finding.stops(what, ""));
        }
    }
}
