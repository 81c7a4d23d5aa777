package io.sessionevents.http.page;

import static io.sessionevents.http.page.Node.element;
import static io.sessionevents.http.page.Node.outside;
import static io.sessionevents.http.page.Node.several;
import static io.sessionevents.http.page.Node.text;
import static io.sessionevents.http.page.Node.with;

import java.util.ArrayList;
import java.util.List;

/** One revision of the settled usage. */
final class UsageEntry {
    private UsageEntry() {}

    static Node of(Members usage) {
        List<Node> amounts = new ArrayList<>();
        amount(amounts, "vCPU h", "vCPUHour", usage);
        amount(amounts, "memory GB h", "memoryGBHour", usage);
        amount(amounts, "storage GB h", "storageGBHour", usage);
        return several(
                element(
                        "p",
                        element("strong", text("Usage " + status(usage.text("status")))),
                        text(", revision " + usage.text("revision"))),
                element("dl", with("class", "amounts"), several(amounts)));
    }

    /** As AWS sent it, digit by digit; the difference where it is a correction. */
    private static void amount(List<Node> amounts, String title, String name, Members usage) {
        String delta = usage.of("billedDelta").find(name);
        boolean correction = usage.count("revision") > 1 && delta != null;
        String signed = delta == null || delta.startsWith("-") ? delta : "+" + delta;
        amounts.add(element(
                "div",
                element("dt", text(title)),
                element(
                        "dd",
                        outside(usage.of("billed").find(name)),
                        correction ? element("small", text(" "), outside(signed)) : Node.NOTHING)));
    }

    private static String status(String status) {
        return switch (status) {
            case "SETTLED" -> "settled";
            case "CORRECTED" -> "corrected";
            case "UNSETTLED" -> "not settled";
            default -> "";
        };
    }
}
