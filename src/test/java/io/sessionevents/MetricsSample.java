package io.sessionevents;

import io.sessionevents.calls.CallBudget;
import io.sessionevents.calls.LookupDispatcher;
import io.sessionevents.calls.LookupLimits;
import io.sessionevents.metrics.Levels;
import io.sessionevents.metrics.ServiceMetrics;
import io.sessionevents.session.Lookup;
import io.sessionevents.session.LookupWeights;
import io.sessionevents.session.Source;
import io.sessionevents.session.SweptApplications;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/** Metrics of a service that does nothing, and what a scrape says. */
public final class MetricsSample {
    private MetricsSample() {}

    public static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    public static ServiceMetrics metrics(Map<MetricName, ? extends Metric> kafka) {
        return metrics(kafka, SweptApplications.NONE);
    }

    public static ServiceMetrics metrics(Map<MetricName, ? extends Metric> kafka, SweptApplications sweeps) {
        var metrics = new ServiceMetrics("1.2.3", List.of(Source.DEFAULT));
        var budget = new CallBudget(() -> 0);
        var dispatcher = new LookupDispatcher(
                (key, permit) -> new Lookup.NotFound(),
                budget,
                new LookupLimits(9.5, 12, 64, Duration.ofSeconds(2), LookupWeights.UNSWEPT),
                () -> 0,
                () -> Instant.EPOCH,
                metrics.of(Source.DEFAULT));
        metrics.measure(
                new Levels(dispatcher::statistics, (source, lookups, made) -> false, () -> true, sweeps, () -> NOW),
                () -> kafka);
        return metrics;
    }

    /** Names of all series. */
    public static Set<String> names() {
        try (var metrics = metrics(Map.of())) {
            return metrics.scrape()
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("[{ ]", 2)[0])
                    .collect(Collectors.toSet());
        }
    }
}
