package io.sessionevents.http.page;

import static io.sessionevents.http.page.Node.element;
import static io.sessionevents.http.page.Node.outside;
import static io.sessionevents.http.page.Node.several;
import static io.sessionevents.http.page.Node.text;
import static io.sessionevents.http.page.Node.with;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All that the topics tell of a session, the oldest first, so that what comes is added at the end and moves nothing. */
final class HistoryList {
    private HistoryList() {}

    static Node of(Members history) {
        List<Members> entries = history.each("entries");
        List<Node> items = new ArrayList<>();
        for (Members entry : entries) {
            items.add(element(
                    "li",
                    with(
                            "id",
                            "entry-" + entry.text("topic") + "-" + entry.text("partition") + "-"
                                    + entry.text("offset")),
                    with("class", "entry " + kind(entry)),
                    at(entry.time("at")),
                    element("div", content(entry))));
        }
        return several(
                bounds(history),
                entries.isEmpty()
                        ? element(
                                "div",
                                with("class", "empty"),
                                element("p", element("strong", text("The topics tell nothing of it yet."))),
                                element(
                                        "p",
                                        text(
                                                "Its first event follows its first look, or its events are deleted by now.")))
                        : several(StateStrip.of(entries), element("ol", with("class", "history"), several(items))));
    }

    /** What is not shown, and why. */
    private static Node bounds(Members history) {
        List<Node> notes = new ArrayList<>();
        long older = history.count("older");
        if (older > 0) {
            notes.add(Warning.of(
                    text(NowView.grouped(older) + (older == 1 ? " older entry is" : " older entries are")
                            + " left out. All of them: "),
                    element("code", text("session-events history " + history.text("key")))));
        }
        if (history.count("unread") > 0) {
            notes.add(Warning.of(text("The time ran out before the youngest "
                    + NowView.counted(history.count("unread"), "record")
                    + " of the partition: something new may be missing.")));
        }
        if (history.count("missingChanges") > 0) {
            notes.add(element(
                    "p",
                    with("class", "note"),
                    text(NowView.counted(history.count("missingChanges"), "change")
                            + " missing: the topic does not hold them any more, or they cannot be read.")));
        }
        return several(notes);
    }

    private static String kind(Members entry) {
        return switch (entry.text("kind")) {
            case "change" -> "change";
            case "usage" -> "usage";
            case "alert" -> AlertEntry.cleared(entry) ? "alert cleared" : "alert raised";
            default -> "unreadable";
        };
    }

    private static Node content(Members entry) {
        return switch (entry.text("kind")) {
            case "change" -> change(entry);
            case "usage" -> UsageEntry.of(entry);
            case "alert" -> AlertEntry.of(entry);
            default -> element("p", text("A record that cannot be read: "), outside(entry.find("reason")));
        };
    }

    private static Node change(Members change) {
        List<Node> states = new ArrayList<>();
        if (change.has("previousState")) {
            states.add(StateMark.ofRaw(change.find("previousState")));
            states.add(arrow());
        }
        for (String missed : change.texts("missedStates")) {
            states.add(element(
                    "span", with("class", "missed"), StateMark.ofRaw(missed), element("small", text("missed"))));
            states.add(arrow());
        }
        states.add(StateMark.ofRaw(change.find("rawState")));
        String details = change.find("stateDetails");
        return several(
                element(
                        "p",
                        with("class", "states"),
                        element("span", with("class", "sequence"), text("#" + change.text("sequence"))),
                        several(states)),
                details == null || details.isEmpty() ? Node.NOTHING : element("p", outside(details)),
                element("p", with("class", "window"), window(change)),
                omitted(change.texts("omitted")));
    }

    private static Node omitted(List<String> parts) {
        return parts.isEmpty()
                ? Node.NOTHING
                : element("p", text("Too large for its event, which left out: "), outside(String.join(", ", parts)));
    }

    /** Between which looks it happened, and when AWS says it did. */
    private static Node window(Members change) {
        Instant from = change.time("previousObservedAt");
        Instant to = change.time("observedAt");
        Instant occurred = change.time("occurredAt");
        List<Node> parts = new ArrayList<>();
        if (occurred != null) {
            parts.add(text("AWS says " + Clock.exact(occurred) + ". "));
        }
        if (from == null) {
            parts.add(text("Seen for the first time."));
        } else if (to != null) {
            parts.add(text("Between the looks of " + Clock.exact(from) + " and " + Clock.exact(to) + ", a window of "
                    + Elapsed.exact(Duration.between(from, to)) + "."));
        }
        return several(parts);
    }

    private static Node at(@Nullable Instant at) {
        return at == null
                ? element("span", with("class", "at"), Node.none())
                : element(
                        "span",
                        with("class", "at"),
                        element(
                                "time",
                                with("datetime", at.toString()),
                                element("small", text(Clock.date(at) + " ")),
                                text(Clock.time(at))));
    }

    private static Node arrow() {
        return element("span", with("class", "arrow"), text("→"));
    }
}
