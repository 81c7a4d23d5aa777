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
public record Report(List<Outcome> outcomes, String size, long seed, int lanes, Duration took) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String HEAD = """
            | fault | count | recovery, median | longest | lost | duplicated | out of order | invented | late | starved | events | states judged | |
            |---|---|---|---|---|---|---|---|---|---|---|---|---|
            """;

    /** Whether every promise was kept and every fault really happened. */
    public boolean kept() {
        return outcomes.stream().allMatch(Outcome::kept);
    }

    /** Everything that was not as it should be, one line each. */
    public List<String> problems() {
        return outcomes.stream()
                .flatMap(outcome -> outcome.problems().stream().map(problem -> outcome.name() + ": " + problem))
                .toList();
    }

    /** A table in Markdown. */
    public String table() {
        var table = new StringBuilder(HEAD);
        for (Outcome outcome : outcomes) {
            table.append("| %s | %d | %.1f s | %.1f s | %d | %d | %d | %d | %d | %d | %d | %d | %s%s |%n"
                    .formatted(
                            outcome.name(),
                            outcome.faults(),
                            outcome.median().toMillis() / 1000.0,
                            outcome.longest().toMillis() / 1000.0,
                            outcome.verdict().count("lost"),
                            outcome.verdict().count("duplicated"),
                            outcome.verdict().count("out of order"),
                            outcome.verdict().count("invented"),
                            outcome.verdict().count("late"),
                            outcome.verdict().count("starved"),
                            outcome.events(),
                            outcome.observable(),
                            outcome.kept() ? "" : "**broken** ",
                            outcome.remark()));
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
        root.put("size", size)
                .put("seed", seed)
                .put("lanes", lanes)
                .put("seconds", took.toSeconds())
                .put("java", Runtime.version().toString())
                .put("cores", Runtime.getRuntime().availableProcessors())
                .put("kept", kept());
        ArrayNode faults = root.putArray("faults");
        outcomes.forEach(outcome -> describe(outcome, faults.addObject()));
        return root;
    }

    private static void describe(Outcome outcome, ObjectNode node) {
        node.put("fault", outcome.name())
                .put("count", outcome.faults())
                .put("lost", outcome.verdict().count("lost"))
                .put("duplicated", outcome.verdict().count("duplicated"))
                .put("outOfOrder", outcome.verdict().count("out of order"))
                .put("invented", outcome.verdict().count("invented"))
                .put("late", outcome.verdict().count("late"))
                .put("starved", outcome.verdict().count("starved"))
                .put("events", outcome.events())
                .put("statesJudged", outcome.observable())
                .put("busiestSecond", outcome.busiestSecond())
                .put("kept", outcome.kept())
                .put("remark", outcome.remark());
        ArrayNode recoveries = node.putArray("recoveryMillis");
        outcome.recoveries().forEach(recovery -> recoveries.add(recovery.toMillis()));
        ArrayNode problems = node.putArray("problems");
        outcome.problems().forEach(problems::add);
    }
}
