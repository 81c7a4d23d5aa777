package io.sessionevents.session;

/** Quotes what others wrote, for messages: cut, and without control characters. */
final class Quotes {
    private static final int LONGEST = 40;

    private Quotes() {}

    static String quote(String text) {
        String shown = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
        return '"' + Printable.of(shown) + '"';
    }
}
