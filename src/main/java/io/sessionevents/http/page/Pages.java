package io.sessionevents.http.page;

import static io.sessionevents.http.page.Node.element;
import static io.sessionevents.http.page.Node.outside;
import static io.sessionevents.http.page.Node.several;
import static io.sessionevents.http.page.Node.text;
import static io.sessionevents.http.page.Node.with;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The views, each made of what the API answers. */
public final class Pages {
    private Pages() {}

    /**
     * A document as it is sent.
     *
     * @param html the whole of it
     * @param version equal for documents that differ in nothing but what passes with time
     */
    public record Page(String html, String version) {
        static Page of(Node document, Instant asOf) {
            return new Page(HtmlWriter.document(document, asOf), Version.of(HtmlWriter.timeless(document)));
        }
    }

    /** @param instances what {@code /api/v1/instances} answered */
    public static Page now(JsonNode instances, Instant asOf) {
        return Page.of(NowView.of(Fleet.of(instances)), asOf);
    }

    /**
     * The sessions that a filter lets through.
     *
     * @param list what {@code /api/v1/sessions} answered
     * @param next where the page behind it begins; null if there is none
     * @param instances what {@code /api/v1/instances} answered
     */
    public static Page sessions(JsonNode list, Filter filter, @Nullable String next, JsonNode instances, Instant asOf) {
        List<String> sources = Fleet.of(instances).sourceNames();
        return Page.of(SessionsView.of(list, filter, next, sources), asOf);
    }

    /**
     * One session.
     *
     * @param key of it
     * @param kept what {@code /api/v1/sessions/KEY} answered; null if it is not kept
     * @param history what {@code /api/v1/sessions/KEY/history} answered; null if it tells nothing
     * @param missing why one of them cannot be had at the moment
     */
    public static Page session(
            String key, @Nullable JsonNode kept, @Nullable JsonNode history, List<String> missing, Instant asOf) {
        return Page.of(SessionView.of(key, members(kept), members(history), missing), asOf);
    }

    /**
     * What is shown instead of a view.
     *
     * @param title what is the matter, in a few words
     * @param detail what exactly, with what was expected
     * @param self path and query of the request
     */
    public static Page message(String title, String detail, String self, Instant asOf) {
        Node main = several(
                element("div", with("class", "heading"), element("h1", text(title))),
                element(
                        "div",
                        with("class", "empty"),
                        element("p", outside(detail)),
                        element(
                                "p",
                                element("a", with("href", "/"), text("Now")),
                                text(" · "),
                                element("a", with("href", "/sessions"), text("All sessions")))));
        return Page.of(Layout.document(title, Layout.View.OTHER, self, main), asOf);
    }

    private static Members members(@Nullable JsonNode json) {
        return new Members(json == null ? MissingNode.getInstance() : json);
    }
}
