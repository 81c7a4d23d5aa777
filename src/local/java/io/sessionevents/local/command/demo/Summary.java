package io.sessionevents.local.command.demo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sessionevents.local.judge.BudgetNeverExceeded;
import io.sessionevents.local.judge.DetectionLag;
import io.sessionevents.local.judge.EveryChangeReported;
import io.sessionevents.local.judge.Guarantee;
import io.sessionevents.local.judge.InOrderPerSession;
import io.sessionevents.local.judge.NoDuplicates;
import io.sessionevents.local.judge.NobodyStarves;
import io.sessionevents.local.judge.NothingAfterTerminal;
import io.sessionevents.local.judge.NothingInvented;
import io.sessionevents.local.judge.consumer.ObservedChange;
import io.sessionevents.local.simulator.SessionKey;
import io.sessionevents.local.simulator.Truth;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The end of the demo: what the service said, judged by what really happened. */
record Summary(DemoPlan plan, Truth truth, List<ObservedChange> events, int observable, List<Verdict> verdicts) {
    private static final int EXAMPLES = 3;

    /** Weights and new sessions make some rounds longer than others. */
    private static final int ROUNDS = 5;

    /** An id has to come through Kafka first. */
    private static final int ROUNDS_TO_FIRST = 10;

    /** How one guarantee fared. */
    record Verdict(String promise, String detail, List<String> violations) {
        boolean kept() {
            return violations.isEmpty();
        }
    }

    static Summary of(
            DemoPlan plan,
            Truth truth,
            List<ObservedChange> events,
            Map<SessionKey, Instant> published,
            Instant until) {
        var everyChange = new EveryChangeReported(published);
        var nobodyStarves = new NobodyStarves(ROUNDS, ROUNDS_TO_FIRST, published, until, List.of());
        var budget = new BudgetNeverExceeded(plan.rate());
        int observable = everyChange.observable(truth).size();
        List<Verdict> verdicts = new ArrayList<>();
        judge(
                verdicts,
                everyChange,
                truth,
                events,
                "every state seen reported",
                "%d states that AWS showed in its answers".formatted(observable));
        judge(verdicts, new NoDuplicates(), truth, events, "no duplicate", events.size() + " events");
        judge(
                verdicts,
                new InOrderPerSession(),
                truth,
                events,
                "in order, without gaps",
                published.size() + " sessions");
        judge(
                verdicts,
                new NothingAfterTerminal(),
                truth,
                events,
                "nothing after the end",
                events.stream().filter(ObservedChange::terminal).count() + " sessions ended");
        judge(
                verdicts,
                new NothingInvented(),
                truth,
                events,
                "nothing invented",
                "each change began within its window");
        judge(
                verdicts,
                nobodyStarves,
                truth,
                events,
                "no session forgotten",
                "looked at again within %d rounds of looks".formatted(ROUNDS));
        judge(
                verdicts,
                budget,
                truth,
                events,
                "budget never exceeded",
                "%d lookups in the busiest second; %s per second allow %d"
                        .formatted(truth.mostRequestsInAnySecond(), plan.rate(), budget.allowed()));
        return new Summary(plan, truth, List.copyOf(events), observable, verdicts);
    }

    private static void judge(
            List<Verdict> verdicts,
            Guarantee guarantee,
            Truth truth,
            List<ObservedChange> events,
            String promise,
            String detail) {
        verdicts.add(new Verdict(promise, detail, guarantee.violations(truth, events)));
    }

    boolean kept() {
        return verdicts.stream().allMatch(Verdict::kept);
    }

    String json() {
        DetectionLag lag = DetectionLag.of(truth, events);
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.putObject("summary")
                .put("sessions", plan.sessions())
                .put("events", events.size())
                .put("lookups", truth.requests().size())
                .put("throttled", truth.throttled())
                .put("maxLookupsInAnySecond", truth.mostRequestsInAnySecond())
                .put("lookupBudgetPerSecond", plan.rate())
                .put("observableTransitions", observable)
                .put("missedTransitions", verdicts.get(0).violations().size())
                .put("duplicateEvents", verdicts.get(1).violations().size())
                .put(
                        "promisesBroken",
                        verdicts.stream().filter(verdict -> !verdict.kept()).count())
                .put("detectionLagMillisP50", lag.percentile(0.5).toMillis())
                .put("detectionLagMillisP99", lag.percentile(0.99).toMillis());
        return root.toString();
    }

    String text(boolean colour) {
        DetectionLag lag = DetectionLag.of(truth, events);
        var text = new StringBuilder(
                "\n%d sessions, %d events, %d lookups, %d throttled; detection lag %.1f s (median), %.1f s (99 %%)\n"
                        .formatted(
                                plan.sessions(),
                                events.size(),
                                truth.requests().size(),
                                truth.throttled(),
                                lag.percentile(0.5).toMillis() / 1000.0,
                                lag.percentile(0.99).toMillis() / 1000.0));
        text.append("Judged by the simulated endpoint's own log:\n");
        for (Verdict verdict : verdicts) {
            boolean good = verdict.kept();
            String mark = good ? "ok" : "BROKEN";
            String painted = colour ? (good ? "\u001b[32m" : "\u001b[31m") + mark + "\u001b[0m" : mark;
            text.append("  %s%s  %-32s %s%n"
                    .formatted(painted, " ".repeat(6 - mark.length()), verdict.promise(), verdict.detail()));
            verdict.violations().stream()
                    .limit(EXAMPLES)
                    .forEach(violation ->
                            text.append("            ").append(violation).append('\n'));
        }
        return text.toString().stripTrailing();
    }
}
