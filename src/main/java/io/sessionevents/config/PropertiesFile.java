package io.sessionevents.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A properties file in UTF-8. Reads what {@link Properties} reads, and names with its line what that would misread or throw
 * at: other encodings, escapes that are none, keys that are there twice. A problem never quotes a value.
 */
final class PropertiesFile {
    /** A configuration has a few KiB; what is larger is another file. */
    private static final int LARGEST_BYTES = 1024 * 1024;

    /** An escape, or a backslash before a letter or a digit, which would be dropped silently. */
    private static final Pattern ESCAPE = Pattern.compile("(?s)\\\\(u(?<hex>.{0,4})|(?<letter>[a-zA-Z0-9])|.)");

    private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{4}");
    private static final String HARMLESS = "tnrf";

    private final Path path;
    private final List<String> problems;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    /**
     * A key's value.
     *
     * @param line where it begins, from 1
     */
    record Entry(String value, int line) {}

    private PropertiesFile(Path path, List<String> problems) {
        this.path = path;
        this.problems = problems;
    }

    /**
     * Reads it.
     *
     * @param problems takes in what is wrong with it
     * @return what could be read, by key, in the order of the file
     */
    static Map<String, Entry> read(Path path, List<String> problems) {
        var file = new PropertiesFile(path, problems);
        file.read();
        return file.entries;
    }

    private void read() {
        String text = text();
        List<String> lines = List.of(text.split("\r\n|\r|\n", -1));
        for (int i = 0; i < lines.size(); ) {
            int first = i;
            var logical = new ArrayList<String>();
            do {
                logical.add(lines.get(i++));
            } while (i < lines.size() && !blankOrComment(logical.getFirst()) && goesOn(logical.getLast()));
            if (!blankOrComment(logical.getFirst())) {
                entry(String.join("\n", logical), first + 1);
            }
        }
    }

    private static boolean blankOrComment(String line) {
        String stripped = line.stripLeading();
        return stripped.isEmpty() || stripped.startsWith("#") || stripped.startsWith("!");
    }

    /** Whether it ends in an odd number of backslashes. */
    private static boolean goesOn(String line) {
        int backslashes = 0;
        while (backslashes < line.length() && line.charAt(line.length() - 1 - backslashes) == '\\') {
            backslashes++;
        }
        return backslashes % 2 == 1;
    }

    private void entry(String logical, int line) {
        if (!escapesAreSound(logical, line)) {
            return;
        }
        var one = new Properties();
        try {
            one.load(new StringReader(logical));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        one.stringPropertyNames().forEach(key -> {
            Entry before = entries.putIfAbsent(key, new Entry(one.getProperty(key), line));
            if (before != null) {
                problem(line, KeyText.of(key) + " is there already, in line " + before.line() + ". Keep one of them.");
            }
        });
    }

    private boolean escapesAreSound(String logical, int line) {
        int found = problems.size();
        Matcher escapes = ESCAPE.matcher(logical);
        while (escapes.find()) {
            int place = line
                    + (int) logical.substring(0, escapes.start())
                            .chars()
                            .filter(c -> c == '\n')
                            .count();
            String hex = escapes.group("hex");
            String letter = escapes.group("letter");
            if (hex != null && !HEX.matcher(hex).matches()) {
                problem(
                        place,
                        "has a backslash and a u that are not followed by four hexadecimal digits. Write \\u00e9 for é, say, or two"
                                + " backslashes for one.");
            } else if (letter != null && !HARMLESS.contains(letter)) {
                problem(
                        place,
                        "has a backslash before \"" + letter
                                + "\", which is no escape, so the backslash would be dropped. Write two backslashes for one.");
            }
        }
        return problems.size() == found;
    }

    private String text() {
        byte[] bytes;
        try (InputStream stream = Files.newInputStream(path)) {
            bytes = stream.readNBytes(LARGEST_BYTES + 1);
        } catch (IOException e) {
            problems.add("Configuration file " + path + " " + why(path, e));
            return "";
        }
        if (bytes.length > LARGEST_BYTES) {
            problems.add("Configuration file " + path + " has more than " + LARGEST_BYTES
                    + " bytes, expected a properties file. Give the right file with --config.");
            return "";
        }
        return FileText.of(bytes, this::problem);
    }

    private static String why(Path path, IOException e) {
        if (Files.isDirectory(path)) {
            return "is a directory, expected a properties file. Give a file in it with --config.";
        }
        return switch (e) {
            case NoSuchFileException missing -> "does not exist. Give the right path with --config.";
            case AccessDeniedException denied ->
                "may not be read by this user. Grant read permission on it and on its directories.";
            default -> "cannot be read: " + e;
        };
    }

    private void problem(int line, String what) {
        problems.add("Configuration file " + path + " line " + line + ": " + what);
    }
}
