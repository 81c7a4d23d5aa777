package io.sessionevents.local.scenario;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The outcome of a campaign, for machines and for people. */
public record Report(List<Verdict> verdicts, Scenario.Size size, long seed, int lanes, Duration took) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String HEAD = """
            | fault | count | recovery, median | longest | lost | duplicated | out of order | invented | late | starved | events | states judged | |
            |---|---|---|---|---|---|---|---|---|---|---|---|---|
            """;

    /** Whether every promise was kept and every fault really happened. */
    public boolean kept() {
        return verdicts.stream().allMatch(Verdict::kept);
    }

    /** Everything that was not as it should be, one line each. */
    public List<String> problems() {
        return verdicts.stream()
                .flatMap(verdict -> verdict.problems().stream().map(problem -> verdict.name() + ": " + problem))
                .toList();
    }

    /** A table in Markdown. */
    public String table() {
        var table = new StringBuilder(HEAD);
        for (Verdict verdict : verdicts) {
            table.append("| %s | %d | %.1f s | %.1f s | %d | %d | %d | %d | %d | %d | %d | %d | %s%s |%n"
                    .formatted(
                            verdict.name(),
                            verdict.faults(),
                            verdict.median().toMillis() / 1000.0,
                            verdict.longest().toMillis() / 1000.0,
                            verdict.findings().lost(),
                            verdict.findings().duplicated(),
                            verdict.findings().outOfOrder(),
                            verdict.findings().invented(),
                            verdict.findings().late(),
                            verdict.findings().starved(),
                            verdict.events(),
                            verdict.observable(),
                            verdict.kept() ? "" : "**broken** ",
                            verdict.remark()));
        }
        return table.toString();
    }

    /** Writes {@code faults.md} and {@code faults.json}. */
    public void write(Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("faults.md"), table());
        Files.writeString(
                directory.resolve("faults.json"),
                JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json()));
    }

    private ObjectNode json() {
        ObjectNode root = JSON.createObjectNode();
        root.put("size", size.name().toLowerCase(java.util.Locale.ROOT))
                .put("seed", seed)
                .put("lanes", lanes)
                .put("seconds", took.toSeconds())
                .put("java", Runtime.version().toString())
                .put("cores", Runtime.getRuntime().availableProcessors())
                .put("kept", kept());
        ArrayNode faults = root.putArray("faults");
        verdicts.forEach(verdict -> describe(verdict, faults.addObject()));
        return root;
    }

    private static void describe(Verdict verdict, ObjectNode node) {
        node.put("fault", verdict.name())
                .put("count", verdict.faults())
                .put("lost", verdict.findings().lost())
                .put("duplicated", verdict.findings().duplicated())
                .put("outOfOrder", verdict.findings().outOfOrder())
                .put("invented", verdict.findings().invented())
                .put("late", verdict.findings().late())
                .put("starved", verdict.findings().starved())
                .put("events", verdict.events())
                .put("statesJudged", verdict.observable())
                .put("busiestSecond", verdict.busiestSecond())
                .put("kept", verdict.kept())
                .put("remark", verdict.remark());
        ArrayNode recoveries = node.putArray("recoveryMillis");
        verdict.recoveries().forEach(recovery -> recoveries.add(recovery.toMillis()));
        ArrayNode problems = node.putArray("problems");
        verdict.problems().forEach(problems::add);
    }
}
