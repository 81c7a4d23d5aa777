package io.sessionevents.session;

/** What AWS's identifiers look like. Checked by hand: each session that is read from a store has two of them. */
final class Identifiers {
    private static final int LONGEST = 64;

    private Identifiers() {}

    /** @throws IllegalArgumentException if the value is no identifier; the message says which and what was expected */
    static void check(String name, String value) {
        if (!valid(value)) {
            throw new IllegalArgumentException(
                    name + " " + Quotes.quote(value) + " is no identifier, expected 1 to 64 characters of 0-9 and a-z");
        }
    }

    private static boolean valid(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (!(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'z')) {
                return false;
            }
        }
        return !value.isEmpty() && value.length() <= LONGEST;
    }
}
