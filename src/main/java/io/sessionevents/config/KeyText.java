package io.sessionevents.config;

import java.util.Locale;

/** A key as a message shows it: what cannot be seen in it, and what merely looks like ASCII, is written as an escape. */
public final class KeyText {
    private static final int LONGEST = 120;

    private KeyText() {}

    public static String of(String key) {
        var text = new StringBuilder();
        key.chars().limit(LONGEST).forEach(c -> {
            if (c > ' ' && c < 0x7F) {
                text.append((char) c);
            } else {
                text.append(String.format(Locale.ROOT, "\\u%04x", c));
            }
        });
        return key.length() > LONGEST ? text.append('…').toString() : text.toString();
    }
}
