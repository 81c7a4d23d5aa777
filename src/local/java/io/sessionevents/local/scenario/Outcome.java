package io.sessionevents.local.scenario;

import io.sessionevents.local.judge.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * What came of one scenario.
 *
 * @param problems whatever else is not as it should be, and a few examples of what the verdict counts
 * @param faults how many really happened
 * @param recoveries time from each fault until every changing session had an event again, shortest first
 * @param events committed
 * @param observable states that AWS showed and that had to be reported
 * @param busiestSecond most requests in any second
 * @param remark for people
 */
public record Outcome(
        String name,
        Verdict verdict,
        List<String> problems,
        int faults,
        List<Duration> recoveries,
        int events,
        int observable,
        int busiestSecond,
        String remark) {

    /** Nothing came of it. */
    public static Outcome brokenOff(String name, Exception e) {
        return new Outcome(name, new Verdict(List.of()), List.of("broke off: " + e), 0, List.of(), 0, 0, 0, "");
    }

    /** This and more of the same. */
    public Outcome and(Outcome more) {
        return new Outcome(
                name,
                verdict.and(more.verdict),
                Stream.concat(problems.stream(), more.problems.stream()).toList(),
                faults + more.faults,
                Stream.concat(recoveries.stream(), more.recoveries.stream())
                        .sorted()
                        .toList(),
                events + more.events,
                observable + more.observable,
                Math.max(busiestSecond, more.busiestSecond),
                remark + " / " + more.remark);
    }

    public boolean kept() {
        return verdict.kept() && problems.isEmpty();
    }

    Duration median() {
        return recoveries.isEmpty() ? Duration.ZERO : recoveries.get(recoveries.size() / 2);
    }

    Duration longest() {
        return recoveries.isEmpty() ? Duration.ZERO : recoveries.getLast();
    }
}
