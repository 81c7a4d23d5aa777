package io.sessionevents.local.command.demo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sessionevents.local.judge.DetectionLag;
import io.sessionevents.local.judge.Evidence;
import io.sessionevents.local.judge.Promise;
import io.sessionevents.local.judge.Row;
import io.sessionevents.local.judge.consumer.ObservedChange;
import io.sessionevents.local.simulator.Truth;
import java.lang.management.ManagementFactory;
import java.util.List;

/** The end of the demo: what the service said, judged by what really happened. */
record Summary(DemoPlan plan, Evidence evidence, List<Judged> rows) {
    private static final int EXAMPLES = 3;

    Summary {
        rows = List.copyOf(rows);
    }

    /**
     * A promise, and how it was kept.
     *
     * @param subjects by which it could be judged; of none, nothing can be said
     */
    record Judged(Promise promise, Row row, long subjects) {
        String mark() {
            if (!row.kept()) {
                return "BROKEN";
            }
            return subjects == 0 ? "–" : "ok";
        }

        String measured() {
            return subjects == 0 ? "nothing to judge by" : row.measured();
        }
    }

    static Summary of(DemoPlan plan, Evidence evidence) {
        return new Summary(plan, evidence, new SummaryRows(plan, evidence).all());
    }

    /** How many sessions the service says that it found by itself, and that nobody published. */
    private long discovered() {
        return evidence.told().events().stream()
                .filter(ObservedChange::discovered)
                .map(ObservedChange::key)
                .filter(key -> !evidence.asked().published().containsKey(key))
                .distinct()
                .count();
    }

    boolean kept() {
        return rows.stream().allMatch(judged -> judged.row().kept());
    }

    private int broken(Promise promise) {
        return rows.stream()
                .filter(judged -> judged.promise() == promise)
                .mapToInt(judged -> judged.row().violations().size())
                .sum();
    }

    String json() {
        Truth truth = evidence.truth();
        List<ObservedChange> events = evidence.told().events();
        DetectionLag lag = DetectionLag.of(truth, events);
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("sessions", plan.sessions())
                .put("discovered", discovered())
                .put("events", events.size())
                .put("usageRecords", evidence.told().usage().size())
                .put("alerts", evidence.told().alerts().size())
                .put("lookups", truth.requests().size())
                .put("lists", truth.listings().size())
                .put("throttled", truth.throttled())
                .put("maxLookupsInAnySecond", truth.mostRequestsInAnySecond())
                .put("lookupBudgetPerSecond", plan.rate())
                .put("observableTransitions", evidence.observable())
                .put("missedTransitions", broken(Promise.EVERY_CHANGE_REPORTED))
                .put("duplicateEvents", broken(Promise.NO_DUPLICATES))
                .put(
                        "promisesJudged",
                        rows.stream().filter(judged -> judged.subjects() > 0).count())
                .put(
                        "promisesBroken",
                        rows.stream().filter(judged -> !judged.row().kept()).count())
                .put("detectionLagMillisP50", lag.percentile(0.5).toMillis())
                .put("detectionLagMillisP99", lag.percentile(0.99).toMillis());
        return root.toString();
    }

    String text(boolean colour) {
        Truth truth = evidence.truth();
        List<ObservedChange> events = evidence.told().events();
        DetectionLag lag = DetectionLag.of(truth, events);
        var text = new StringBuilder("\n%s, %d of them discovered, never published; %s, %s, %d throttled"
                .formatted(
                        Counted.of(plan.sessions(), "session"),
                        discovered(),
                        Counted.of(events.size(), "event"),
                        Counted.of(truth.requests().size(), "lookup"),
                        truth.throttled()));
        text.append(
                events.isEmpty()
                        ? "\n"
                        : "; detection lag %.1f s (median), %.1f s (99 %%)\n"
                                .formatted(
                                        lag.percentile(0.5).toMillis() / 1000.0,
                                        lag.percentile(0.99).toMillis() / 1000.0));
        text.append("Judged by the simulated endpoint's own log:\n");
        for (Judged judged : rows) {
            text.append("  %s%s  %-32s %s%n"
                    .formatted(
                            painted(judged, colour),
                            " ".repeat(6 - judged.mark().length()),
                            judged.row().what(),
                            judged.measured()));
            judged.row().violations().stream()
                    .limit(EXAMPLES)
                    .forEach(violation ->
                            text.append("            ").append(violation).append('\n'));
        }
        if (!kept()) {
            text.append(load());
        }
        return text.toString().stripTrailing();
    }

    /** What is judged by the clock may be the doing of a machine that is short of time. */
    private static String load() {
        var machine = ManagementFactory.getOperatingSystemMXBean();
        double load = machine.getSystemLoadAverage();
        int processors = machine.getAvailableProcessors();
        return load <= processors
                ? ""
                : "This machine is busy, with a load of %.1f on %d processors: a budget or a lag may be its doing. Run the demo alone.%n"
                        .formatted(load, processors);
    }

    private static String painted(Judged judged, boolean colour) {
        if (!colour || (judged.row().kept() && judged.subjects() == 0)) {
            return judged.mark();
        }
        return (judged.row().kept() ? "\u001b[32m" : "\u001b[31m") + judged.mark() + "\u001b[0m";
    }
}
