package io.sessionevents.cli;

import static java.util.Objects.requireNonNull;

import io.sessionevents.tracking.TopologyDiagram;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.apache.kafka.streams.TopologyDescription;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(name = "topology", description = "Prints the topology of Kafka Streams; connects to nothing.")
final class TopologyCommand implements Callable<Integer> {
    private final CommandContext context;
    private final Inspection inspection;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private final ConfigurationOptions configuration = new ConfigurationOptions();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.",
            defaultValue = "text")
    private Format format = Format.text;

    private enum Format {
        text,
        mermaid
    }

    TopologyCommand(CommandContext context, Inspection inspection) {
        this.context = context;
        this.inspection = inspection;
    }

    @Override
    public Integer call() {
        PrintWriter out = requireNonNull(spec).commandLine().getOut();
        TopologyDescription topology =
                inspection.topology(configuration.loader(context).load());
        out.print(
                switch (format) {
                    case text -> topology.toString();
                    case mermaid -> TopologyDiagram.mermaid(topology);
                });
        out.flush();
        return 0;
    }
}
