package io.sessionevents;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The queries of docs/runbook.md, as Prometheus' own tool reads them; that their metrics exist is said by {@link MonitoringTest}. */
class RunbookQueriesTest {
    @TempDir
    private Path directory;

    @Test
    void shouldBeUnderstoodByPrometheus() throws IOException, InterruptedException {
        List<String> rules = new ArrayList<>(List.of("groups:", "- name: runbook", "  rules:"));
        List<String> queries = DocumentBlocks.all().stream()
                .filter(block -> block.document().equals("docs/runbook.md"))
                .flatMap(block -> block.lines().stream())
                .filter(line -> line.matches("(sum|session_events_|kafka_).*"))
                .map(line -> line.replaceFirst(" {2,}.*", ""))
                .flatMap(line -> line.startsWith("sum") ? Stream.of(line) : Stream.of(line.split(", ")))
                .toList();
        for (int i = 0; i < queries.size(); i++) {
            rules.add("  - record: runbook:query" + i);
            rules.add("    expr: '" + queries.get(i) + "'");
        }
        assertThat(queries).hasSizeGreaterThan(20);

        Path file = Files.write(directory.resolve("rules.yaml"), rules);
        Process promtool;
        try {
            promtool = new ProcessBuilder("promtool", "check", "rules", file.toString())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            System.out.println("Skipped the queries of the runbook: no promtool on the PATH (package prometheus)");
            assumeTrue(false, "no promtool on the PATH");
            return;
        }
        String said = new String(promtool.getInputStream().readAllBytes(), UTF_8);
        assertThat(promtool.waitFor()).as(said).isZero();
    }
}
