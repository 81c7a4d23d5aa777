package io.sessionevents.local.scenario;

import io.sessionevents.local.judge.Findings;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * What came of one scenario.
 *
 * @param faults how many really happened
 * @param recoveries time from each fault until every changing session had an event again, shortest first
 * @param events committed
 * @param observable states that AWS showed and that had to be reported
 * @param busiestSecond most requests in any second
 * @param problems whatever else is not as it should be
 * @param remark for people
 */
public record Verdict(
        String name,
        int faults,
        List<Duration> recoveries,
        int events,
        int observable,
        Findings findings,
        int busiestSecond,
        List<String> problems,
        String remark) {

    /** This and more of the same. */
    public Verdict and(Verdict more) {
        return new Verdict(
                name,
                faults + more.faults,
                Stream.concat(recoveries.stream(), more.recoveries.stream())
                        .sorted()
                        .toList(),
                events + more.events,
                observable + more.observable,
                findings.and(more.findings),
                Math.max(busiestSecond, more.busiestSecond),
                Stream.concat(problems.stream(), more.problems.stream()).toList(),
                remark + " / " + more.remark);
    }

    public boolean kept() {
        return findings.equals(Findings.NONE) && problems.isEmpty();
    }

    public Duration median() {
        return recoveries.isEmpty() ? Duration.ZERO : recoveries.get(recoveries.size() / 2);
    }

    public Duration longest() {
        return recoveries.isEmpty() ? Duration.ZERO : recoveries.getLast();
    }
}
