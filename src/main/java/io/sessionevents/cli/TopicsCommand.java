package io.sessionevents.cli;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sessionevents.cli.TopicAdmin.Existing;
import io.sessionevents.preflight.RequiredTopic;
import io.sessionevents.preflight.RequiredTopic.Purpose;
import io.sessionevents.settings.Configuration;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "topics",
        description = "Lists the topics that the service needs, and creates those that it shares with others.")
final class TopicsCommand implements Runnable {
    private static final String LINE = "%-46s %-8s %10s %11s %13s  %s%n";

    private final CommandContext context;

    @Spec
    private @Nullable CommandSpec spec;

    TopicsCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public void run() {
        throw new ParameterException(requireNonNull(spec).commandLine(), "Missing command: list or create");
    }

    @Command(name = "list", description = "Lists each topic that the service needs: whether it is there, and how.")
    int list(
            @Mixin ConfigurationOptions options,
            @Option(
                            names = "--output",
                            paramLabel = "FORMAT",
                            description = "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.",
                            defaultValue = "table")
                    OutputFormat output)
            throws InterruptedException {
        Configuration effective = options.loader(context).load();
        PrintWriter out = requireNonNull(spec).commandLine().getOut();
        List<RequiredTopic> needed = RequiredTopic.of(effective);
        Map<String, Existing> existing;
        try (var admin = new TopicAdmin(effective)) {
            existing = admin.existing(needed.stream().map(RequiredTopic::name).toList());
        }
        if (output == OutputFormat.table) {
            out.printf(LINE, "TOPIC", "EXISTS", "PARTITIONS", "REPLICATION", "RETENTION", "FOR");
        }
        needed.forEach(topic -> {
            Existing found = existing.get(topic.name());
            if (output == OutputFormat.json) {
                out.println(json(topic, found));
            } else {
                out.printf(
                        LINE,
                        topic.name(),
                        found == null ? "no" : found.hidden() ? "hidden" : "yes",
                        found == null || found.hidden() ? "-" : found.partitions(),
                        found == null || found.hidden() ? "-" : found.replication(),
                        found == null ? "-" : found.retentionText(),
                        topic.purpose().text() + (topic.internal() ? " (made by Kafka Streams)" : ""));
            }
        });
        out.flush();
        return 0;
    }

    @Command(
            name = "create",
            description = {
                "Creates the topics that the service shares with others, and leaves alone those that exist.",
                "Kafka Streams makes the others. min.insync.replicas is left to the cluster."
            })
    int create(
            @Mixin ConfigurationOptions options,
            @Option(
                            names = "--partitions",
                            paramLabel = "N",
                            description =
                                    "Partitions of the input, output, usage and alert topics; default tracking.partitions.")
                    @Nullable
                    Integer partitions,
            @Option(
                            names = "--replication-factor",
                            paramLabel = "N",
                            description = "How many brokers hold each partition; default is the cluster's.")
                    @Nullable
                    Short replication,
            @Option(
                            names = "--dry-run",
                            description = "Only prints the commands that would do it; connects to nothing.")
                    boolean dryRun)
            throws InterruptedException {
        check(partitions, replication);
        Configuration effective = options.loader(context).load();
        List<RequiredTopic> topics = RequiredTopic.shared(effective).stream()
                .map(topic -> partitions == null || topic.purpose() == Purpose.DEAD_LETTERS
                        ? topic
                        : topic.withPartitions(partitions))
                .toList();
        Optional<Short> factor = Optional.ofNullable(replication);
        PrintWriter out = requireNonNull(spec).commandLine().getOut();
        if (dryRun) {
            topics.forEach(
                    topic -> out.println(topic.createCommand(effective.kafka().bootstrapServers(), factor)));
        } else {
            try (var admin = new TopicAdmin(effective)) {
                for (RequiredTopic topic : topics) {
                    boolean created = admin.create(topic, factor);
                    out.println((created ? "Created " : "There already: ")
                            + topic.name()
                            + (created ? ", " + RequiredTopic.partitions(topic.partitions()) : ""));
                }
            }
        }
        out.flush();
        return 0;
    }

    private void check(@Nullable Integer partitions, @Nullable Short replication) {
        if (partitions != null && partitions < 1) {
            throw new ParameterException(
                    requireNonNull(spec).commandLine(), "--partitions " + partitions + ", expected 1 or more");
        }
        if (replication != null && replication < 1) {
            throw new ParameterException(
                    requireNonNull(spec).commandLine(), "--replication-factor " + replication + ", expected 1 or more");
        }
    }

    private static ObjectNode json(RequiredTopic topic, @Nullable Existing found) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("topic", topic.name())
                .put("exists", found == null ? Boolean.FALSE : found.hidden() ? null : Boolean.TRUE)
                .put("internal", topic.internal())
                .put("for", topic.purpose().text());
        if (found != null && !found.hidden()) {
            json.put("partitions", found.partitions())
                    .put("replication", found.replication())
                    .put("cleanupPolicy", found.cleanupPolicy())
                    .put("retentionMillis", found.retentionMillis());
        }
        return json;
    }
}
