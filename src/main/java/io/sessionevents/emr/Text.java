package io.sessionevents.emr;

import io.sessionevents.session.Printable;

/** Makes text that came over the network fit for a one-line message. */
final class Text {
    private static final int LONGEST = 200;

    private Text() {}

    static String brief(String text) {
        String line = Printable.of(text.replaceAll("\\s+", " ")).strip();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }
}
