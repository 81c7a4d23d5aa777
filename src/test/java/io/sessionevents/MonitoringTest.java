package io.sessionevents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dashboard, rules and runbook fit the metrics and each other. */
class MonitoringTest {
    private static final Path PROMETHEUS = Path.of("deploy/prometheus");
    private static final Path RUNBOOK = Path.of("docs/runbook.md");

    /** All that may stand in an expression without being the name of a metric: texts, labels, ranges, variables. */
    private static final List<Pattern> NO_NAMES = List.of(
            Pattern.compile("\"[^\"]*\""),
            Pattern.compile("\\{[^}]*}"),
            Pattern.compile("\\[[^]]*]"),
            Pattern.compile("\\b(by|without|on|ignoring|group_left|group_right)\\s*\\([^)]*\\)"),
            Pattern.compile("\\b(and|or|unless|offset|bool)\\b"));

    private static final Pattern NAME = Pattern.compile("(?<![\\w.:])[a-zA-Z_:][\\w:]*(?![\\w:]*\\s*\\()");

    private static final Pattern METRIC = Pattern.compile("\\b(session_events|kafka)_[a-z][a-z_]*");

    private final JsonNode rules = yaml("rules.yaml");
    private final JsonNode tests = yaml("rules_test.yaml");
    private final JsonNode dashboard = read(new ObjectMapper(), Path.of("deploy/grafana/session-events.json"));

    @Test
    void shouldNameOnlyMetricsThatExist() {
        Set<String> known = new HashSet<>(MetricsSample.names());
        known.add("up");
        List<JsonNode> recorded = rules.findValues("record");
        recorded.forEach(name -> known.add(name.asText()));
        List<JsonNode> expressions = new ArrayList<>(rules.findValues("expr"));
        expressions.addAll(dashboard.findValues("expr"));

        assertThat(expressions).hasSizeGreaterThan(60);
        assertThat(expressions).allSatisfy(expression -> {
            assertThat(names(expression.asText())).isNotEmpty().isSubsetOf(known);
        });
    }

    @Test
    void shouldFindTheNamesInAnExpression() {
        assertThat(names("histogram_quantile(0.9, sum by (job, le) (rate(a_bucket{job=\"b\"}[5m]))) > 1.01 * c:d"))
                .containsExactly("a_bucket", "c:d");
        assertThat(names("e{f=\"g\"} or absent(up{h=\"i\"}) - 1e3")).containsExactly("e", "up");
    }

    @Test
    void shouldExplainEveryAlertInTheRunbook() throws IOException {
        List<String> headings = Files.readAllLines(RUNBOOK).stream()
                .filter(line -> line.startsWith("## "))
                .map(line -> line.substring(3))
                .toList();

        assertThat(headings).containsAll(alerts());
        assertThat(headings.stream().filter(heading -> heading.startsWith("SessionEvents")))
                .containsExactlyElementsOf(alerts());
        assertThat(rules.findParents("alert")).allSatisfy(alert -> {
            assertThat(alert.at("/annotations/runbook_url").asText())
                    .isEqualTo("docs/runbook.md#" + alert.get("alert").asText().toLowerCase(Locale.ROOT));
            assertThat(alert.at("/labels/severity").asText()).isIn("warning", "critical");
            assertThat(alert.at("/annotations/summary").asText()).isNotBlank();
            assertThat(alert.at("/annotations/description").asText()).isNotBlank();
        });
    }

    @Test
    void shouldNameOnlyMetricsThatExistInTheRunbook() throws IOException {
        Set<String> known = new HashSet<>(MetricsSample.names());
        MetricsSample.names().forEach(name -> known.add(name.replaceFirst("_count$", "")));

        assertThat(METRIC.matcher(Files.readString(RUNBOOK)).results().map(MatchResult::group))
                .hasSizeGreaterThan(20)
                .isSubsetOf(known);
    }

    /** What is recorded for the rules is made of metrics that are shown. */
    @Test
    void shouldShowWhatItAlertsOn() {
        List<String> shown = dashboard.findValues("expr").stream()
                .flatMap(expression -> names(expression.asText()).stream())
                .toList();

        assertThat(rules.findParents("expr"))
                .allSatisfy(rule -> assertThat(shown)
                        .containsAll(names(rule.get("expr").asText()).stream()
                                .filter(name -> !name.contains(":"))
                                .toList()));
    }

    @Test
    void shouldTestThatEveryAlertFiresAndThatItDoesNot() {
        Set<String> firing = new HashSet<>();
        Set<String> quiet = new HashSet<>();
        tests.findParents("alertname")
                .forEach(test -> (test.get("exp_alerts").isEmpty() ? quiet : firing)
                        .add(test.get("alertname").asText()));

        assertThat(firing).containsExactlyInAnyOrderElementsOf(alerts());
        assertThat(quiet).containsExactlyInAnyOrderElementsOf(alerts());
    }

    @Test
    void shouldHaveADashboardOfPanelsWithIdsOfTheirOwn() {
        List<JsonNode> panels = StreamSupport.stream(dashboard.get("panels").spliterator(), false)
                .toList();

        assertThat(panels).extracting(panel -> panel.get("id").asInt()).doesNotHaveDuplicates();
        assertThat(panels)
                .filteredOn(panel -> panel.get("type").asText().equals("row"))
                .extracting(panel -> panel.get("title").asText())
                .containsExactly(
                        "Health",
                        "Budget and lookups",
                        "Detection lag and age of looks",
                        "Sweeps and discovery",
                        "Changes and sessions",
                        "Settled usage and alerts",
                        "Errors and dead letters",
                        "Kafka Streams",
                        "JVM");
    }

    @ParameterizedTest
    @ValueSource(strings = {"check rules rules.yaml", "test rules rules_test.yaml", "check config prometheus.yaml"})
    void shouldPassPromtool(String arguments) throws IOException, InterruptedException {
        Process promtool;
        try {
            promtool = new ProcessBuilder(Stream.concat(Stream.of("promtool"), Stream.of(arguments.split(" ")))
                            .toList())
                    .directory(PROMETHEUS.toFile())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            System.out.println("Skipped promtool " + arguments + ": no promtool on the PATH (package prometheus)");
            assumeTrue(false, "no promtool on the PATH");
            return;
        }
        String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(promtool.waitFor()).as(said).isZero();
    }

    private List<String> alerts() {
        return rules.findValues("alert").stream().map(JsonNode::asText).toList();
    }

    private static List<String> names(String expression) {
        String bare = expression;
        for (Pattern pattern : NO_NAMES) {
            bare = pattern.matcher(bare).replaceAll(" ");
        }
        return NAME.matcher(bare).results().map(MatchResult::group).toList();
    }

    private static JsonNode yaml(String name) {
        return read(new ObjectMapper(new YAMLFactory()), PROMETHEUS.resolve(name));
    }

    private static JsonNode read(ObjectMapper mapper, Path file) {
        try {
            return mapper.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
