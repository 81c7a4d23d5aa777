package io.sessionevents.cli;

import static java.util.Objects.requireNonNull;

import io.sessionevents.config.ConfigurationLoader;
import io.sessionevents.settings.Configuration;
import io.sessionevents.settings.ConfigurationDocument;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "config",
        description = "Prints the effective configuration, where each value comes from, and whether it is valid.")
final class ConfigCommand implements Callable<Integer> {
    private final CommandContext context;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private final ConfigurationOptions configuration = new ConfigurationOptions();

    @Option(names = "--docs", description = "Prints the documentation of every key instead.")
    private boolean docs;

    ConfigCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        PrintWriter out = requireNonNull(spec).commandLine().getOut();
        if (docs) {
            out.print(ConfigurationDocument.render());
            out.flush();
            return 0;
        }
        ConfigurationLoader<Configuration> loader = configuration.loader(context);
        loader.values()
                .forEach((key, value) -> out.printf("%-32s %-40s # %s%n", key, loader.shown(key), value.source()));
        out.flush();
        PrintWriter err = spec.commandLine().getErr();
        loader.load().warnings().forEach(warning -> err.println("session-events: " + warning));
        err.flush();
        return 0;
    }
}
