package io.sessionevents.cli;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sessionevents.session.Printable;
import io.sessionevents.settings.Configuration;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "get-session",
        description = {
            "Looks up one session, as the service does it, and prints it.",
            "Configuration values are shown as event.configuration says: *** by default."
        })
final class GetSessionCommand implements Callable<Integer> {
    private final CommandContext context;
    private final Inspection inspection;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private final ConfigurationOptions configuration = new ConfigurationOptions();

    @Mixin
    private final SessionArgument session = new SessionArgument();

    @Option(
            names = "--output",
            paramLabel = "FORMAT",
            description = "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.",
            defaultValue = "table")
    private OutputFormat output = OutputFormat.table;

    GetSessionCommand(CommandContext context, Inspection inspection) {
        this.context = context;
        this.inspection = inspection;
    }

    @Override
    public Integer call() throws InterruptedException {
        SessionName name = session.name(requireNonNull(spec).commandLine());
        Configuration effective = configuration.loader(context).load();
        print(new FoundSessionJson(effective.events().detail()).of(inspection.session(effective, name)));
        return 0;
    }

    private void print(ObjectNode json) {
        PrintWriter out = requireNonNull(spec).commandLine().getOut();
        switch (output) {
            case json -> out.println(json);
            case table ->
                json.properties()
                        .forEach(member -> out.printf(
                                "%-30s %s%n",
                                member.getKey(),
                                Printable.of(
                                        member.getValue().isContainerNode()
                                                ? member.getValue().toString()
                                                : member.getValue().asText())));
        }
        out.flush();
    }
}
