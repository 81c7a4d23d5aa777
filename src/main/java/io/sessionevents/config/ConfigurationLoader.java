package io.sessionevents.config;

import static java.util.Objects.requireNonNull;

import io.sessionevents.masking.Secrets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Puts the layers of the configuration on top of each other: defaults, file, environment, flags. A later layer wins.
 * Collects every problem and reports all at once.
 */
public final class ConfigurationLoader {
    /** Two spellings of one setting: all of the program takes the same value, or none starts. */
    private static final Map<String, String> SAME = Map.of(
            KafkaKey.PREFIX + Settings.BOOTSTRAP_SERVERS.name(), Settings.BOOTSTRAP_SERVERS.name(),
            KafkaKey.PREFIX + Settings.APPLICATION_ID.name(), Settings.APPLICATION_ID.name());

    private final Map<String, Value> values = new TreeMap<>();
    private final List<String> problems = new ArrayList<>();

    /** What each spelling of a setting that has two was given last, by the setting and the spelling. */
    private final Map<String, Map<String, Value>> spellings = new TreeMap<>();

    /**
     * A value and where it came from.
     *
     * @param source a file and a line, an environment variable, a flag, or the word default
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
            String key = EnvironmentVariables.key(variable, text);
            if (key != null) {
                put(key, text, "environment variable " + variable);
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

    /** The value of a key that is set, as it may be shown; what Kafka does not document may be a secret. */
    public String shown(String key) {
        Value value = requireNonNull(values.get(key), key);
        boolean unknown = isKafkas(key)
                && !KafkaKey.parse(key.substring(KafkaKey.PREFIX.length())).known();
        return unknown ? Secrets.MASK : Secrets.mask(key, value.text());
    }

    /**
     * The validated configuration.
     *
     * @throws ConfigurationException if anything is wrong; it says all that is
     */
    public Configuration load() {
        spellings.values().forEach(this::checkSame);
        Configuration configuration = new SettingReader(values, problems).read();
        if (configuration == null) {
            throw new ConfigurationException(problems);
        }
        return configuration;
    }

    private void checkSame(Map<String, Value> spelled) {
        if (spelled.values().stream()
                        .map(value -> value.text().strip())
                        .distinct()
                        .count()
                > 1) {
            problems.add(spelled.entrySet().stream()
                            .map(one -> one.getKey() + " is \""
                                    + Secrets.urls(one.getValue().text()) + "\" ("
                                    + one.getValue().source() + ")")
                            .collect(Collectors.joining(" and "))
                    + ", but they are one setting. Set only one of them.");
        }
    }

    /** Whether it is passed on to Kafka. */
    static boolean isKafkas(String key) {
        return key.startsWith(KafkaKey.PREFIX) && !key.equals(Settings.KAFKA_AUTH.name());
    }

    private void put(String spelling, String text, String source) {
        String key = SAME.getOrDefault(spelling, spelling);
        boolean known = isKafkas(key)
                || Settings.isRegistryKey(key)
                || Settings.ALL.stream().anyMatch(setting -> setting.name().equals(key));
        if (Settings.RENAMED.containsKey(key)) {
            problems.add(
                    KeyText.of(key) + " (" + source + ") is called " + Settings.RENAMED.get(key) + " now, rename it");
            return;
        }
        if (!known) {
            problems.add(
                    "Unknown key " + KeyText.of(key) + " (" + source + "), did you mean " + NearestKey.of(key) + "?");
            return;
        }
        var value = new Value(text, source);
        if (SAME.containsValue(key) && !text.isBlank()) {
            spellings.computeIfAbsent(key, setting -> new TreeMap<>()).put(spelling, value);
        }
        if (!text.isBlank() || (key.equals(spelling) && !hasFallback(key))) {
            values.put(key, value);
        }
    }

    /** Nothing where there is a default is no value: compose files write {@code ${HTTP_HOST:-}}. */
    private static boolean hasFallback(String key) {
        return Settings.ALL.stream().anyMatch(setting -> setting.name().equals(key) && setting.fallback() != null);
    }
}
