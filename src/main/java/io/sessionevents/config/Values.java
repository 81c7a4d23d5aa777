package io.sessionevents.config;

import io.sessionevents.masking.Secrets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the keys were given, parsed; collects what is wrong, so that all of it is reported at once. */
public final class Values {
    private final Map<String, Value> values;
    private final List<String> problems;
    private final List<String> warnings;
    private final String prefix;

    Values(Map<String, Value> values, List<String> problems) {
        this(values, problems, new ArrayList<>(), "");
    }

    private Values(Map<String, Value> values, List<String> problems, List<String> warnings, String prefix) {
        this.values = values;
        this.problems = problems;
        this.warnings = warnings;
        this.prefix = prefix;
    }

    /**
     * The same values, as one of several sees them that may have some of its own: a setting is first looked for under the prefix,
     * and then under its plain name.
     *
     * @param first the prefix, with the dot at its end
     */
    public Values under(String first) {
        return new Values(values, problems, warnings, first);
    }

    /** The setting under the name that it has its value from. */
    private <T> Setting<T> effective(Setting<T> setting) {
        Value own = prefix.isEmpty() ? null : values.get(prefix + setting.name());
        return own == null || own.text().isBlank() ? setting : setting.under(prefix);
    }

    /** The key that the setting has its value from, for messages. */
    public String key(Setting<?> setting) {
        return effective(setting).name();
    }

    /** The value of a setting that must be given or has a default. */
    public <T> T get(Setting<T> setting) {
        return Objects.requireNonNull(find(setting), setting.name());
    }

    /** The value of a setting; null if it was left out. */
    public <T> @Nullable T find(Setting<T> setting) {
        return parsed(effective(setting));
    }

    private <T> @Nullable T parsed(Setting<T> setting) {
        Value value = values.get(setting.name());
        if (value == null || value.text().isBlank()) {
            if (setting.required()) {
                problem("Missing " + setting.name() + ", expected " + setting.expected() + "; set it in the file, as "
                        + setting.environmentVariable() + " or with -X " + setting.name() + "=…");
            }
            return null;
        }
        try {
            return setting.parser().apply(value.text());
        } catch (IllegalArgumentException e) {
            problem(setting.name() + " is \"" + Secrets.mask(setting.name(), value.text()) + "\" (" + value.source()
                    + "), expected " + setting.expected());
            return null;
        }
    }

    /** A setting's value as it was written. */
    public String text(Setting<?> setting) {
        return Objects.requireNonNull(values.get(key(setting))).text();
    }

    /** What a key was given; null if nothing. */
    public @Nullable Value given(String key) {
        return values.get(key);
    }

    /** What is passed on to a library, by key. */
    public Map<String, String> passedOn(ForeignKeys library) {
        return values.entrySet().stream()
                .filter(entry -> library.include(entry.getKey()))
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().text(), (one, _) -> one, TreeMap::new));
    }

    /** What was given under keys that begin so, by key. */
    public Map<String, Value> beginning(String with) {
        return values.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(with))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (one, _) -> one, TreeMap::new));
    }

    /** Adds what is wrong, once. */
    public void problem(String text) {
        if (!problems.contains(text)) {
            problems.add(text);
        }
    }

    /** Adds what somebody should have a look at, although the service can start. */
    public void warning(String text) {
        warnings.add(text);
    }

    /** What was to be looked at so far, a sentence or two each. */
    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    /** Whether each value is one, looked at by itself. */
    boolean valid(Keys keys) {
        keys.settings().forEach(this::find);
        values.forEach((key, value) -> keys.library(key).ifPresent(library -> library.review(key, value, this)));
        keys.families().forEach(family -> {
            values.keySet().forEach(key -> family.setting(key).ifPresent(this::find));
            family.review(this);
        });
        return problems.isEmpty();
    }
}
