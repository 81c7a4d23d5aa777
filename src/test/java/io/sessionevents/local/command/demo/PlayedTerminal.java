package io.sessionevents.local.command.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Plays what a terminal was sent, and has the rows that people see then and above: long ones are broken at its width. */
public final class PlayedTerminal {
    private static final Pattern ESCAPE = Pattern.compile("\u001b\\[[0-9;]*([A-Za-z])");

    private final int columns;
    private final List<StringBuilder> rows = new ArrayList<>(List.of(new StringBuilder()));
    private int row;
    private int column;

    public PlayedTerminal(int columns) {
        this.columns = columns;
    }

    /** The rows, without blanks at their ends. */
    public static List<String> rows(int columns, String sent) {
        var terminal = new PlayedTerminal(columns);
        terminal.play(sent);
        return terminal.rows.stream().map(row -> row.toString().stripTrailing()).toList();
    }

    private void play(String sent) {
        Matcher escape = ESCAPE.matcher(sent);
        for (int at = 0; at < sent.length(); at++) {
            if (sent.charAt(at) == '\u001b' && escape.region(at, sent.length()).lookingAt()) {
                erase(escape.group(1));
                at = escape.end() - 1;
            } else {
                show(sent.charAt(at));
            }
        }
    }

    /** Colours change no cell. */
    private void erase(String command) {
        if (command.equals("m")) {
            return;
        }
        if (!command.equals("J")) {
            throw new IllegalArgumentException("this terminal does not know " + command);
        }
        rows.subList(row + 1, rows.size()).clear();
        rows.get(row).setLength(Math.min(rows.get(row).length(), column));
    }

    private void show(char sign) {
        switch (sign) {
            case '\r' -> column = 0;
            case '\n' -> down();
            default -> {
                if (column == columns) {
                    column = 0;
                    down();
                }
                write(sign);
            }
        }
    }

    private void write(char sign) {
        StringBuilder cells = rows.get(row);
        if (column < cells.length()) {
            cells.setCharAt(column, sign);
        } else {
            cells.append(sign);
        }
        column++;
    }

    private void down() {
        row++;
        if (row == rows.size()) {
            rows.add(new StringBuilder());
        }
    }
}
