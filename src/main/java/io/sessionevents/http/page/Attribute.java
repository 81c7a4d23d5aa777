package io.sessionevents.http.page;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** An attribute of an element. Its value is escaped when it is written; there is none that runs a script or brings a style. */
record Attribute(String name, String value) implements Content {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z][a-zA-Z-]*");
    private static final Set<String> REFUSED = Set.of("style", "srcdoc");
    private static final Set<String> ADDRESSES = Set.of("href", "src", "action");

    /** @throws IllegalArgumentException if the name may not be used, or an address leads to another origin */
    Attribute {
        String lower = name.toLowerCase(Locale.ROOT);
        if (!NAME.matcher(name).matches() || lower.startsWith("on") || REFUSED.contains(lower)) {
            throw new IllegalArgumentException("no attribute may be named " + name);
        }
        if (ADDRESSES.contains(lower) && !value.matches("(?s)(/(?![/\\\\])|#).*")) {
            throw new IllegalArgumentException("an address must lead to a path of this origin");
        }
    }

    /** One that is there or not, such as {@code checked}. */
    static Content flag(String name, boolean there) {
        return there ? new Attribute(name, "") : Node.NOTHING;
    }
}
