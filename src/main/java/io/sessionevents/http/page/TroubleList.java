package io.sessionevents.http.page;

import static io.sessionevents.http.page.Node.element;
import static io.sessionevents.http.page.Node.outside;
import static io.sessionevents.http.page.Node.sentence;
import static io.sessionevents.http.page.Node.several;
import static io.sessionevents.http.page.Node.text;
import static io.sessionevents.http.page.Node.with;

import java.util.ArrayList;
import java.util.List;

/** What is wrong in the fleet, where, and what to do. */
final class TroubleList {
    private TroubleList() {}

    static Node of(List<Trouble> troubles) {
        List<Node> items = new ArrayList<>();
        troubles.forEach(trouble -> items.add(element(
                "li",
                element("h3", Warning.shape(), outside(trouble.what())),
                element("p", sentence(trouble.detail())),
                trouble.toDo().isEmpty() ? Node.NOTHING : element("p", with("class", "todo"), text(trouble.toDo())),
                where(trouble.where()))));
        return element(
                "section",
                with("id", "trouble"),
                with("class", "trouble"),
                with("tabindex", "-1"),
                with("aria-labelledby", "troubles"),
                element("h2", with("id", "troubles"), text("Trouble")),
                items.isEmpty()
                        ? element(
                                "p",
                                with("class", "note"),
                                text("None. Every instance answers, and AWS, Kafka and the registry do."))
                        : element("ul", several(items)));
    }

    private static Node where(List<String> instances) {
        return instances.isEmpty()
                ? Node.NOTHING
                : element("p", with("class", "where"), sentence(String.join(", ", instances)));
    }
}
