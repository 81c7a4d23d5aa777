package io.sessionevents.config;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Keys that there may be several of, {@code root.NAME.rest}: the same settings for each name that somebody chose. A name holds no
 * dot.
 *
 * @param root what they begin with, without the dot
 * @param settings by what follows the name
 * @param together looks at all that was given, adds what is wrong with it, and must not mind values that are none
 */
public record KeyFamily(String root, List<Setting<?>> settings, Consumer<Values> together) {
    private static final String ANY = "NAME";

    /** What the keys of that name begin with, the dot at the end included. */
    public String prefix(String name) {
        return root + "." + name + ".";
    }

    /** The name in a key of this form; empty if it has not this form. */
    public Optional<String> name(String key) {
        int begin = root.length() + 1;
        int end = key.startsWith(root + ".") ? key.indexOf('.', begin) : -1;
        return end < 0 ? Optional.empty() : Optional.of(key.substring(begin, end));
    }

    /** The setting that a key of this form is; empty if there is none. */
    Optional<Setting<?>> setting(String key) {
        return name(key)
                .flatMap(name -> settings.stream()
                        .filter(setting -> key.equals(prefix(name) + setting.name()))
                        .findFirst()
                        .map(setting -> setting.under(prefix(name))));
    }

    /** Keys that a mistyped one may have been meant to be. */
    Stream<String> suggestions(String mistyped) {
        String[] parts = mistyped.split("\\.", 3);
        String name = parts.length < 3 ? ANY : parts[1];
        return settings.stream().map(setting -> prefix(name) + setting.name());
    }

    /**
     * The key that is meant where dots stand for hyphens; empty if it is none of these. Where a part may belong to the name or to
     * what follows it, it belongs to what follows.
     */
    Optional<String> spelledAs(String dotted) {
        if (!dotted.startsWith(root + ".")) {
            return Optional.empty();
        }
        String rest = dotted.substring(root.length() + 1);
        return settings.stream()
                .map(Setting::name)
                .filter(setting -> rest.endsWith("." + setting.replace('-', '.')))
                .max(Comparator.comparingInt(String::length))
                .map(setting -> prefix(rest.substring(0, rest.length() - setting.length() - 1)
                                .replace('.', '-'))
                        + setting);
    }

    /** Adds what is wrong with the values of these keys, or of what they go with. */
    void review(Values values) {
        together.accept(values);
    }
}
