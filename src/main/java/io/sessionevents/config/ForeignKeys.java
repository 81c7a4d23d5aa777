package io.sessionevents.config;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keys of a library: what is set under them is passed on to it. */
public interface ForeignKeys {

    /** Whether the key is one of them. */
    boolean include(String key);

    /** Whether the library documents that key of its own. What it does not document may be a secret and is not shown. */
    default boolean documents(String key) {
        return true;
    }

    /** Keys that a mistyped one may have been meant to be. */
    default Collection<String> suggestions() {
        return List.of();
    }

    /** The key that a variable of the environment sets; null if it is none of theirs. */
    default @Nullable String ofVariable(String variable) {
        return null;
    }

    /** Adds to the findings what is wrong with a value, or worth a look. */
    default void review(String key, Value value, Values findings) {}
}
