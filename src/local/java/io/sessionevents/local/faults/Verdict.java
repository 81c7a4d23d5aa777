package io.sessionevents.local.faults;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * What came of one scenario.
 *
 * @param faults how many really happened
 * @param recoveries time from each fault until every changing session had an event again, shortest first
 * @param events committed
 * @param observable states that had to be reported
 * @param lost observable states without an event although they were looked at, or could have been for long
 * @param duplicated events that came twice
 * @param outOfOrder events out of order, or with a gap in their sequence
 * @param invented events without a cause, or after the end
 * @param late observable states that were reported later than they were due, or ended before anybody looked at them; it
 *     depends on the load of the machine, and so breaks no promise
 * @param busiestSecond most requests in any second
 * @param problems whatever else is not as it should be
 * @param remark for people
 */
record Verdict(
        String name,
        int faults,
        List<Duration> recoveries,
        int events,
        int observable,
        int lost,
        int duplicated,
        int outOfOrder,
        int invented,
        int late,
        int busiestSecond,
        List<String> problems,
        String remark) {

    /** This and more of the same. */
    Verdict and(Verdict more) {
        return new Verdict(
                name,
                faults + more.faults,
                Stream.concat(recoveries.stream(), more.recoveries.stream())
                        .sorted()
                        .toList(),
                events + more.events,
                observable + more.observable,
                lost + more.lost,
                duplicated + more.duplicated,
                outOfOrder + more.outOfOrder,
                invented + more.invented,
                late + more.late,
                Math.max(busiestSecond, more.busiestSecond),
                Stream.concat(problems.stream(), more.problems.stream()).toList(),
                remark + " / " + more.remark);
    }

    boolean kept() {
        return lost + duplicated + outOfOrder + invented == 0 && problems.isEmpty();
    }

    Duration median() {
        return recoveries.isEmpty() ? Duration.ZERO : recoveries.get(recoveries.size() / 2);
    }

    Duration longest() {
        return recoveries.isEmpty() ? Duration.ZERO : recoveries.getLast();
    }
}
