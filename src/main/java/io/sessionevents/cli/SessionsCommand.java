package io.sessionevents.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import io.sessionevents.session.Printable;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Reads the list of the HTTP API, page by page. */
@Command(
        name = "sessions",
        description = {
            "Lists the sessions of the whole fleet, as a running service knows them.",
            "Exit code 1 if nothing answers, or if the list is not whole because an instance did not answer."
        })
final class SessionsCommand implements Callable<Integer> {
    private static final String PATH = "/api/v1/sessions";
    private static final int LONGEST_PAGE = 500;

    /** An instance waits for the others for three seconds, and for its turn to read for two. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final String LINE = "%-40s  %-11s  %-21s  %4s  %-20s  %s";

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private final ServiceAddress service;

    @Option(
            names = "--source",
            paramLabel = "NAME",
            description = "Only sessions of this source.",
            converter = SourceConverter.class)
    private @Nullable String source;

    @Option(names = "--application-id", paramLabel = "A", description = "Only sessions of this application.")
    private @Nullable String applicationId;

    @Option(names = "--state", paramLabel = "STATE", description = "Only sessions in this state; may be repeated.")
    private List<String> states = new ArrayList<>();

    @Option(
            names = "--status",
            paramLabel = "STATUS",
            description = "Only tracked, source-not-configured, ended or stopped ones.")
    private @Nullable String status;

    @Option(names = "--max", paramLabel = "N", description = "Ends after N sessions.")
    private long max = Long.MAX_VALUE;

    @Option(
            names = "--output",
            paramLabel = "FORMAT",
            description = "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.",
            defaultValue = "table")
    private OutputFormat output = OutputFormat.table;

    SessionsCommand(CommandContext context) {
        this.service = new ServiceAddress(context);
    }

    @Override
    public Integer call() {
        CommandLine command = requireNonNull(spec).commandLine();
        service.choose(command);
        if (max < 1) {
            throw new ParameterException(command, "--max " + max + ", expected 1 or more");
        }
        PrintWriter out = command.getOut();
        if (output == OutputFormat.table) {
            out.println(LINE.formatted("SESSION", "STATE", "STATUS", "SEQ", "OBSERVED", "LABELS"));
        }
        boolean whole = true;
        long left = max;
        String next = first();
        while (next != null && left > 0 && !out.checkError()) {
            JsonNode page = page(next);
            for (JsonNode session : page.path("sessions")) {
                if (left-- > 0) {
                    out.println(output == OutputFormat.json ? session : row(session));
                }
            }
            whole &= tellWhatIsMissing(command.getErr(), page);
            next = page.path("next").textValue();
        }
        out.flush();
        return whole ? 0 : 1;
    }

    private String first() {
        var query = new StringJoiner("&", PATH + "?", "");
        query.add("limit=" + Math.min(max, LONGEST_PAGE));
        if (source != null) {
            query.add("source=" + encoded(source));
        }
        if (applicationId != null) {
            query.add("applicationId=" + encoded(applicationId));
        }
        states.forEach(state -> query.add("state=" + encoded(state)));
        if (status != null) {
            query.add("status=" + encoded(status));
        }
        return query.toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }

    private JsonNode page(String path) {
        var answer = service.get(path, PATIENCE);
        if (answer.status() != 200 || !answer.body().path("sessions").isArray()) {
            throw service.unexpected(answer, "list of sessions");
        }
        return answer.body();
    }

    private static boolean tellWhatIsMissing(PrintWriter err, JsonNode page) {
        JsonNode silent = page.path("incomplete");
        JsonNode unassigned = page.path("unassignedPartitions");
        if (!silent.isEmpty()) {
            err.println("session-events: The sessions of " + texts(silent) + " are missing: no answer from there.");
        }
        if (!unassigned.isEmpty()) {
            err.println("session-events: The sessions of the partitions " + texts(unassigned)
                    + " are missing: no instance has them at the moment.");
        }
        err.flush();
        return silent.isEmpty() && unassigned.isEmpty();
    }

    private static String texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(SessionsCommand::text)
                .collect(Collectors.joining(", "));
    }

    private static String row(JsonNode session) {
        String state = text(session.path("state"));
        String observedAt = text(session.path("observedAt"));
        return LINE.formatted(
                        text(session.path("key")),
                        state.equals("UNKNOWN") ? text(session.path("rawState")) : state,
                        text(session.path("status")),
                        session.path("sequence").asLong(),
                        observedAt.replaceFirst("\\.\\d+Z$", "Z"),
                        Printable.of(Feed.labels(session)))
                .stripTrailing();
    }

    private static String text(JsonNode node) {
        return node.isNull() ? "·" : Printable.of(node.asText());
    }
}
