package io.sessionevents.local.command.campaign;

import io.sessionevents.local.judge.Evidence;
import io.sessionevents.local.judge.Promise;
import io.sessionevents.local.judge.Row;
import io.sessionevents.local.judge.UsageTotals;
import io.sessionevents.local.judge.consumer.ObservedChange;
import io.sessionevents.local.judge.consumer.ObservedUsage;
import io.sessionevents.local.simulator.SessionKey;
import io.sessionevents.local.simulator.UsageShape;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What came of sessions whose usage settled. */
final class UsageRows {
    private static final Set<Promise> PROMISES = Promise.alwaysAnd(
            Promise.EVERY_CHANGE_REPORTED,
            Promise.NONE_GIVEN_UP,
            Promise.BUDGET_NEVER_EXCEEDED,
            Promise.EVERY_RECORD_ACCOUNTED,
            Promise.NOTHING_SEEN_TWICE_UNTOLD,
            Promise.USAGE_ADDS_UP,
            Promise.EVERY_ENDED_SESSION_SETTLED);

    private UsageRows() {}

    /**
     * All rows.
     *
     * @param late sessions that were published when they had ended
     * @param kills how often instances were killed
     */
    static List<Row> of(Evidence evidence, int late, int kills) {
        Set<SessionKey> ended = ended(evidence);
        List<Row> rows =
                new ArrayList<>(List.of(onceEach(evidence, ended, kills), late(evidence, late), sum(evidence, ended)));
        for (UsageShape shape : UsageShape.values()) {
            rows.add(shape(shape, ended, evidence));
        }
        rows.addAll(evidence.judge(PROMISES).rows());
        return rows;
    }

    private static Set<SessionKey> ended(Evidence evidence) {
        return evidence.told().events().stream()
                .filter(ObservedChange::terminal)
                .map(ObservedChange::key)
                .collect(Collectors.toSet());
    }

    private static Row onceEach(Evidence evidence, Set<SessionKey> ended, int kills) {
        List<SessionKey> first = evidence.told().usage().stream()
                .filter(record -> record.settled() || record.unsettled())
                .map(ObservedUsage::key)
                .toList();
        return Row.of(
                "%d sessions, killed %d times: ends told, and of these sessions with exactly one first record"
                        .formatted(evidence.asked().published().size(), kills),
                "all, but for those that AWS forgot before; all",
                "%d, %d".formatted(ended.size(), Set.copyOf(first).size()),
                first.size() == ended.size()
                        && Set.copyOf(first).equals(ended)
                        && untoldOnlyIfForgotten(evidence, ended)
                        && kills > 0);
    }

    /** Whether nobody's end is untold but of those that AWS forgot so soon that it may not have been seen. */
    private static boolean untoldOnlyIfForgotten(Evidence evidence, Set<SessionKey> ended) {
        return evidence.truth().usage().entrySet().stream()
                .filter(session -> !ended.contains(session.getKey()))
                .noneMatch(session -> session.getValue().shape().remembered());
    }

    /** Those that nobody had heard of while they lived. */
    private static Row late(Evidence evidence, int late) {
        Map<SessionKey, Instant> published = evidence.asked().published();
        Set<SessionKey> heardOfLate = published.entrySet().stream()
                .filter(session -> evidence.truth()
                        .end(session.getKey())
                        .filter(end -> end.isBefore(session.getValue()))
                        .isPresent())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        return Row.of(
                "of them, first published long after their end",
                "%d, each with a record".formatted(late),
                told(evidence, heardOfLate),
                heardOfLate.size() == late
                        && heardOfLate.equals(evidence.told().usage().stream()
                                .map(ObservedUsage::key)
                                .filter(heardOfLate::contains)
                                .collect(Collectors.toSet())));
    }

    private static Row sum(Evidence evidence, Set<SessionKey> ended) {
        UsageTotals truth = UsageTotals.of(evidence.truth(), ended);
        UsageTotals told = UsageTotals.of(evidence.told().usage());
        return Row.of(
                "sum over the topic: vCPU, memory and storage hours",
                truth.toString(),
                told.toString(),
                told.same(truth));
    }

    /** On a slow machine AWS may have forgotten all sessions of a shape before anybody looked. */
    private static Row shape(UsageShape shape, Set<SessionKey> ended, Evidence evidence) {
        Set<SessionKey> sessions = evidence.truth().usage().entrySet().stream()
                .filter(session -> session.getValue().shape() == shape)
                .map(Map.Entry::getKey)
                .filter(ended::contains)
                .collect(Collectors.toSet());
        return Row.of(shape.name(), "told", told(evidence, sessions), !sessions.isEmpty() || !shape.remembered());
    }

    private static String told(Evidence evidence, Set<SessionKey> sessions) {
        return "%d sessions: %d SETTLED, %d UNSETTLED, %d CORRECTED"
                .formatted(
                        sessions.size(),
                        count(evidence, sessions, ObservedUsage::settled),
                        count(evidence, sessions, ObservedUsage::unsettled),
                        count(evidence, sessions, ObservedUsage::corrected));
    }

    private static long count(Evidence evidence, Set<SessionKey> sessions, Predicate<ObservedUsage> which) {
        return evidence.told().usage().stream()
                .filter(record -> sessions.contains(record.key()) && which.test(record))
                .count();
    }
}
