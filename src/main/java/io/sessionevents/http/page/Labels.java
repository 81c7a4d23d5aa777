package io.sessionevents.http.page;

import static io.sessionevents.http.page.Node.element;
import static io.sessionevents.http.page.Node.outside;
import static io.sessionevents.http.page.Node.several;
import static io.sessionevents.http.page.Node.text;
import static io.sessionevents.http.page.Node.with;

import java.util.ArrayList;
import java.util.List;

/** Labels as their publisher wrote them. */
final class Labels {
    /** Most of one session that are shown. */
    private static final int MOST = 20;

    private Labels() {}

    static Node of(Members labels) {
        List<Node> items = new ArrayList<>();
        labels.json().properties().stream()
                .limit(MOST)
                .forEach(label -> items.add(element(
                        "li",
                        element("span", with("class", "dim"), outside(label.getKey()), text("=")),
                        outside(label.getValue().asText()))));
        int more = labels.json().size() - MOST;
        if (more > 0) {
            items.add(element("li", text("and " + more + " more")));
        }
        return items.isEmpty() ? Node.none() : element("ul", with("class", "chips"), several(items));
    }
}
