package io.sessionevents.http.page;

import static io.sessionevents.http.page.Node.element;
import static io.sessionevents.http.page.Node.several;
import static io.sessionevents.http.page.Node.text;
import static io.sessionevents.http.page.Node.with;

import java.util.ArrayList;
import java.util.List;

/** A table whose columns keep their widths whatever comes, and which becomes a list of cards where there is no room. */
final class Table {
    private final String caption;
    private final List<Column> columns;
    private final List<Node> rows = new ArrayList<>();

    /**
     * A column.
     *
     * @param name in one or two words
     * @param kind how the stylesheet calls it, such as {@code number}
     * @param head what stands above it, usually the name
     */
    record Column(String name, String kind, Node head) {
        static Column of(String name, String kind) {
            return new Column(name, kind, text(name));
        }
    }

    /** @param caption for those who hear the page */
    Table(String caption, List<Column> columns) {
        this.caption = caption;
        this.columns = List.copyOf(columns);
    }

    /** @param id unique in the document, and the same for the same thing, so that a refresh finds the row again */
    void row(String id, Node... cells) {
        List<Node> row = new ArrayList<>();
        for (int i = 0; i < cells.length; i++) {
            Column column = columns.get(i);
            row.add(element(
                    i == 0 ? "th" : "td",
                    with("class", column.kind()),
                    with("data-label", column.name()),
                    i == 0 ? with("scope", "row") : Node.NOTHING,
                    cells[i]));
        }
        rows.add(element("tr", with("id", id), several(row)));
    }

    Node node() {
        List<Node> widths = new ArrayList<>();
        List<Node> heads = new ArrayList<>();
        for (Column column : columns) {
            widths.add(element("col", with("class", column.kind())));
            heads.add(element("th", with("class", column.kind()), with("scope", "col"), column.head()));
        }
        return element(
                "table",
                element("caption", text(caption)),
                element("colgroup", several(widths)),
                element("thead", element("tr", several(heads))),
                element("tbody", several(rows)));
    }
}
