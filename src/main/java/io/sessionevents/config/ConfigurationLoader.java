package io.sessionevents.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Puts the layers of the configuration on top of each other: defaults, file, environment, flags. A later layer wins.
 * Collects every problem and reports all at once.
 */
public final class ConfigurationLoader {
    private static final String KAFKA = "kafka.";
    private static final String PREFIX = "SESSION_EVENTS_";

    /** What Kubernetes injects for a Service of the name kafka, and what the JVM start scripts of Kafka use. */
    private static final Pattern NOT_OURS =
            Pattern.compile("KAFKA_(PORT|PORT_.*|SERVICE_.*|.*_TCP.*|HEAP_OPTS|OPTS|JMX_.*|LOG4J_.*)");

    private final Map<String, Value> values = new TreeMap<>();
    private final List<String> problems = new ArrayList<>();

    /**
     * A value and where it came from.
     *
     * @param source a file with the key, an environment variable, a flag, or the word default
     */
    public record Value(String text, String source) {}

    /** A loader that knows the defaults only. */
    public ConfigurationLoader() {
        for (Setting<?> setting : Settings.ALL) {
            if (setting.fallback() != null) {
                values.put(setting.name(), new Value(setting.fallback(), "default"));
            }
        }
    }

    /** A default that only some commands have. */
    public ConfigurationLoader withDefault(String key, String value) {
        values.put(key, new Value(value, "default of this command"));
        return this;
    }

    /** Adds a properties file. */
    public ConfigurationLoader withFile(Path file) {
        PropertiesFile.read(file, problems)
                .forEach((key, entry) -> put(key, entry.value(), "file " + file + " line " + entry.line()));
        return this;
    }

    /** Adds the environment variables that concern the service; the others are left alone. */
    public ConfigurationLoader withEnvironment(Map<String, String> environment) {
        new TreeMap<>(environment).forEach((variable, text) -> {
            if (variable.startsWith(PREFIX)) {
                put(keyOf(variable.substring(PREFIX.length())), text, "environment variable " + variable);
            } else if (variable.startsWith("KAFKA_")
                    && !NOT_OURS.matcher(variable).matches()) {
                put(KAFKA + keyOf(variable.substring("KAFKA_".length())), text, "environment variable " + variable);
            }
        });
        return this;
    }

    /** Adds {@code -X key=value} flags. */
    public ConfigurationLoader withFlags(Map<String, String> flags) {
        flags.forEach((key, text) -> put(key, text, "flag -X " + key));
        return this;
    }

    /** Every value that is set, by key, with its source; not yet validated. */
    public Map<String, Value> values() {
        return new LinkedHashMap<>(values);
    }

    /**
     * The validated configuration.
     *
     * @throws ConfigurationException if anything is wrong; it says all that is
     */
    public Configuration load() {
        var reader = new SettingReader(values, problems);
        Configuration configuration = reader.read();
        if (configuration == null) {
            throw new ConfigurationException(problems);
        }
        return configuration;
    }

    private void put(String key, @Nullable String text, String source) {
        boolean known = key.startsWith(KAFKA)
                || Settings.isRegistryKey(key)
                || Settings.ALL.stream().anyMatch(setting -> setting.name().equals(key));
        if (!known) {
            problems.add(
                    "Unknown key " + KeyText.of(key) + " (" + source + "), did you mean " + NearestKey.of(key) + "?");
        } else if (text != null) {
            values.put(key, new Value(text, source));
        }
    }

    private static String keyOf(String variable) {
        return variable.toLowerCase(Locale.ROOT).replace('_', '.');
    }
}
