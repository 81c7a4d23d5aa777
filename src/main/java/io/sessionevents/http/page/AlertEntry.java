package io.sessionevents.http.page;

import static io.sessionevents.http.page.Node.element;
import static io.sessionevents.http.page.Node.outside;
import static io.sessionevents.http.page.Node.several;
import static io.sessionevents.http.page.Node.text;

import java.util.Locale;

/** An alert that was raised or cleared. */
final class AlertEntry {
    private AlertEntry() {}

    static boolean cleared(Members alert) {
        return alert.text("status").equals("CLEARED");
    }

    static Node of(Members alert) {
        return several(
                element(
                        "p",
                        element(
                                "strong",
                                text(cleared(alert) ? "Alert over: " : "Alert: "),
                                outside(words(alert.text("alertKind"))))),
                element("p", several(text(reason(alert)), text(measured(alert)))));
    }

    private static String reason(Members alert) {
        return alert.has("clearReason") ? sentence(words(alert.text("clearReason"))) + " " : "";
    }

    private static String measured(Members alert) {
        String threshold = "The threshold is " + amount(alert, "threshold") + ".";
        return alert.has("measured") ? "Measured " + amount(alert, "measured") + ". " + threshold : threshold;
    }

    private static String amount(Members alert, String name) {
        String unit = alert.text("unit");
        return unit.equals("SECONDS")
                ? Elapsed.text(alert.seconds(name))
                : String.format(Locale.ROOT, "%.2f ", alert.number(name)) + words(unit);
    }

    /** Names of constants as people write them. */
    private static String words(String constant) {
        return constant.toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String sentence(String words) {
        return words.isEmpty() ? "" : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1) + ".";
    }
}
