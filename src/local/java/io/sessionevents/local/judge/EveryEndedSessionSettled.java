package io.sessionevents.local.judge;

import io.sessionevents.local.judge.consumer.ObservedChange;
import io.sessionevents.local.judge.consumer.ObservedUsage;
import io.sessionevents.local.simulator.SessionKey;
import io.sessionevents.local.simulator.Truth;
import io.sessionevents.local.simulator.UsageScript;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Each session whose end was told has its usage record soon after the last look, and no other session has one; the last record has
 * the last numbers that AWS told, digit by digit; and all of them are {@linkplain SettledNumbers true}.
 *
 * @param usage in the order of the topic, partition by partition
 * @param disturbances when nothing could be looked at, or answers could be lost with an instance
 * @param until the end of the observation
 */
public record EveryEndedSessionSettled(
        List<ObservedUsage> usage, UsagePlan plan, List<Interval> disturbances, Instant until) implements Guarantee {

    public EveryEndedSessionSettled {
        usage = List.copyOf(usage);
        disturbances = List.copyOf(disturbances);
    }

    @Override
    public List<String> violations(Truth truth, List<ObservedChange> events) {
        Map<SessionKey, List<ObservedUsage>> records = UsageAddsUp.bySession(usage);
        List<String> violations = new ArrayList<>();
        due(truth, events).forEach((key, end) -> {
            List<ObservedUsage> told = records.get(key);
            if (told == null) {
                violations.add("no usage: %s ended at %s".formatted(key, end));
            } else if (!last(told.getLast(), truth.usage().get(key))) {
                violations.add("usage is not the last that AWS told, %s: %s"
                        .formatted(truth.usage().get(key), told.getLast()));
            }
        });
        var numbers = new SettledNumbers(truth, told(events), plan, disturbances);
        records.forEach((key, told) -> {
            Optional<Instant> end =
                    truth.end(key).filter(at -> !told.getFirst().settledAt().isBefore(at));
            if (end.isEmpty()) {
                violations.add("usage of a session that has not ended: " + told.getFirst());
            } else {
                violations.addAll(numbers.violations(end.get(), told));
            }
        });
        return violations;
    }

    /** The sessions that must have their last record, with their ends. */
    public Map<SessionKey, Instant> due(Truth truth, List<ObservedChange> events) {
        Map<SessionKey, Instant> due = new HashMap<>();
        told(events)
                .forEach((key, observed) ->
                        truth.end(key).filter(end -> due(end, observed)).ifPresent(end -> due.put(key, end)));
        return due;
    }

    /** A session that is heard of late gets a second look all the same, and one that nobody could look at gets it later. */
    private boolean due(Instant end, Instant observed) {
        Instant last = Interval.later(end.plus(plan.last()), observed.plus(plan.settleAfter()));
        return last.isBefore(until) && calm(last).compareTo(plan.settleAfter().plus(plan.allowance())) >= 0;
    }

    private Duration calm(Instant since) {
        return new Interval(since, until)
                .without(disturbances).stream().map(Interval::length).reduce(Duration.ZERO, Duration::plus);
    }

    /** When each end was observed that was told. */
    private static Map<SessionKey, Instant> told(List<ObservedChange> events) {
        return events.stream()
                .filter(ObservedChange::terminal)
                .collect(Collectors.toMap(ObservedChange::key, ObservedChange::observedAt, (first, again) -> first));
    }

    private static boolean last(ObservedUsage record, @Nullable UsageScript script) {
        return script == null || script.stretches().getLast().writings().contains(record.numbers());
    }
}
