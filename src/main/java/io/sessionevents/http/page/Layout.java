package io.sessionevents.http.page;

import static io.sessionevents.http.page.Node.element;
import static io.sessionevents.http.page.Node.several;
import static io.sessionevents.http.page.Node.text;
import static io.sessionevents.http.page.Node.with;

/** What all views have around them. */
final class Layout {
    private Layout() {}

    /** The views that lead to each other. */
    enum View {
        NOW("/", "Now"),
        SESSIONS("/sessions", "Sessions"),
        /** Reached from the others. */
        OTHER("", "");

        private final String path;
        private final String name;

        View(String path, String name) {
            this.path = path;
            this.name = name;
        }
    }

    /**
     * A whole document.
     *
     * @param title of the window, before the name of the service
     * @param self path and query of the document
     */
    static Node document(String title, View view, String self, Node main) {
        return element("html", with("lang", "en"), head(title), body(view, self, main));
    }

    private static Node head(String title) {
        return element(
                "head",
                element("meta", with("charset", "utf-8")),
                element("meta", with("name", "viewport"), with("content", "width=device-width, initial-scale=1")),
                element("meta", with("name", "color-scheme"), with("content", "light dark")),
                element("title", text(title + " · session-events")),
                element("link", with("rel", "icon"), with("type", "image/svg+xml"), with("href", "/page/icon.svg")),
                element("link", with("rel", "stylesheet"), with("href", "/page/page.css")),
                element("script", with("type", "module"), with("src", "/page/page.js")));
    }

    private static Node body(View view, String self, Node main) {
        return element(
                "body",
                element("a", with("class", "skip"), with("href", "#main"), text("Skip to the content")),
                element("header", brand(), links(view), clock(self)),
                element("main", with("id", "main"), with("tabindex", "-1"), main),
                element(
                        "footer",
                        text("This page is read only: nothing on it changes a session, and no request to it does."
                                + " Times are in UTC. The same for programs: "),
                        element("a", with("href", "/openapi.yaml"), text("/openapi.yaml")),
                        text(".")));
    }

    private static Node brand() {
        return element(
                "a",
                with("class", "brand"),
                with("href", "/"),
                element(
                        "img",
                        with("src", "/page/icon.svg"),
                        with("alt", ""),
                        with("width", "24"),
                        with("height", "24")),
                text("session-events"));
    }

    private static Node links(View view) {
        return element("nav", with("aria-label", "Views"), link(View.NOW, view), link(View.SESSIONS, view));
    }

    private static Node link(View to, View shown) {
        Content current = to == shown ? with("aria-current", "page") : Node.NOTHING;
        return element("a", with("href", to.path), current, text(to.name));
    }

    private static Node clock(String self) {
        return element(
                "div",
                with("class", "clock"),
                element("span", with("class", "seal"), text("read only")),
                element(
                        "p",
                        with("id", "age"),
                        several(
                                text("as of "),
                                new Node.Now(),
                                element("span", with("id", "ago"), with("aria-hidden", "true")))),
                element(
                        "p",
                        with("id", "connection"),
                        with("role", "status"),
                        element("a", with("href", self), text("Reload"))),
                element("button", with("id", "pause"), with("type", "button"), with("hidden", ""), text("Pause")));
    }
}
