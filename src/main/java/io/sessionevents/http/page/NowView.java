package io.sessionevents.http.page;

import static io.sessionevents.http.page.Node.ago;
import static io.sessionevents.http.page.Node.element;
import static io.sessionevents.http.page.Node.lasting;
import static io.sessionevents.http.page.Node.outside;
import static io.sessionevents.http.page.Node.several;
import static io.sessionevents.http.page.Node.since;
import static io.sessionevents.http.page.Node.text;
import static io.sessionevents.http.page.Node.with;

import io.sessionevents.http.page.Table.Column;
import io.sessionevents.session.SessionState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The whole fleet at a glance: sessions by state, budgets by source, instances, trouble. */
final class NowView {
    private static final List<SessionState> SHOWN = List.of(
            SessionState.BUSY,
            SessionState.IDLE,
            SessionState.STARTED,
            SessionState.STARTING,
            SessionState.SUBMITTED,
            SessionState.TERMINATING,
            SessionState.UNKNOWN);

    private NowView() {}

    static Node of(Fleet fleet) {
        List<Trouble> troubles = Trouble.of(fleet);
        String title = troubles.isEmpty() ? "Now" : "(" + troubles.size() + ") Now";
        return Layout.document(
                title,
                Layout.View.NOW,
                "/",
                several(
                        heading(fleet, troubles.size()),
                        element(
                                "div",
                                with("class", "columns"),
                                element("div", states(fleet), sources(fleet), instances(fleet)),
                                TroubleList.of(troubles))));
    }

    private static Node heading(Fleet fleet, int troubles) {
        return element(
                "div",
                with("class", "heading"),
                element("h1", text("Now")),
                troubles == 0
                        ? element("p", with("class", "verdict well"), Warning.shape(), text("All is well"))
                        : element(
                                "p",
                                with("class", "verdict ill"),
                                Warning.shape(),
                                element(
                                        "a",
                                        with("href", "#trouble"),
                                        text(counted(troubles, "thing") + " to look at"))),
                element(
                        "p",
                        with("class", "summary"),
                        text(
                                fleet.starting()
                                        ? "The service starts. What it waits for stands under Trouble; nothing is counted before."
                                        : counted(fleet.tracked(), "session") + " tracked in "
                                                + counted(fleet.sources().size(), "source") + " by "
                                                + counted(fleet.instances().size(), "instance"))));
    }

    private static Node states(Fleet fleet) {
        var bar = new Bar((double) fleet.tracked());
        List<Node> tiles = new ArrayList<>();
        for (SessionState state : SHOWN) {
            bar.part(StateMark.name(state), (double) fleet.in(state));
            tiles.add(tile(
                    "state-" + StateMark.name(state),
                    StateMark.of(state),
                    fleet.in(state),
                    "/sessions?status=tracked&state=" + state.name()));
        }
        bar.part("unseen", (double) fleet.unseen());
        tiles.add(tile("state-unseen", StateMark.unseen(), fleet.unseen(), "/sessions?status=tracked"));
        return element(
                "section",
                with("aria-labelledby", "states"),
                element("h2", with("id", "states"), text("Sessions by state")),
                bar.node(),
                element("ul", with("class", "tiles"), several(tiles)),
                fleet.tracked() == 0 && !fleet.starting() ? empty() : Node.NOTHING,
                element(
                        "p",
                        with("class", "note"),
                        text("Besides these, the usage numbers of "),
                        element(
                                "a",
                                with("href", "/sessions?status=ended"),
                                text(counted(fleet.settling(), "ended session"))),
                        text(" are still looked at.")));
    }

    private static Node tile(String id, Node mark, long count, String href) {
        return element(
                "li",
                with("id", id),
                with("class", count == 0 ? "zero" : "some"),
                element("a", with("href", href), mark, element("b", text(grouped(count)))));
    }

    private static Node empty() {
        return element(
                "div",
                with("class", "empty"),
                element("p", element("strong", text("No session is tracked yet."))),
                element("p", text("Publish the ID of a session, or of a whole application, to the input topic:")),
                element(
                        "pre",
                        element(
                                "code",
                                text("session-events track APPLICATION/SESSION\nsession-events track APPLICATION"))),
                element(
                        "p",
                        text("or set "),
                        element("code", text("discover=all")),
                        text(" to find every session by itself.")));
    }

    private static Node sources(Fleet fleet) {
        var table = new Table(
                "Call budgets by source",
                List.of(
                        Column.of("Source", "name"),
                        Column.of("GetSession/s", "rate"),
                        Column.of("ListSessions/s", "rate"),
                        Column.of("Tracked", "number"),
                        Column.of("Oldest look", "time"),
                        Column.of("Applications", "number"),
                        Column.of("Oldest sweep", "time")));
        fleet.sources()
                .forEach(source -> table.row(
                        "source-" + source.name(),
                        element(
                                "a",
                                with(
                                        "href",
                                        Address.of("/sessions")
                                                .with("source", source.name())
                                                .text()),
                                outside(source.name())),
                        source.circuitOpen()
                                ? element("span", with("class", "alarm"), Warning.shape(), text("no calls"))
                                : spent(source.rate(), source.budget()),
                        source.swept() ? spent(source.listRate(), source.listBudget()) : Node.none(),
                        text(grouped(source.tracked())),
                        source.tracked() == 0 ? Node.none() : lasting(source.oldestLook()),
                        source.swept() ? text(grouped(source.applications())) : Node.none(),
                        ago(source.oldestSweepAt())));
        return section("budgets", "Call budgets by source", table.node());
    }

    private static Node spent(double rate, double budget) {
        return several(
                element(
                        "span",
                        with("class", "of"),
                        text(decimal(rate)),
                        element("small", text(" of " + decimal(budget)))),
                new Bar(budget).part("rate", rate).node());
    }

    private static Node instances(Fleet fleet) {
        var table = new Table(
                "Instances",
                List.of(
                        Column.of("Instance", "name"),
                        Column.of("State", "word"),
                        Column.of("Partitions", "number"),
                        Column.of("Tracked", "number"),
                        Column.of("Version", "word"),
                        Column.of("Up for", "time")));
        for (Members instance : fleet.instances()) {
            Members info = instance.of("info");
            Members partitions = instance.of("budget").of("partitions");
            long tracked = instance.of("budget").each("sources").stream()
                    .mapToLong(source -> source.count("sessionsTracked"))
                    .sum();
            boolean counted = instance.has("budget");
            table.row(
                    "instance-" + instance.text("instance"),
                    outside(instance.find("instance")),
                    element(
                            "span",
                            with("class", "words"),
                            outside(info.text("streams")
                                    .toLowerCase(Locale.ROOT)
                                    .replace('_', ' '))),
                    counted
                            ? several(
                                    text(partitions.count("owned")),
                                    element("small", text(" of " + partitions.count("total"))))
                            : Node.none(),
                    counted ? text(grouped(tracked)) : Node.none(),
                    outside(info.find("version")),
                    since(info.time("startedAt")));
        }
        fleet.silent()
                .forEach(address -> table.row(
                        "instance-" + address,
                        outside(address),
                        element("span", with("class", "alarm"), Warning.shape(), text("silent")),
                        Node.none(),
                        Node.none(),
                        Node.none(),
                        Node.none()));
        return section("instances", "Instances", table.node());
    }

    private static Node section(String id, String title, Node content) {
        return element("section", with("aria-labelledby", id), element("h2", with("id", id), text(title)), content);
    }

    static String counted(long count, String what) {
        return grouped(count) + " " + what + (count == 1 ? "" : "s");
    }

    /** With a thin space between thousands. */
    static String grouped(long count) {
        return String.format(Locale.ROOT, "%,d", count).replace(',', '\u202f');
    }

    private static String decimal(double number) {
        return String.format(Locale.ROOT, "%.2f", number);
    }
}
