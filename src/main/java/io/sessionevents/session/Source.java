package io.sessionevents.session;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One account and Region that sessions are read from, with a name.
 *
 * @param name see {@link #name}
 * @param region null if it is not known
 * @param account 12 digits; null if it is not known
 */
public record Source(
        String name, @Nullable String region, @Nullable String account) {
    /** Name of the source that {@code aws.*} configures; keys of its sessions do not name it. */
    public static final String DEFAULT = "default";

    /** What a name of a source looks like, for messages. */
    public static final String EXPECTED_NAME = "1 to 32 characters of a-z, 0-9 and -, not arn";

    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,32}");

    public Source {
        name = name(name);
    }

    /**
     * The name, checked; the same object for the same name, because millions of keys hold one.
     *
     * @throws IllegalArgumentException if it is none; the message quotes it and says what was expected
     */
    public static String name(String text) {
        if (text.equals(DEFAULT)) {
            return DEFAULT;
        }
        // An ARN begins like a key in a source of that name.
        if (!NAME.matcher(text).matches() || text.equals("arn")) {
            throw new IllegalArgumentException(
                    "source " + Quotes.quote(text) + " is no name of a source, expected " + EXPECTED_NAME);
        }
        return text.intern();
    }

    /** What concerns one source, for people: the default one is not named, as in the keys of its sessions. */
    public static String labelled(String what, String source) {
        return source.equals(DEFAULT) ? what : what + " " + source;
    }

    /** Whether the session or application may be one of it, as far as is known. */
    public boolean mayHave(TrackedArn arn) {
        return (region == null || region.equals(arn.region())) && (account == null || account.equals(arn.account()));
    }

    /** For people: the name, and what is known of the rest. */
    @Override
    public String toString() {
        return name + " (" + (account == null ? "any account" : "account " + account) + " in "
                + (region == null ? "any Region" : region) + ")";
    }
}
