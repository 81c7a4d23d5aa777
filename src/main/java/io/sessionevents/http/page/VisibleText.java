package io.sessionevents.http.page;

import java.util.Locale;

/** Makes visible what would change how other text looks, or hide in it: controls, reversals of direction, characters without width. */
final class VisibleText {
    /** Most code points that are shown of one value. */
    static final int LONGEST = 256;

    /** Most code points that are shown of what is wrong: AWS's words with the statement that mends it are longer than a value. */
    static final int LONGEST_SENTENCE = 4_000;

    private VisibleText() {}

    /** The text with each such character as its code point, such as [U+202E]. */
    static String of(String text) {
        if (text.codePoints().noneMatch(VisibleText::hidden)) {
            return text;
        }
        var visible = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(character -> {
            if (hidden(character)) {
                visible.append("[U+")
                        .append(String.format(Locale.ROOT, "%04X", character))
                        .append(']');
            } else {
                visible.appendCodePoint(character);
            }
        });
        return visible.toString();
    }

    /** The same of at most so many code points; an ellipsis stands for the rest. */
    static String cut(String text, int longest) {
        return text.codePointCount(0, text.length()) <= longest
                ? of(text)
                : of(text.substring(0, text.offsetByCodePoints(0, longest))) + "…";
    }

    private static boolean hidden(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> true;
            default -> blank(character);
        };
    }

    /** Letters and marks by their type, and yet nothing is seen of them: fillers of Hangul and Braille, joiners, selectors. */
    private static boolean blank(int character) {
        return character == 0x034F
                || character == 0x115F
                || character == 0x1160
                || character == 0x17B4
                || character == 0x17B5
                || character == 0x2800
                || character == 0x3164
                || character == 0xFFA0
                || (character >= 0x180B && character <= 0x180F)
                || (character >= 0xFE00 && character <= 0xFE0F)
                || (character >= 0xE0100 && character <= 0xE01EF);
    }
}
