package io.sessionevents.local.command.campaign;

import io.sessionevents.local.judge.Evidence;
import io.sessionevents.local.judge.Promise;
import io.sessionevents.local.judge.Verdict;
import io.sessionevents.local.judge.consumer.ObservedChange;
import io.sessionevents.local.scenario.Testbed;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What came of a campaign of restarts.
 *
 * @param verdict about what was told
 * @param events that were told
 */
public record Restarts(boolean named, RestartCampaign.Recoveries recoveries, Verdict verdict, int events) {
    private static final int SHOWN = 5;

    private static final Set<Promise> PROMISES = Promise.alwaysAnd(Promise.NOTHING_SEEN_TWICE_UNTOLD);

    static Restarts judge(Testbed world, boolean named, RestartCampaign.Recoveries recoveries)
            throws InterruptedException {
        List<ObservedChange> events = world.committed().finish().events();
        var evidence = Evidence.of(
                world.environment().emr().truth(), world.load().published(), events, Evidence.Limits.OF_A_FLEET);
        return new Restarts(named, recoveries, evidence.judge(PROMISES), events.size());
    }

    /** Rows of a table in Markdown, one for the instances that were killed first and one for those that were killed second. */
    public String table() {
        return "| names | killed | restarts | median | 90 of 100 | longest | cut short | events | untold, repeated, out of order, invented |%n|---|---|---|---|---|---|---|---|---|%n"
                        .formatted()
                + row("first", recoveries.first(), recoveries.cut().size())
                + row("second", recoveries.second(), 0)
                + verdict.violations().stream()
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
                verdict.violations().size());
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
