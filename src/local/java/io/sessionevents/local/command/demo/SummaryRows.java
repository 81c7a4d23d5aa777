package io.sessionevents.local.command.demo;

import io.sessionevents.local.judge.BudgetNeverExceeded;
import io.sessionevents.local.judge.EveryCrossingTold;
import io.sessionevents.local.judge.EverySessionReported;
import io.sessionevents.local.judge.Evidence;
import io.sessionevents.local.judge.Promise;
import io.sessionevents.local.judge.Row;
import io.sessionevents.local.judge.UsageTotals;
import io.sessionevents.local.judge.consumer.ObservedAlert;
import io.sessionevents.local.judge.consumer.ObservedChange;
import io.sessionevents.local.judge.consumer.ObservedUsage;
import io.sessionevents.local.simulator.Operation;
import io.sessionevents.local.simulator.SessionKey;
import io.sessionevents.local.simulator.Truth;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** What the demo is judged by: a row for each promise. */
record SummaryRows(DemoPlan plan, Evidence evidence) {
    List<Summary.Judged> all() {
        long ended = told().stream().filter(ObservedChange::terminal).count();
        int tracked = evidence.tracked().size();
        int due = due(evidence).size();
        return List.of(
                row(
                        Promise.EVERY_CHANGE_REPORTED,
                        "every state seen reported",
                        evidence.observable(),
                        Counted.of(evidence.observable(), "state") + " that AWS showed in its answers"),
                row(
                        Promise.EVERY_SESSION_REPORTED,
                        "every session reported",
                        due,
                        Counted.of(due, "session") + " that ended, published by nobody"),
                row(Promise.NO_DUPLICATES, "no duplicate", told().size(), Counted.of(told().size(), "event")),
                row(
                        Promise.IN_ORDER_PER_SESSION,
                        "in order, without gaps",
                        told().size(),
                        Counted.of(tracked, "session")),
                row(
                        Promise.NOTHING_AFTER_TERMINAL,
                        "nothing after the end",
                        ended,
                        Counted.of(ended, "session") + " ended"),
                row(Promise.NOTHING_INVENTED, "nothing invented", told().size(), "each change began within its window"),
                row(
                        Promise.NOBODY_STARVES,
                        "no session forgotten",
                        tracked,
                        "looked at again within %.0f rounds of looks"
                                .formatted(evidence.limits().rounds())),
                usage(),
                alerts(),
                crossings(),
                lookups(),
                lists());
    }

    private Summary.Judged usage() {
        List<ObservedUsage> usage = evidence.told().usage();
        long sessions = usage.stream().map(ObservedUsage::key).distinct().count();
        return row(
                Promise.USAGE_ADDS_UP,
                "usage told once, and adds up",
                sessions,
                "%s settled, %s vCPU hours billed"
                        .formatted(
                                Counted.of(sessions, "session"),
                                UsageTotals.of(usage)
                                        .vCPU()
                                        .stripTrailingZeros()
                                        .toPlainString()));
    }

    private Summary.Judged alerts() {
        long raised = count(ObservedAlert::raised);
        return row(
                Promise.ALERTS_ALTERNATE,
                "alerts raised and cleared once",
                raised,
                "%s raised, %d cleared".formatted(Counted.of(raised, "alert"), count(ObservedAlert::cleared)));
    }

    private long count(Predicate<ObservedAlert> which) {
        return evidence.told().alerts().stream().filter(which).count();
    }

    private Summary.Judged crossings() {
        int due = new EveryCrossingTold(List.of(), evidence.limits().alerts(), evidence.disturbances())
                .due(evidence.truth())
                .size();
        return row(
                Promise.EVERY_CROSSING_TOLD,
                "every crossing told, none invented",
                due,
                Counted.of(due, "session") + " idle or starting for long in two looks");
    }

    private Summary.Judged lookups() {
        Truth truth = evidence.truth();
        return row(
                Promise.BUDGET_NEVER_EXCEEDED,
                "budget never exceeded",
                truth.requests().size(),
                "%s in the busiest second; %s per second allow %d"
                        .formatted(
                                Counted.of(truth.mostRequestsInAnySecond(), "lookup"),
                                plan.rate(),
                                new BudgetNeverExceeded(plan.rate()).allowed()));
    }

    private Summary.Judged lists() {
        Truth truth = evidence.truth();
        return row(
                Promise.LIST_BUDGETS_NEVER_EXCEEDED,
                "list budgets never exceeded",
                truth.listings().size(),
                "%s of sessions and %d of applications; %s and %s per second"
                        .formatted(
                                Counted.of(
                                        truth.moments(Operation.LIST_SESSIONS).count(), "page"),
                                truth.moments(Operation.LIST_APPLICATIONS).count(),
                                DemoPlan.LIST_SESSIONS,
                                DemoPlan.LIST_APPLICATIONS));
    }

    private List<ObservedChange> told() {
        return evidence.told().events();
    }

    private Summary.Judged row(Promise promise, String what, long subjects, String measured) {
        return new Summary.Judged(promise, new Row(what, "", measured, evidence.violations(promise)), subjects);
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
}
