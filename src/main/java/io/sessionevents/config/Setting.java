package io.sessionevents.config;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Definition of one key.
 *
 * @param name the key
 * @param fallback the default as text; null if there is none
 * @param required whether a value must be given
 * @param expected what a value looks like, for messages and the documentation
 * @param doc what it does, in a sentence or two
 * @param parser from text to value; throws {@link IllegalArgumentException} if the text is no value
 */
record Setting<T>(
        String name,
        @Nullable String fallback,
        boolean required,
        String expected,
        String doc,
        Function<String, T> parser) {

    /** The environment variable that overrides the key. */
    String environmentVariable() {
        return environmentVariable(name);
    }

    static String environmentVariable(String key) {
        return "SESSION_EVENTS_"
                + key.toUpperCase(java.util.Locale.ROOT).replace('.', '_').replace('-', '_');
    }
}
