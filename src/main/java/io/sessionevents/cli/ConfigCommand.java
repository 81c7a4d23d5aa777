package io.sessionevents.cli;

import static java.util.Objects.requireNonNull;

import io.sessionevents.config.ConfigurationLoader;
import io.sessionevents.kafka.KafkaDefaults;
import io.sessionevents.settings.Configuration;
import io.sessionevents.settings.ConfigurationDocument;
import java.io.PrintWriter;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
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
    private static final String KAFKA = "kafka.";

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
        lines(loader).values().forEach(out::println);
        out.flush();
        PrintWriter err = spec.commandLine().getErr();
        loader.load().warnings().forEach(warning -> err.println("session-events: " + warning));
        err.flush();
        return 0;
    }

    /** By key: what is set, what is not, and what the service sets in Kafka's stead. */
    private static SortedMap<String, String> lines(ConfigurationLoader<Configuration> loader) {
        SortedMap<String, String> lines = new TreeMap<>();
        Map<String, String> kafka = new TreeMap<>();
        Configuration.KEYS
                .settings()
                .forEach(setting -> lines.put(
                        setting.name(),
                        line(setting.name(), "", setting.required() ? "missing, it must be set" : "not set")));
        loader.values().forEach((key, value) -> {
            lines.put(key, line(key, loader.shown(key), value.source()));
            if (key.startsWith(KAFKA)) {
                kafka.put(key.substring(KAFKA.length()), value.text());
            }
        });
        KafkaDefaults.inForce(kafka)
                .forEach((key, value) ->
                        lines.put(KAFKA + key, line(KAFKA + key, value, "default of session-events in Kafka's stead")));
        return lines;
    }

    private static String line(String key, String value, String source) {
        return "%-32s %-40s # %s".formatted(key, value, source);
    }
}
