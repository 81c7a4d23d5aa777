package io.sessionevents.http.page;

import static io.sessionevents.http.page.Node.ago;
import static io.sessionevents.http.page.Node.element;
import static io.sessionevents.http.page.Node.outside;
import static io.sessionevents.http.page.Node.several;
import static io.sessionevents.http.page.Node.text;
import static io.sessionevents.http.page.Node.with;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One session: what it is, how it stands, and all that the topics tell of it. */
final class SessionView {
    private SessionView() {}

    /**
     * The view.
     *
     * @param key of the session
     * @param kept what {@code /api/v1/sessions/KEY} answered; missing if it is not kept any more
     * @param history what {@code /api/v1/sessions/KEY/history} answered; missing if it tells nothing
     * @param missing why one of them cannot be had at the moment
     */
    static Node of(String key, Members kept, Members history, List<String> missing) {
        Members identity = history.of("identity");
        String name = identity.find("name");
        return Layout.document(
                key,
                Layout.View.OTHER,
                "/sessions/" + key,
                several(
                        element(
                                "div",
                                with("class", "heading session"),
                                element("h1", name == null ? text(key) : outside(name)),
                                element("p", with("class", "summary"), element("code", text(key))),
                                standing(kept, missing)),
                        several(missing.stream().map(Warning::of).toList()),
                        facts(kept, identity),
                        element(
                                "section",
                                with("aria-labelledby", "history"),
                                element("h2", with("id", "history"), text("History")),
                                HistoryList.of(history))));
    }

    private static Node standing(Members kept, List<String> missing) {
        if (!kept.has("key")) {
            return missing.isEmpty() ? gone() : Node.NOTHING;
        }
        Instant since = "IDLE".equals(kept.find("rawState")) && kept.has("idleSince")
                ? kept.time("idleSince")
                : kept.time("updatedAt");
        Node lasting = since == null ? Node.NOTHING : element("span", text(" for "), Node.since(since));
        return element("p", with("class", "standing"), StateMark.ofRaw(kept.find("rawState")), lasting, note(kept));
    }

    private static Node gone() {
        return element("p", with("class", "standing"), text("The service does not keep this session any more."));
    }

    private static Node note(Members kept) {
        return switch (kept.text("status")) {
            case "ended" -> element("small", text(usage(kept.of("usage"))));
            case "stopped" ->
                element(
                        "small",
                        text(
                                "A tombstone has ended its tracking, or it was given up (see the dead letters). Publish its ID to track it again."));
            case "source-not-configured" ->
                element("small", text("Its source is not configured, so it is not looked at."));
            default -> Node.NOTHING;
        };
    }

    private static String usage(Members usage) {
        return switch (usage.text("status")) {
            case "settling" -> "Its usage numbers are still looked at.";
            case "told" -> "Its usage is told.";
            case "untold" -> "Its usage could not be told.";
            default -> "";
        };
    }

    private static Node facts(Members kept, Members identity) {
        List<Node> facts = new ArrayList<>();
        fact(facts, "Source", outside(kept.find("source")));
        fact(facts, "Application", application(kept.find("applicationId")));
        fact(facts, "ARN", outside(identity.find("arn")));
        fact(facts, "Created by", outside(identity.find("createdBy")));
        fact(facts, "Execution role", outside(identity.find("executionRoleArn")));
        fact(facts, "Release", outside(identity.find("releaseLabel")));
        fact(facts, "Created", dated(kept.time("createdAt")));
        fact(facts, "Started", dated(kept.time("startedAt")));
        fact(facts, "Tracked since", dated(kept.time("trackedAt")));
        fact(facts, "Found", outside(origin(kept.text("origin"))));
        fact(facts, "Kept by", outside(kept.find("instance")));
        fact(facts, "Labels", Labels.of(kept.of("labels")));
        return element("dl", with("class", "facts"), several(facts));
    }

    private static void fact(List<Node> facts, String name, Node value) {
        facts.add(element("div", element("dt", text(name)), element("dd", value)));
    }

    private static String origin(String origin) {
        return switch (origin) {
            case "PUBLISHED" -> "somebody published its ID";
            case "DISCOVERED" -> "a sweep found it";
            default -> "";
        };
    }

    private static Node application(@Nullable String id) {
        return id == null
                ? Node.none()
                : element(
                        "a",
                        with(
                                "href",
                                Address.of("/sessions")
                                        .with("applicationId", id)
                                        .text()),
                        outside(id));
    }

    private static Node dated(@Nullable Instant at) {
        return at == null ? Node.none() : several(text(Clock.dated(at)), element("small", text(" "), ago(at)));
    }
}
