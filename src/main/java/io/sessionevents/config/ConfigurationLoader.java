package io.sessionevents.config;

import static java.util.Objects.requireNonNull;

import io.sessionevents.masking.Secrets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Puts the layers of the configuration on top of each other: defaults, file, environment, flags. A later layer wins.
 * Collects every problem and reports all at once.
 *
 * @param <T> the configuration
 */
public final class ConfigurationLoader<T> {
    private final Keys keys;
    private final Function<Values, T> reader;
    private final Map<String, Value> values = new TreeMap<>();
    private final List<String> problems = new ArrayList<>();

    /** What each spelling of a setting that has two was given last, by the setting and the spelling. */
    private final Map<String, Map<String, Value>> spellings = new TreeMap<>();

    /**
     * A loader that knows the defaults only.
     *
     * @param keys all there are
     * @param reader makes the configuration of values that are valid each by itself, and may add problems
     */
    public ConfigurationLoader(Keys keys, Function<Values, T> reader) {
        this.keys = keys;
        this.reader = reader;
        for (Setting<?> setting : keys.settings()) {
            if (setting.fallback() != null) {
                values.put(setting.name(), new Value(setting.fallback(), "default"));
            }
        }
    }

    /** Adds a properties file. */
    public ConfigurationLoader<T> withFile(Path file) {
        PropertiesFile.read(file, problems)
                .forEach((key, entry) -> put(key, entry.value(), "file " + file + " line " + entry.line()));
        return this;
    }

    /** Adds the environment variables that concern the service; the others are left alone. */
    public ConfigurationLoader<T> withEnvironment(Map<String, String> environment) {
        new TreeMap<>(environment).forEach((variable, text) -> {
            String key = EnvironmentVariables.key(variable, text, keys);
            if (key != null) {
                put(key, text, "environment variable " + variable);
            }
        });
        return this;
    }

    /** Adds {@code -X key=value} flags. */
    public ConfigurationLoader<T> withFlags(Map<String, String> flags) {
        flags.forEach((key, text) -> put(key, text, "flag -X " + key));
        return this;
    }

    /** Every value that is set, by key, with its source; not yet validated. */
    public Map<String, Value> values() {
        return new LinkedHashMap<>(values);
    }

    /** The value of a key that is set, as it may be shown. */
    public String shown(String key) {
        Value value = requireNonNull(values.get(key), key);
        boolean shown = keys.library(key).map(library -> library.documents(key)).orElse(true);
        return shown ? Secrets.mask(key, value.text()) : Secrets.MASK;
    }

    /**
     * The validated configuration.
     *
     * @throws ConfigurationException if anything is wrong; it says all that is
     */
    public T load() {
        spellings.values().forEach(this::checkSame);
        var given = new Values(values, problems);
        if (given.valid(keys)) {
            T configuration = reader.apply(given);
            if (problems.isEmpty()) {
                return configuration;
            }
        }
        throw new ConfigurationException(problems);
    }

    /**
     * A part of the configuration, for those who need no more: what the rest lacks is not asked for.
     *
     * @param settings of that part
     * @throws ConfigurationException if a layer cannot be read, or one of the settings is wrong
     */
    public <P> P load(List<Setting<?>> settings, Function<Values, P> part) {
        List<String> wrong = new ArrayList<>(problems);
        var given = new Values(values, wrong);
        settings.forEach(given::find);
        if (wrong.isEmpty()) {
            return part.apply(given);
        }
        throw new ConfigurationException(wrong);
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

    private void put(String spelling, String text, String source) {
        String key = keys.synonyms().getOrDefault(spelling, spelling);
        if (keys.renamed().containsKey(key)) {
            problems.add(KeyText.of(key) + " (" + source + ") is called "
                    + keys.renamed().get(key) + " now, rename it");
            return;
        }
        if (!keys.known(key)) {
            problems.add(
                    "Unknown key " + KeyText.of(key) + " (" + source + "), did you mean " + keys.nearest(key) + "?");
            return;
        }
        var value = new Value(text, source);
        if (keys.synonyms().containsValue(key) && !text.isBlank()) {
            spellings.computeIfAbsent(key, setting -> new TreeMap<>()).put(spelling, value);
        }
        if (!text.isBlank() || (key.equals(spelling) && !hasFallback(key))) {
            values.put(key, value);
        }
    }

    /** Nothing where there is a default is no value: compose files write {@code ${HTTP_HOST:-}}. */
    private boolean hasFallback(String key) {
        return keys.setting(key).map(setting -> setting.fallback() != null).orElse(false);
    }
}
