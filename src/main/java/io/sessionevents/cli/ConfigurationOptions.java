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
            description = "Properties file; see docs/configuration.md.")
    private @Nullable Path file;

    @Option(
            names = "-X",
            paramLabel = "KEY=VALUE",
            description = "Sets one key; wins over the file and the environment. May be repeated.")
    private Map<String, String> flags = new LinkedHashMap<>();

    ConfigurationLoader<Configuration> loader(CommandContext context) {
        return onTop(Configuration.loader(), context);
    }

    /** For commands that people use from the host of a local environment. */
    ConfigurationLoader<Configuration> loaderWithLocalDefaults(CommandContext context) {
        return onTop(
                Configuration.loader()
                        .withDefault("bootstrap.servers", "localhost:9092")
                        .withDefault("schema.registry.url", "http://localhost:8081"),
                context);
    }

    private ConfigurationLoader<Configuration> onTop(
            ConfigurationLoader<Configuration> loader, CommandContext context) {
        if (file != null) {
            loader.withFile(file);
        }
        return loader.withEnvironment(context.environment()).withFlags(flags);
    }
}
