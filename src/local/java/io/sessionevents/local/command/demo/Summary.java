package io.sessionevents.local.command.demo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sessionevents.local.judge.BudgetNeverExceeded;
import io.sessionevents.local.judge.DetectionLag;
import io.sessionevents.local.judge.EverySessionReported;
import io.sessionevents.local.judge.Evidence;
import io.sessionevents.local.judge.Promise;
import io.sessionevents.local.judge.Row;
import io.sessionevents.local.judge.Verdict;
import io.sessionevents.local.judge.consumer.ObservedChange;
import io.sessionevents.local.simulator.Operation;
import io.sessionevents.local.simulator.SessionKey;
import io.sessionevents.local.simulator.Truth;
import java.util.List;
import java.util.Set;

/** The end of the demo: what the service said, judged by what really happened. */
record Summary(DemoPlan plan, Evidence evidence, int observable, Verdict verdict) {
    private static final int EXAMPLES = 3;

    static Summary of(DemoPlan plan, Evidence evidence) {
        Truth truth = evidence.truth();
        List<ObservedChange> events = evidence.told().events();
        int observable = evidence.observable();
        List<Row> rows = List.of(
                row(
                        evidence,
                        Promise.EVERY_CHANGE_REPORTED,
                        "every state seen reported",
                        "%d states that AWS showed in its answers".formatted(observable)),
                row(
                        evidence,
                        Promise.EVERY_SESSION_REPORTED,
                        "every session reported",
                        "%d sessions that ended, published by nobody"
                                .formatted(due(evidence).size())),
                row(evidence, Promise.NO_DUPLICATES, "no duplicate", events.size() + " events"),
                row(
                        evidence,
                        Promise.IN_ORDER_PER_SESSION,
                        "in order, without gaps",
                        evidence.tracked().size() + " sessions"),
                row(
                        evidence,
                        Promise.NOTHING_AFTER_TERMINAL,
                        "nothing after the end",
                        events.stream().filter(ObservedChange::terminal).count() + " sessions ended"),
                row(evidence, Promise.NOTHING_INVENTED, "nothing invented", "each change began within its window"),
                row(
                        evidence,
                        Promise.NOBODY_STARVES,
                        "no session forgotten",
                        "looked at again within %.0f rounds of looks"
                                .formatted(evidence.limits().rounds())),
                row(
                        evidence,
                        Promise.BUDGET_NEVER_EXCEEDED,
                        "budget never exceeded",
                        "%d lookups in the busiest second; %s per second allow %d"
                                .formatted(
                                        truth.mostRequestsInAnySecond(),
                                        plan.rate(),
                                        new BudgetNeverExceeded(plan.rate()).allowed())),
                row(
                        evidence,
                        Promise.LIST_BUDGETS_NEVER_EXCEEDED,
                        "list budgets never exceeded",
                        "%d pages of sessions and %d of applications; %s and %s per second"
                                .formatted(
                                        truth.moments(Operation.LIST_SESSIONS).count(),
                                        truth.moments(Operation.LIST_APPLICATIONS)
                                                .count(),
                                        DemoPlan.LIST_SESSIONS,
                                        DemoPlan.LIST_APPLICATIONS)));
        return new Summary(plan, evidence, observable, new Verdict(rows));
    }

    private static Set<SessionKey> due(Evidence evidence) {
        return new EverySessionReported(
                        evidence.asked().applications(),
                        evidence.limits().settled(),
                        evidence.disturbances(),
                        evidence.until())
                .due(evidence.truth())
                .keySet();
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

    private static Row row(Evidence evidence, Promise promise, String what, String measured) {
        return new Row(what, "", measured, evidence.violations(promise));
    }

    boolean kept() {
        return verdict.kept();
    }

    String json() {
        Truth truth = evidence.truth();
        List<ObservedChange> events = evidence.told().events();
        DetectionLag lag = DetectionLag.of(truth, events);
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.putObject("summary")
                .put("sessions", plan.sessions())
                .put("discovered", discovered())
                .put("events", events.size())
                .put("lookups", truth.requests().size())
                .put("lists", truth.listings().size())
                .put("throttled", truth.throttled())
                .put("maxLookupsInAnySecond", truth.mostRequestsInAnySecond())
                .put("lookupBudgetPerSecond", plan.rate())
                .put("observableTransitions", observable)
                .put("missedTransitions", verdict.rows().get(0).violations().size())
                .put("duplicateEvents", verdict.rows().get(2).violations().size())
                .put(
                        "promisesBroken",
                        verdict.rows().stream().filter(row -> !row.kept()).count())
                .put("detectionLagMillisP50", lag.percentile(0.5).toMillis())
                .put("detectionLagMillisP99", lag.percentile(0.99).toMillis());
        return root.toString();
    }

    String text(boolean colour) {
        Truth truth = evidence.truth();
        List<ObservedChange> events = evidence.told().events();
        DetectionLag lag = DetectionLag.of(truth, events);
        var text = new StringBuilder(
                "\n%d sessions, %d of them discovered, never published; %d events, %d lookups, %d throttled; detection lag %.1f s (median), %.1f s (99 %%)\n"
                        .formatted(
                                plan.sessions(),
                                discovered(),
                                events.size(),
                                truth.requests().size(),
                                truth.throttled(),
                                lag.percentile(0.5).toMillis() / 1000.0,
                                lag.percentile(0.99).toMillis() / 1000.0));
        text.append("Judged by the simulated endpoint's own log:\n");
        for (Row row : verdict.rows()) {
            boolean good = row.kept();
            String mark = good ? "ok" : "BROKEN";
            String painted = colour ? (good ? "\u001b[32m" : "\u001b[31m") + mark + "\u001b[0m" : mark;
            text.append(
                    "  %s%s  %-32s %s%n".formatted(painted, " ".repeat(6 - mark.length()), row.what(), row.measured()));
            row.violations().stream()
                    .limit(EXAMPLES)
                    .forEach(violation ->
                            text.append("            ").append(violation).append('\n'));
        }
        return text.toString().stripTrailing();
    }
}
