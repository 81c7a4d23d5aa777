package io.sessionevents.session;

import java.util.regex.Pattern;

/** What AWS's identifiers look like. */
final class Identifiers {
    private static final Pattern IDENTIFIER = Pattern.compile("[0-9a-z]{1,64}");

    private Identifiers() {}

    /** @throws IllegalArgumentException if the value is no identifier; the message says which and what was expected */
    static void check(String name, String value) {
        if (!IDENTIFIER.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    name + " " + Quotes.quote(value) + " is no identifier, expected 1 to 64 characters of 0-9 and a-z");
        }
    }
}
