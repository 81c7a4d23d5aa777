package io.sessionevents.http.page;

import static io.sessionevents.http.page.Node.element;
import static io.sessionevents.http.page.Node.several;
import static io.sessionevents.http.page.Node.text;
import static io.sessionevents.http.page.Node.with;

import io.sessionevents.session.SessionState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The filter of sessions as a form; sending it leads to the URL that has the filter. */
final class FilterForm {
    private static final Map<String, String> STATUSES = new LinkedHashMap<>();
    private static final Map<String, String> ORDERS = new LinkedHashMap<>();

    static {
        STATUSES.put("", "any");
        STATUSES.put("tracked", "tracked");
        STATUSES.put("ended", "ended");
        STATUSES.put("stopped", "stopped or given up");
        STATUSES.put("source-not-configured", "source not configured");
        ORDERS.put("", "application and session");
        ORDERS.put("state", "state");
        ORDERS.put("-updatedAt", "changed last");
        ORDERS.put("updatedAt", "unchanged for longest");
        ORDERS.put("createdAt", "oldest");
        ORDERS.put("-createdAt", "youngest");
    }

    private FilterForm() {}

    static Node of(Filter filter, List<String> sources) {
        return element(
                "form",
                with("action", "/sessions"),
                with("method", "get"),
                with("class", "filter"),
                with("data-keep", ""),
                with("aria-label", "Filter"),
                states(filter),
                choice("source", "Source", sources(filter, sources), filter.source()),
                choice("status", "Status", STATUSES, filter.status()),
                application(filter),
                choice("sort", "Order", ORDERS, filter.sort().equals(Filter.USUAL_SORT) ? "" : filter.sort()),
                element("button", with("type", "submit"), text("Show")),
                filter.none() ? Node.NOTHING : element("a", with("href", "/sessions"), text("Show all")));
    }

    private static Node states(Filter filter) {
        List<Node> boxes = new ArrayList<>();
        for (SessionState state : SessionState.values()) {
            boxes.add(element(
                    "label",
                    element(
                            "input",
                            with("type", "checkbox"),
                            with("name", "state"),
                            with("value", state.name()),
                            Attribute.flag("checked", filter.states().contains(state.name()))),
                    StateMark.of(state)));
        }
        return element("fieldset", element("legend", text("State")), element("div", several(boxes)));
    }

    /** A source that nobody knows may be asked for all the same. */
    private static Map<String, String> sources(Filter filter, List<String> known) {
        Set<String> names = new LinkedHashSet<>(known);
        if (filter.source() != null) {
            names.add(filter.source());
        }
        Map<String, String> options = new LinkedHashMap<>();
        options.put("", "any");
        names.forEach(name -> options.put(name, name));
        return options;
    }

    private static Node choice(String name, String title, Map<String, String> options, @Nullable String chosen) {
        List<Node> items = new ArrayList<>();
        options.forEach((value, shown) -> items.add(element(
                "option",
                with("value", value),
                Attribute.flag("selected", value.equals(chosen == null ? "" : chosen)),
                text(shown))));
        return element("label", element("span", text(title)), element("select", with("name", name), several(items)));
    }

    private static Node application(Filter filter) {
        return element(
                "label",
                element("span", text("Application")),
                element(
                        "input",
                        with("type", "text"),
                        with("name", "applicationId"),
                        with("pattern", "[0-9a-z]{1,64}"),
                        with("title", "1 to 64 characters of 0-9 and a-z"),
                        with("placeholder", "any"),
                        with("spellcheck", "false"),
                        with("autocomplete", "off"),
                        with("value", filter.applicationId() == null ? "" : filter.applicationId())));
    }
}
