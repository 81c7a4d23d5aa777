package io.sessionevents.local.testbed;

import io.sessionevents.SessionEvents;
import io.sessionevents.avro.ConfluentSchemaRegistry;
import io.sessionevents.local.Poll;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The real service in this process. */
public record RunningService(SessionEvents service, ConfluentSchemaRegistry registry) implements AutoCloseable {
    private static final Map<String, String> QUICK = Map.of(
            "budget.get-session",
            "100",
            "lookup.interval.min",
            "200 ms",
            "kafka.poll.ms",
            "50",
            "tracking.partitions",
            "4",
            "kafka.statestore.cache.max.bytes",
            "0");

    /** Starts one and waits until it runs. */
    public static RunningService start(LocalEnvironment environment, Map<String, String> settings) {
        var registry = environment.registryClient();
        var service = new SessionEvents(environment.configuration(settings), registry);
        service.start();
        try {
            Poll.await("the service running", service::running);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        return new RunningService(service, registry);
    }

    /** One that is quick enough for tests, and no quicker: each lookup costs them a millisecond or two, each poll nearly one. */
    public static RunningService quick(LocalEnvironment environment, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(QUICK);
        settings.putAll(more);
        return start(environment, settings);
    }

    /**
     * The sum of a metric over its series.
     *
     * @param series pattern of the name and the labels
     * @throws IllegalStateException if there is no such series: a sum of nothing would be 0, which some expect
     */
    public double metric(String series) {
        List<Double> values = Pattern.compile(series + " ([0-9.E]+)")
                .matcher(service.metrics())
                .results()
                .map(match -> Double.valueOf(match.group(1)))
                .toList();
        if (values.isEmpty()) {
            throw new IllegalStateException("no series of the service matches " + series);
        }
        return values.stream().mapToDouble(Double::doubleValue).sum();
    }

    @Override
    public void close() throws IOException {
        service.close();
        registry.close();
    }
}
