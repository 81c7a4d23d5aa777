package io.sessionevents.local.command.campaign;

import io.sessionevents.local.judge.AlertPlan;
import io.sessionevents.local.judge.EveryCrossingTold;
import io.sessionevents.local.judge.Evidence;
import io.sessionevents.local.judge.Promise;
import io.sessionevents.local.judge.Row;
import io.sessionevents.local.judge.consumer.ObservedAlert;
import io.sessionevents.local.judge.consumer.ObservedChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** What came of sessions that crossed thresholds. */
final class AlertRows {
    private static final Set<Promise> PROMISES = Promise.alwaysAnd(
            Promise.EVERY_CHANGE_REPORTED,
            Promise.NONE_GIVEN_UP,
            Promise.BUDGET_NEVER_EXCEEDED,
            Promise.EVERY_RECORD_ACCOUNTED,
            Promise.NOTHING_SEEN_TWICE_UNTOLD,
            Promise.ALERTS_ALTERNATE,
            Promise.EVERY_CROSSING_TOLD);

    private AlertRows() {}

    /**
     * All rows.
     *
     * @param kills how often instances were killed
     */
    static List<Row> of(Evidence evidence, int kills) {
        List<Row> rows = new ArrayList<>();
        int sessions = evidence.asked().published().size();
        long ended = evidence.told().events().stream()
                .filter(ObservedChange::terminal)
                .count();
        rows.add(Row.of(
                "sessions, killed %d times: ends told".formatted(kills),
                Integer.toString(sessions),
                Long.toString(ended),
                ended == sessions && kills > 0));
        List<EveryCrossingTold.Crossing> due = new EveryCrossingTold(
                        evidence.told().alerts(), evidence.limits().alerts(), evidence.disturbances())
                .due(evidence.truth());
        for (String kind : AlertPlan.KINDS) {
            long crossed = due.stream()
                    .filter(crossing -> crossing.kind().equals(kind))
                    .count();
            long raised = count(evidence, kind, ObservedAlert::raised);
            long cleared = count(evidence, kind, ObservedAlert::cleared);
            rows.add(Row.of(
                    kind + ": crossings that two looks found; raised, cleared",
                    "some; as many cleared as raised",
                    "%d; %d, %d".formatted(crossed, raised, cleared),
                    crossed > 0 && raised > 0 && raised == cleared));
        }
        rows.addAll(evidence.judge(PROMISES).rows());
        return rows;
    }

    private static long count(Evidence evidence, String kind, Predicate<ObservedAlert> which) {
        return evidence.told().alerts().stream()
                .filter(alert -> alert.kind().equals(kind) && which.test(alert))
                .count();
    }
}
