package io.sessionevents;

import io.sessionevents.session.CallBudget;
import io.sessionevents.session.Lookup;
import io.sessionevents.tracking.LookupDispatcher;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/** Metrics of a service that does nothing, and what a scrape says. */
final class MetricsSample {
    private MetricsSample() {}

    static ServiceMetrics metrics(Map<MetricName, ? extends Metric> kafka) {
        var metrics = new ServiceMetrics();
        var budget = new CallBudget(() -> 0);
        var dispatcher = new LookupDispatcher(
                (key, permit) -> new Lookup.NotFound(),
                budget,
                new LookupDispatcher.Limits(9.5, 12, 64),
                () -> 0,
                () -> Instant.EPOCH,
                metrics);
        metrics.measure(
                new ServiceGauges.Sources(
                        dispatcher, budget, 9.5, Duration.ofSeconds(2), () -> true, () -> false, () -> true),
                () -> kafka);
        return metrics;
    }

    /** Names of all series. */
    static Set<String> names() {
        try (var metrics = metrics(Map.of())) {
            return metrics.scrape()
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("[{ ]", 2)[0])
                    .collect(Collectors.toSet());
        }
    }
}
