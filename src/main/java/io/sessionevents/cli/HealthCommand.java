package io.sessionevents.cli;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import io.sessionevents.session.Printable;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A container starts this command every few seconds. */
@Command(
        name = "health",
        description = {
            "Asks a running service whether it is at work, and prints one line per check.",
            "Exit code 0 if it is, 1 if it is not or does not answer."
        })
final class HealthCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private final ServiceAddress service;

    @ArgGroup
    private @Nullable Kind kind;

    private static final class Kind {
        @Option(names = "--live", description = "Asks whether the process works at all.")
        private boolean live;

        @Option(names = "--started", description = "Asks whether it has found everything that it needs to begin.")
        private boolean started;
    }

    HealthCommand(CommandContext context) {
        this.service = new ServiceAddress(context);
    }

    @Override
    public Integer call() {
        service.choose(requireNonNull(spec).commandLine());
        var answer = service.get("/health/" + path(), PATIENCE);
        if (!answer.body().path("status").isTextual()) {
            throw service.unexpected(answer, "health");
        }
        return print(answer.body()) ? 0 : 1;
    }

    private String path() {
        if (kind != null && kind.live) {
            return "live";
        }
        return kind != null && kind.started ? "started" : "ready";
    }

    private boolean print(JsonNode answer) {
        PrintWriter out = requireNonNull(spec).commandLine().getOut();
        for (JsonNode check : answer.path("checks")) {
            out.printf(
                    "%-4s %-12s %s%n",
                    text(check.path("status")),
                    text(check.path("name")),
                    text(check.path("data").path("detail")));
        }
        out.flush();
        return answer.path("status").asText().equals("UP");
    }

    private static String text(JsonNode node) {
        return Printable.of(node.asText());
    }
}
