package io.sessionevents.http.page;

import static io.sessionevents.http.page.Node.element;
import static io.sessionevents.http.page.Node.several;
import static io.sessionevents.http.page.Node.with;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Lengths side by side, as a picture beside the numbers that say the same. */
final class Bar {
    private static final double WHOLE = 1000;

    private final List<Node> parts = new ArrayList<>();
    private final double total;
    private double at;

    /** @param total of all parts; what they leave is empty */
    Bar(double total) {
        this.total = total;
    }

    /** @param kind how the stylesheet calls it */
    Bar part(String kind, double length) {
        double width = total <= 0 ? 0 : Math.max(0, Math.min(WHOLE - at, length / total * WHOLE));
        if (width > 0) {
            parts.add(element(
                    "rect",
                    with("class", kind),
                    with("x", decimal(at)),
                    with("y", "0"),
                    with("width", decimal(width)),
                    with("height", "10")));
            at += width;
        }
        return this;
    }

    Node node() {
        return element(
                "svg",
                with("class", "bar"),
                with("viewBox", "0 0 1000 10"),
                with("preserveAspectRatio", "none"),
                with("aria-hidden", "true"),
                several(parts));
    }

    private static String decimal(double number) {
        return String.format(Locale.ROOT, "%.2f", number);
    }
}
