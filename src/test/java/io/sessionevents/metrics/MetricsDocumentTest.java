package io.sessionevents.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.prometheusmetrics.PrometheusNamingConvention;
import io.sessionevents.MetricsSample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** {@code docs/metrics.md} is made of the definitions, and names what a scrape shows. */
class MetricsDocumentTest {
    private static final Path DOCUMENT = Path.of("docs/metrics.md");
    private static final PrometheusNamingConvention NAMING = new PrometheusNamingConvention();
    private static final Pattern DOCUMENTED = Pattern.compile("(?m)^\\| `([a-z_]+)` \\|");
    private static final Pattern SERIES_OF_TIMER = Pattern.compile("_(bucket|count|sum|max)$");

    private static final Map<String, String> JVM = new LinkedHashMap<>();

    static {
        JVM.put("jvm_memory_used_bytes", "gauge | `area` | Heap in use");
        JVM.put("jvm_memory_max_bytes", "gauge | `area` | Largest heap");
        JVM.put("jvm_gc_pause_seconds", "timer | `gc` | Pauses of collections");
        JVM.put("jvm_threads_live_threads", "gauge | | Platform threads");
        JVM.put("process_cpu_usage", "gauge | | Use of all cores that the process may use, from 0 to 1");
        JVM.put("process_uptime_seconds", "gauge | | Time since the start");
    }

    @Test
    void shouldDocumentEveryMetricAsItIsNow() throws IOException {
        String rendered = render();
        if (Boolean.getBoolean("update.docs")) {
            Files.writeString(DOCUMENT, rendered);
        }

        assertThat(Files.readString(DOCUMENT))
                .as("docs/metrics.md is stale; renew it with ./mvnw test -Dtest=MetricsDocumentTest -Dupdate.docs=true")
                .isEqualTo(rendered);
    }

    @Test
    void shouldNameExactlyWhatAScrapeShows() throws IOException {
        Set<String> documented = DOCUMENTED
                .matcher(Files.readString(DOCUMENT))
                .results()
                .map(result -> result.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> timers =
                documented.stream().filter(name -> name.endsWith("_seconds")).collect(Collectors.toSet());
        Set<String> scraped = MetricsSample.names().stream()
                .map(name -> metric(name, timers))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(scraped).isEqualTo(documented);
    }

    private static String metric(String series, Set<String> timers) {
        Matcher suffix = SERIES_OF_TIMER.matcher(series);
        String name = suffix.replaceFirst("");
        return timers.contains(name) ? name : series;
    }

    private static String render() {
        var text = new StringBuilder("""
                # Metrics

                <!-- Generated from the definitions (metrics.ServiceMetric); a test fails when it is stale and says how to renew it. -->

                `/metrics` answers in Prometheus' text format from the start; `session_events_ready` and the other gauges appear once
                Kafka, the registry and AWS were found. A scrape has fewer than 200 series with one source, however many sessions, threads
                and partitions there are. Scrape it as the job `session-events`, which the [rules](../deploy/prometheus/rules.yaml) and the
                [dashboard](../deploy/grafana/session-events.json) expect. The [runbook](runbook.md) explains the alerts.

                **Counters count processing, not commits**, from 0 in each process. The work of an aborted transaction is counted again,
                so after a crash or a rebalance `session_events_changes_total` may exceed the number of events in the topic.

                ## Of the service

                | name | type | label: values | |
                |---|---|---|---|
                """);
        for (ServiceMetric metric : ServiceMetric.values()) {
            text.append(row(metric));
        }
        text.append("""

                A timer has the series `_count`, `_sum` and `_max` (the longest recent one), and `_bucket` if it is a histogram.

                ## Of Kafka Streams and its clients

                One number per process, combined over threads, tasks, partitions or stores; `NaN` while Kafka has none, because many
                cover the last minute only. Times are milliseconds, rates per second. Kafka's documentation has `kafka_GROUP_NAME` as
                `NAME` of `GROUP-metrics` (`poll-rate` of `stream-thread-metrics`), some with `-total` at the end. `client_state` is the ordinal of
                `KafkaStreams.State`: 0 created, 1 rebalancing, 2 running, 3 pending shutdown, 4 not running, 5 pending error, 6 error.

                | name | of all |
                |---|---|
                """);
        for (KafkaMetric metric : KafkaMetric.values()) {
            text.append("| `%s` | %s |%n"
                    .formatted(
                            NAMING.name(metric.meterName(), Meter.Type.GAUGE, null),
                            metric.of().name().toLowerCase(Locale.ROOT)));
        }
        text.append("""

                ## Of the JVM

                | name | type | label | |
                |---|---|---|---|
                """);
        JVM.forEach((name, rest) -> text.append("| `%s` | %s |%n".formatted(name, rest)));
        return text.toString();
    }

    private static String row(ServiceMetric metric) {
        boolean histogram = metric == ServiceMetric.LOOKUP_DURATION || metric == ServiceMetric.LAG;
        String type = histogram ? "histogram" : metric.type().name().toLowerCase(Locale.ROOT);
        String values =
                metric.labelValues().stream().map(value -> "`" + value + "`").collect(Collectors.joining(", "));
        String own = metric == ServiceMetric.BUILD
                ? "`version`, `java`, `kafka`"
                : values.isEmpty() ? "" : "`" + metric.label() + "`: " + values;
        String labels = Stream.of(metric.bySource() ? "`source`" : "", own)
                .filter(label -> !label.isEmpty())
                .collect(Collectors.joining("; "));
        return "| `%s` | %s | %s | %s |%n".formatted(name(metric), type, labels, metric.description());
    }

    private static String name(ServiceMetric metric) {
        @Nullable String unit = metric.unit().isEmpty() ? null : metric.unit();
        String name = NAMING.name(metric.meterName(), metric.type(), unit);
        return metric.type() == Meter.Type.COUNTER ? name + "_total" : name;
    }
}
