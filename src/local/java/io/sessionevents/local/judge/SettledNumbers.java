package io.sessionevents.local.judge;

import io.sessionevents.local.judge.consumer.ObservedUsage;
import io.sessionevents.local.simulator.Fault;
import io.sessionevents.local.simulator.SessionKey;
import io.sessionevents.local.simulator.Truth;
import io.sessionevents.local.simulator.UsageScript;
import io.sessionevents.local.simulator.UsageScript.Stretch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether what was told of the usage of a session is true: each record has numbers that AWS had told by then, in the order in which
 * it told them; those that are settled stood for long enough, and none is called unsettled that did. Which of them a look
 * happened to find, and whether a correction that was taken back soon was seen at all, nobody can say.
 *
 * @param ends when the end of each session was observed
 */
record SettledNumbers(Truth truth, Map<SessionKey, Instant> ends, UsagePlan plan, List<Interval> disturbances) {
    /**
     * What is not true of these records of a session.
     *
     * @param end of it
     */
    List<String> violations(Instant end, List<ObservedUsage> records) {
        ObservedUsage first = records.getFirst();
        UsageScript script = truth.usage().get(first.key());
        if (script == null) {
            return List.of();
        }
        Optional<ObservedUsage> untold = untold(script, end, records);
        if (untold.isPresent()) {
            return List.of("usage that AWS did not tell, %s: %s".formatted(script, untold.get()));
        }
        List<String> violations = new ArrayList<>();
        if (first.settled() && !stood(script, end, first)) {
            violations.add("usage settled too soon, %s: %s".formatted(script, first));
        }
        if (first.unsettled() && (shownForLong(script, end, first) || stoodInCalm(script, end, first))) {
            violations.add("usage unsettled, though it stood, %s: %s".formatted(script, first));
        }
        return violations;
    }

    /** The first record whose numbers AWS had not told by then, or had told before those of the record before only. */
    private static Optional<ObservedUsage> untold(UsageScript script, Instant end, List<ObservedUsage> records) {
        List<Stretch> stretches = script.stretches();
        int place = 0;
        for (ObservedUsage record : records) {
            while (place < stretches.size() && !stretches.get(place).writings().contains(record.numbers())) {
                place++;
            }
            if (place == stretches.size()
                    || end.plus(stretches.get(place).from()).isAfter(record.settledAt())) {
                return Optional.of(record);
            }
        }
        return Optional.empty();
    }

    private boolean stood(UsageScript script, Instant end, ObservedUsage record) {
        Instant since = record.unchangedSince();
        if (since == null || record.settledAt().isBefore(since.plus(plan.settleAfter()))) {
            return false;
        }
        return toldOtherwise(end, record)
                || script.stretches().stream()
                        .filter(stretch -> stretch.writings().contains(record.numbers()))
                        .filter(stretch -> !end.plus(stretch.from()).isAfter(since))
                        .anyMatch(stretch -> stretch.to() == null
                                || end.plus(stretch.to()).isAfter(since.plus(plan.settleAfter()))
                                || backUnseen(script, end, record, since));
    }

    /** Whether AWS told the same again in the end, and no look found what it told meanwhile. */
    private boolean backUnseen(UsageScript script, Instant end, ObservedUsage record, Instant since) {
        return others(script, record)
                .noneMatch(other -> within(other, end, since)
                        || within(other, end, record.settledAt())
                        || looks(record)
                                .anyMatch(look ->
                                        look.honest() && look.at().isAfter(since) && within(other, end, look.at())));
    }

    private static Stream<Stretch> others(UsageScript script, ObservedUsage record) {
        return script.stretches().stream().filter(stretch -> !stretch.writings().contains(record.numbers()));
    }

    /** A stale read meanwhile said that they stood, and no client can tell it from the truth. */
    private boolean toldOtherwise(Instant end, ObservedUsage record) {
        return looks(record)
                .anyMatch(look -> look.fault() == Fault.STALE && look.at().isAfter(end));
    }

    /**
     * Whether looks that nothing disturbed found the same numbers for half as long again as it takes: answers take a while. The last
     * one does not count, for its answer may be lost with the instance that asked.
     */
    private boolean shownForLong(UsageScript script, Instant end, ObservedUsage record) {
        Duration enough = plan.settleAfter().plus(plan.settleAfter().dividedBy(2));
        List<Instant> honest = looks(record)
                .filter(look -> look.honest()
                        && look.answered() != null
                        && look.answered().isBefore(record.settledAt())
                        && !look.at().isBefore(end)
                        && disturbances.stream().noneMatch(disturbance -> disturbance.contains(look.at())))
                .map(Truth.Request::at)
                .toList();
        return script.stretches().stream()
                .filter(stretch -> stretch.numbers().billable())
                .map(stretch -> honest.stream()
                        .filter(look -> within(stretch, end, look))
                        .sorted()
                        .toList())
                .anyMatch(found -> found.size() > 1
                        && Duration.between(found.getFirst(), found.get(found.size() - 2))
                                        .compareTo(enough)
                                >= 0);
    }

    private static boolean within(Stretch stretch, Instant end, Instant look) {
        return !look.isBefore(end.plus(stretch.from()))
                && (stretch.to() == null || look.isBefore(end.plus(stretch.to())));
    }

    /** Whether, by the plan, there had to be looks that find it, and nothing was in their way. */
    private boolean stoodInCalm(UsageScript script, Instant end, ObservedUsage record) {
        Instant told = ends.get(record.key());
        if (told == null || !calm(new Interval(end, record.settledAt()), record)) {
            return false;
        }
        Duration latest = plan.last().minus(plan.settleAfter()).minus(plan.allowance());
        return plan.looks().stream()
                .filter(look -> look.compareTo(latest) <= 0 && !end.plus(look).isBefore(told))
                .anyMatch(look -> script.stretches().stream()
                        .anyMatch(stretch -> stretch.numbers().billable()
                                && stretch.from().compareTo(look) <= 0
                                && (stretch.to() == null || stretch.to().compareTo(plan.last()) >= 0)
                                && script.shape().remembered()));
    }

    private boolean calm(Interval time, ObservedUsage record) {
        return time.without(disturbances).equals(List.of(time))
                && looks(record).allMatch(look -> look.honest() || !time.contains(look.at()));
    }

    private Stream<Truth.Request> looks(ObservedUsage record) {
        return truth.requests().stream()
                .filter(look -> look.key().equals(record.key()) && !look.at().isAfter(record.settledAt()));
    }
}
