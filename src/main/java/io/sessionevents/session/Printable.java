package io.sessionevents.session;

import java.util.regex.Pattern;

/** What others wrote, fit for a terminal or a log: nothing in it steers one, ends a line or turns the text that follows. */
public final class Printable {
    /** Control characters, those of one byte (C1) too, and what is invisible and directs text; line and paragraph separators. */
    private static final Pattern STEERING = Pattern.compile("[\\p{Cc}\\p{Cf}\\u2028\\u2029]");

    private Printable() {}

    /** The same text with a question mark for each such character. */
    public static String of(String text) {
        return STEERING.matcher(text).replaceAll("?");
    }
}
