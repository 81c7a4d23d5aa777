package io.sessionevents.local.command.campaign;

import io.sessionevents.local.judge.Guarantee;
import io.sessionevents.local.judge.InOrderPerSession;
import io.sessionevents.local.judge.NoDuplicates;
import io.sessionevents.local.judge.NothingAfterTerminal;
import io.sessionevents.local.judge.NothingInvented;
import io.sessionevents.local.judge.NothingSeenTwiceUntold;
import io.sessionevents.local.judge.consumer.ObservedChange;
import io.sessionevents.local.judge.consumer.Watch;
import io.sessionevents.local.scenario.Testbed;
import io.sessionevents.local.simulator.Truth;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What came of a campaign of restarts.
 *
 * @param violations of what is promised
 * @param events that were told
 */
public record Outcome(boolean named, RestartCampaign.Recoveries recoveries, List<String> violations, int events) {
    private static final int SHOWN = 5;

    static Outcome judge(Testbed world, boolean named, RestartCampaign.Recoveries recoveries)
            throws InterruptedException {
        Truth truth = world.environment().emr().truth();
        List<ObservedChange> events =
                world.committed().finish().stream().map(Watch.Received::event).toList();
        List<Guarantee> promises = List.of(
                new NothingSeenTwiceUntold(world.load().published().keySet()),
                new NoDuplicates(),
                new InOrderPerSession(),
                new NothingInvented(),
                new NothingAfterTerminal());
        List<String> violations = new ArrayList<>();
        promises.forEach(promise -> violations.addAll(promise.violations(truth, events)));
        return new Outcome(named, recoveries, violations, events.size());
    }

    /** Whether every promise was kept. */
    public boolean kept() {
        return violations.isEmpty();
    }

    /** Rows of a table in Markdown, one for the instances that were killed first and one for those that were killed second. */
    public String table() {
        return "| names | killed | restarts | median | 90 of 100 | longest | cut short | events | untold, repeated, out of order, invented |%n|---|---|---|---|---|---|---|---|---|%n"
                        .formatted()
                + row("first", recoveries.first(), recoveries.cut().size())
                + row("second", recoveries.second(), 0)
                + violations.stream()
                        .limit(SHOWN)
                        .map(violation -> violation + "\n")
                        .reduce("", String::concat);
    }

    private String row(String which, List<Duration> times, int cut) {
        List<Duration> sorted = times.stream().sorted().toList();
        return String.format(
                Locale.ROOT,
                "| %s | %s | %d | %s | %s | %s | %d | %d | %d |%n",
                named ? "own" : "none",
                which,
                times.size(),
                quantile(sorted, 0.5),
                quantile(sorted, 0.9),
                quantile(sorted, 1),
                cut,
                events,
                violations.size());
    }

    private static String quantile(List<Duration> sorted, double share) {
        return sorted.isEmpty()
                ? "-"
                : String.format(
                        Locale.ROOT,
                        "%.1f s",
                        sorted.get((int) Math.ceil(share * sorted.size()) - 1).toMillis() / 1000.0);
    }
}
