package io.sessionevents.http.page;

import static io.sessionevents.http.page.Node.element;
import static io.sessionevents.http.page.Node.outside;
import static io.sessionevents.http.page.Node.with;

/** A line that says what is missing on a page. */
final class Warning {
    private Warning() {}

    static Node of(String text) {
        return of(outside(text));
    }

    static Node of(Node... content) {
        return element("p", with("class", "warning"), shape(), element("span", content));
    }

    /** The sign of trouble. */
    static Node shape() {
        return element("i", with("class", "shape"), with("aria-hidden", "true"));
    }
}
