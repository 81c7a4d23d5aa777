package io.sessionevents.http.page;

import static io.sessionevents.http.page.Node.element;
import static io.sessionevents.http.page.Node.outside;
import static io.sessionevents.http.page.Node.several;
import static io.sessionevents.http.page.Node.since;
import static io.sessionevents.http.page.Node.text;
import static io.sessionevents.http.page.Node.with;

import com.fasterxml.jackson.databind.JsonNode;
import io.sessionevents.http.page.Table.Column;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The sessions of the fleet that a filter lets through, in the order that was asked for. */
final class SessionsView {
    private SessionsView() {}

    /**
     * The view.
     *
     * @param list what {@code /api/v1/sessions} answered
     * @param next place of the page behind it; null if there is none
     * @param sources names of all sources
     */
    static Node of(JsonNode list, Filter filter, @Nullable String next, List<String> sources) {
        var members = new Members(list);
        List<Members> sessions = members.each("sessions");
        return Layout.document(
                "Sessions",
                Layout.View.SESSIONS,
                filter.address().text(),
                several(
                        element("div", with("class", "heading"), element("h1", text("Sessions"))),
                        FilterForm.of(filter, sources),
                        missing(members),
                        sessions.isEmpty() ? empty(filter, next) : table(sessions, filter),
                        pages(next, filter, sessions.size())));
    }

    private static Node missing(Members list) {
        List<String> silent = list.texts("incomplete");
        List<String> unassigned = list.texts("unassignedPartitions");
        if (silent.isEmpty() && unassigned.isEmpty()) {
            return Node.NOTHING;
        }
        String who = silent.isEmpty()
                ? "nobody has " + NowView.counted(unassigned.size(), "partition")
                : String.join(", ", silent) + (silent.size() == 1 ? " does" : " do") + " not answer";
        return Warning.of(
                text("Some sessions are missing: "),
                outside(who),
                text(". "),
                element("a", with("href", "/#trouble"), text("What to do")));
    }

    private static Node table(List<Members> sessions, Filter filter) {
        var table = new Table(
                "Sessions",
                List.of(
                        sorted("Session", "key", "key", filter),
                        sorted("State", "mark", "state", filter),
                        sorted("Changed", "time", "-updatedAt", filter),
                        sorted("Age", "time", "createdAt", filter),
                        Column.of("Changes", "number"),
                        Column.of("Billed vCPU h", "number"),
                        Column.of("Labels", "labels")));
        for (Members session : sessions) {
            String key = session.text("key");
            table.row(
                    "session-" + key,
                    element(
                            "a",
                            with("href", "/sessions/" + key),
                            element("span", with("class", "dim"), text(key.substring(0, key.indexOf('/') + 1))),
                            element("span", text(key.substring(key.indexOf('/') + 1)))),
                    several(StateMark.ofRaw(session.find("rawState")), status(session)),
                    Node.ago(session.time("updatedAt")),
                    since(session.time("createdAt")),
                    text(NowView.grouped(session.count("sequence"))),
                    outside(Amounts.rounded(session.of("usage").of("billed").find("vCPUHour"))),
                    Labels.of(session.of("labels")));
        }
        return table.node();
    }

    /** A column by which one can sort; once more turns it round. */
    private static Column sorted(String name, String kind, String by, Filter filter) {
        String opposite = by.startsWith("-") ? by.substring(1) : "-" + by;
        boolean straight = filter.sort().equals(by);
        boolean turned = filter.sort().equals(opposite);
        boolean ascending = straight != by.startsWith("-");
        Content sort = straight || turned
                ? with("aria-label", name + ", sorted; turn round")
                : with("aria-label", name + ", sort");
        String sign = straight || turned ? (ascending ? "up" : "down") : "both";
        return new Column(
                name,
                kind,
                element(
                        "a",
                        with(
                                "href",
                                filter.sorted(straight ? opposite : by)
                                        .address()
                                        .text()),
                        with("class", "sort " + sign),
                        sort,
                        text(name)));
    }

    private static Node status(Members session) {
        return switch (session.text("status")) {
            case "stopped" -> element("small", text("not tracked any more"));
            case "source-not-configured" -> element("small", text("source not configured"));
            default -> Node.NOTHING;
        };
    }

    private static Node empty(Filter filter, @Nullable String next) {
        List<Node> advice = new ArrayList<>();
        if (next != null) {
            advice.add(
                    element("p", element("strong", text("None of the sessions looked through so far is like that."))));
            advice.add(element(
                    "p",
                    element(
                            "a",
                            with("rel", "next"),
                            with("href", filter.behind(next).address().text()),
                            text("Look further"))));
        } else if (filter.after() != null) {
            advice.add(element("p", element("strong", text("No further sessions."))));
            advice.add(element(
                    "p",
                    element("a", with("href", filter.behind(null).address().text()), text("Back to the first page"))));
        } else if (filter.none()) {
            advice.add(element("p", element("strong", text("No session is known yet."))));
            advice.add(
                    element("p", text("Publish the ID of a session, or of a whole application, to the input topic:")));
            advice.add(element(
                    "pre",
                    element(
                            "code",
                            text("session-events track APPLICATION/SESSION\nsession-events track APPLICATION"))));
        } else {
            advice.add(element("p", element("strong", text("No session is like that."))));
            advice.add(element("p", element("a", with("href", "/sessions"), text("Show all sessions"))));
        }
        return element("div", with("class", "empty"), several(advice));
    }

    private static Node pages(@Nullable String next, Filter filter, int shown) {
        Node first = filter.after() == null
                ? Node.NOTHING
                : element("a", with("href", filter.behind(null).address().text()), text("First page"));
        Node following = next == null
                ? Node.NOTHING
                : element(
                        "a",
                        with("rel", "next"),
                        with("href", filter.behind(next).address().text()),
                        text("Next page"));
        return shown == 0
                ? Node.NOTHING
                : element(
                        "nav",
                        with("class", "pages"),
                        with("aria-label", "Pages"),
                        element(
                                "span",
                                text(NowView.counted(shown, "session") + (next == null ? "" : ", more follow"))),
                        first,
                        following);
    }
}
