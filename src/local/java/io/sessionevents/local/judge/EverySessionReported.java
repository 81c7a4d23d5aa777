package io.sessionevents.local.judge;

import io.sessionevents.local.judge.consumer.ObservedChange;
import io.sessionevents.local.simulator.Fault;
import io.sessionevents.local.simulator.Phase;
import io.sessionevents.local.simulator.SessionKey;
import io.sessionevents.local.simulator.Truth;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Each session of an application that is tracked is reported with its end, once, whether anybody published it or not. It is due
 * when it has been over for a while in which nothing was disturbed; one that AWS denied when it was asked for it never is.
 *
 * @param applications the ids of those that the service was asked to track, with the time when it was
 * @param settled how long a session has to be over
 * @param disturbances when nothing could be found out
 * @param until the end of the observation
 */
public record EverySessionReported(
        Map<String, Instant> applications, Duration settled, List<Interval> disturbances, Instant until)
        implements Guarantee {

    public EverySessionReported {
        applications = Map.copyOf(applications);
        disturbances = List.copyOf(disturbances);
    }

    @Override
    public List<String> violations(Truth truth, List<ObservedChange> events) {
        Map<SessionKey, Long> ends = events.stream()
                .filter(ObservedChange::terminal)
                .collect(Collectors.groupingBy(ObservedChange::key, Collectors.counting()));
        List<String> violations = new ArrayList<>();
        due(truth).forEach((key, end) -> {
            if (!ends.containsKey(key)) {
                violations.add("end untold: %s was %s at %s".formatted(key, end.state(), end.from()));
            }
        });
        ends.forEach((key, count) -> {
            if (count > 1 && applications.containsKey(key.applicationId())) {
                violations.add("end told %d times: %s".formatted(count, key));
            }
        });
        return violations;
    }

    /** The sessions whose end has to be reported, with that end. */
    public Map<SessionKey, Phase> due(Truth truth) {
        Set<SessionKey> denied = truth.requests().stream()
                .filter(look -> look.fault() == Fault.VANISHED)
                .map(Truth.Request::key)
                .collect(Collectors.toSet());
        return truth.sessions().entrySet().stream()
                .filter(session -> !denied.contains(session.getKey())
                        && due(
                                session.getValue().getLast(),
                                applications.get(session.getKey().applicationId())))
                .collect(Collectors.toMap(
                        Map.Entry::getKey, session -> session.getValue().getLast()));
    }

    private boolean due(Phase last, @org.jspecify.annotations.Nullable Instant tracked) {
        return tracked != null
                && last.terminal()
                && !last.from().isBefore(tracked)
                && last.from().isBefore(until)
                && calm(last.from()).compareTo(settled) >= 0;
    }

    private Duration calm(Instant since) {
        return new Interval(since, until)
                .without(disturbances).stream().map(Interval::length).reduce(Duration.ZERO, Duration::plus);
    }
}
