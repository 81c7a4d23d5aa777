package io.sessionevents.config;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Definition of one key. It stands in the class that it configures; the loader, the document and the messages read it there.
 *
 * @param name the key
 * @param fallback the default as text; null if there is none
 * @param required whether a value must be given
 * @param expected what a value looks like, for messages and the documentation
 * @param doc what it does, in a sentence or two
 * @param parser from text to value; throws {@link IllegalArgumentException} if the text is no value
 */
public record Setting<T>(
        String name,
        @Nullable String fallback,
        boolean required,
        String expected,
        String doc,
        Function<String, T> parser) {

    /** One that must be given. */
    public static <T> Setting<T> required(String name, String expected, String doc, Function<String, T> parser) {
        return new Setting<>(name, null, true, expected, doc, parser);
    }

    /** One that has a default. */
    public static <T> Setting<T> optional(
            String name, String fallback, String expected, String doc, Function<String, T> parser) {
        return new Setting<>(name, fallback, false, expected, doc, parser);
    }

    /** One that may be left out. */
    public static <T> Setting<T> without(String name, String expected, String doc, Function<String, T> parser) {
        return new Setting<>(name, null, false, expected, doc, parser);
    }

    /** A duration from a millisecond to ten years. */
    public static Setting<Duration> duration(String name, String fallback, String doc) {
        return optional(name, fallback, Parsers.DURATION_TEXT, doc, Parsers::positiveDuration);
    }

    /** The same with a longer name: one of several that the definition is for. */
    public Setting<T> under(String prefix) {
        return new Setting<>(prefix + name, fallback, required, expected, doc, parser);
    }

    /** The environment variable that overrides the key. */
    String environmentVariable() {
        return EnvironmentVariables.OURS
                + name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }
}
