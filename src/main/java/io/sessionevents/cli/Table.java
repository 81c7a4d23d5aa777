package io.sessionevents.cli;

import io.sessionevents.session.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Columns beside each other. A terminal shows as many as it has room for, what matters most first, and never breaks a row; a pipe or
 * a file gets all of them whole.
 *
 * @param columns in the order of the row
 * @param wishes what is granted one after the other, until there is no room for the next
 * @param elastic the column that takes what room is left where the last one is not shown
 */
record Table(List<Column> columns, List<Wish> wishes, int elastic) {
    /** The width where there is no terminal. */
    static final int UNLIMITED = Integer.MAX_VALUE;

    private static final String GAP = "  ";
    private static final String RESET = "\u001b[0m";

    /** Where a text that is too long is cut; a cut number would be another one. */
    enum Cut {
        START,
        END,
        NOT
    }

    /**
     * One column.
     *
     * @param right whether its texts stand at its right side
     * @param whole its cells where nothing limits the width
     */
    record Column(String name, boolean right, Cut cut, int whole) {}

    /** That a column shall have so many cells. */
    record Wish(int column, int cells) {}

    /**
     * A part of a cell.
     *
     * @param colour its escape sequence; empty for none
     */
    record Span(String colour, String text) {
        /** What others have written must not steer the terminal. */
        Span {
            text = Printable.of(text);
        }

        private Span cut(int cells) {
            return new Span(colour, start(text, cells));
        }
    }

    /** The texts of one column in one row. */
    record Cell(List<Span> spans) {
        static Cell of(String text) {
            return of("", text);
        }

        static Cell of(String colour, String text) {
            return new Cell(List.of(new Span(colour, text)));
        }

        private int length() {
            return spans.stream().mapToInt(span -> cells(span.text())).sum();
        }

        private Cell start(int room) {
            List<Span> kept = new ArrayList<>();
            int left = room;
            for (Span span : spans) {
                if (left > 0 && !span.text().isEmpty()) {
                    Span shown = span.cut(left);
                    kept.add(shown);
                    left = cells(span.text()) > left ? 0 : left - cells(shown.text());
                }
            }
            return new Cell(kept);
        }

        private Cell end(int room) {
            Span all = spans.getFirst();
            String text = all.text();
            while (cells(text) > room - 1 && !text.isEmpty()) {
                text = text.substring(text.offsetByCodePoints(0, 1));
            }
            return of(all.colour(), "…" + text);
        }
    }

    /**
     * How many cells each column has, 0 where it is not shown.
     *
     * @param width of the terminal, or {@link #UNLIMITED}
     */
    List<Integer> fit(int width) {
        int[] cells = new int[columns.size()];
        if (width == UNLIMITED) {
            return columns.stream().map(Column::whole).toList();
        }
        for (Wish wish : wishes) {
            int before = cells[wish.column()];
            cells[wish.column()] = wish.cells();
            if (length(cells) > width) {
                cells[wish.column()] = before;
                break;
            }
        }
        int last = cells.length - 1;
        cells[cells[last] > 0 ? last : elastic] += Math.max(0, width - length(cells));
        return IntStream.of(cells).boxed().toList();
    }

    private static int length(int[] cells) {
        int shown = (int) IntStream.of(cells).filter(one -> one > 0).count();
        return IntStream.of(cells).sum() + Math.max(0, shown - 1) * GAP.length();
    }

    /** The names of the columns that are shown. */
    String heading(int width, String colour) {
        return row(
                width,
                columns.stream().map(column -> Cell.of(colour, column.name())).toList());
    }

    /** One row, without blanks at its end. */
    String row(int width, List<Cell> content) {
        List<Integer> fit = fit(width);
        List<Span> row = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            int room = fit.get(i);
            if (room > 0) {
                if (!row.isEmpty()) {
                    row.add(new Span("", GAP));
                }
                row.addAll(aligned(columns.get(i), width == UNLIMITED ? UNLIMITED : room, room, content.get(i)));
            }
        }
        Cell whole = new Cell(row);
        return painted(whole.length() > width ? whole.start(width) : whole);
    }

    private static List<Span> aligned(Column column, int most, int room, Cell content) {
        Cell cell = content;
        if (cell.length() > most) {
            cell = switch (column.cut()) {
                case START -> content.end(most);
                case END -> content.start(most);
                case NOT -> content;
            };
        }
        var blanks = new Span("", " ".repeat(Math.max(0, room - cell.length())));
        List<Span> spans = new ArrayList<>(cell.spans());
        spans.add(column.right() ? 0 : spans.size(), blanks);
        return spans;
    }

    private static String painted(Cell row) {
        var text = new StringBuilder();
        row.spans()
                .forEach(span -> text.append(
                        span.colour().isEmpty() || span.text().isBlank()
                                ? span.text()
                                : span.colour() + span.text() + RESET));
        return text.toString().stripTrailing();
    }

    /** The beginning of a text that does not fit, with a sign that there is more. */
    private static String start(String text, int room) {
        if (cells(text) <= room) {
            return text;
        }
        int end = 0;
        int used = 0;
        while (used + cells(text.codePointAt(end)) <= room - 1) {
            used += cells(text.codePointAt(end));
            end = text.offsetByCodePoints(end, 1);
        }
        return text.substring(0, end) + "…";
    }

    private static int cells(String text) {
        return text.codePoints().map(Table::cells).sum();
    }

    /** Two for every sign that some terminal may draw so wide. */
    private static int cells(int codePoint) {
        boolean narrow = codePoint < 0x1100 || (codePoint >= 0x2000 && codePoint < 0x2300);
        return narrow ? 1 : 2;
    }
}
