package io.sessionevents;

import io.sessionevents.health.Health;
import io.sessionevents.http.UnavailableException;
import io.sessionevents.metrics.ServiceMetrics;
import io.sessionevents.preflight.Finding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The health of a process, from its first check of the surroundings on. Safe for use by many threads. */
final class ServiceHealth implements Health {
    private static final Check ALIVE = new Check("process", true, "answers");
    private static final Duration START = Duration.ofSeconds(5);

    private final ServiceMetrics metrics;
    private volatile Check start = new Check("start", false, "checking Kafka, the registry and AWS");
    private volatile @Nullable SessionEvents service;

    ServiceHealth(ServiceMetrics metrics) {
        this.metrics = metrics;
    }

    /** Something keeps the service from starting. */
    void waitsFor(List<Finding> findings) {
        String what = String.join(" ", findings.stream().map(Finding::what).toList());
        start = new Check("start", false, what);
    }

    /** The service is there. */
    void starts(SessionEvents events) {
        service = events;
        start = new Check("start", true, "all that is needed was found");
    }

    /** The metrics of the process, those of the service from when there is one. */
    String metrics() {
        return metrics.scrape();
    }

    /**
     * The service.
     *
     * @throws UnavailableException if there is none yet
     */
    SessionEvents service() {
        SessionEvents running = service;
        if (running == null) {
            throw new UnavailableException("The service starts: " + start.detail() + ".", START);
        }
        return running;
    }

    /** The service; null if there is none yet. */
    @Nullable
    SessionEvents serviceIfAny() {
        return service;
    }

    @Override
    public List<Check> live() {
        List<Check> checks = new ArrayList<>(List.of(ALIVE));
        SessionEvents running = service;
        if (running != null) {
            checks.addAll(running.progressChecks());
        }
        return checks;
    }

    @Override
    public List<Check> started() {
        return List.of(start);
    }

    @Override
    public List<Check> ready() {
        List<Check> checks = new ArrayList<>(List.of(start));
        SessionEvents running = service;
        if (running != null) {
            checks.add(running.streamsCheck());
        }
        return checks;
    }

    @Override
    public List<Check> all() {
        List<Check> checks = new ArrayList<>(ready());
        SessionEvents running = service;
        if (running != null) {
            checks.addAll(running.surroundingsChecks());
        }
        return checks;
    }
}
