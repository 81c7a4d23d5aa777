package io.sessionevents.local.command.bench.outside;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was measured of several subjects, a column each. */
final class Table {
    private final List<String> subjects = new ArrayList<>();
    private final Map<String, Map<String, String>> rows = new LinkedHashMap<>();
    private final java.io.PrintWriter out;

    /** @param out is told of each figure as it is measured */
    Table(java.io.PrintWriter out) {
        this.out = out;
    }

    void add(String subject, String what, String measured) {
        if (!subjects.contains(subject)) {
            subjects.add(subject);
        }
        rows.computeIfAbsent(what, name -> new LinkedHashMap<>()).put(subject, measured);
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        out.printf("%s: %s: %s [load %.1f]%n", subject, what, measured, load);
        out.flush();
    }

    /** In Markdown. */
    String markdown() {
        var text =
                new StringBuilder("| | ").append(String.join(" | ", subjects)).append(" |\n|---|");
        subjects.forEach(subject -> text.append("---|"));
        rows.forEach((what, bySubject) -> {
            text.append("\n| ").append(what).append(" |");
            subjects.forEach(subject ->
                    text.append(' ').append(bySubject.getOrDefault(subject, "")).append(" |"));
        });
        return text.append('\n').toString();
    }
}
