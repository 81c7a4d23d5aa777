package io.sessionevents.cli;

import io.sessionevents.config.ConfigurationLoader;
import io.sessionevents.settings.Configuration;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of every command that needs the configuration. */
final class ConfigurationOptions {
    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "Properties file instead of config/session-events.properties of this installation.")
    private @Nullable Path file;

    @Option(
            names = "-X",
            paramLabel = "KEY=VALUE",
            description = "Sets one key; wins over the file and the environment. May be repeated.")
    private Map<String, String> flags = new LinkedHashMap<>();

    /** Of the file that is given or else, if there is one, the file of this installation; of the environment, and of the flags. */
    ConfigurationLoader<Configuration> loader(CommandContext context) {
        ConfigurationLoader<Configuration> loader = Configuration.loader();
        Path chosen = file == null ? context.configuration() : file;
        if (chosen != null) {
            loader.withFile(chosen);
        }
        return loader.withEnvironment(context.environment()).withFlags(flags);
    }
}
