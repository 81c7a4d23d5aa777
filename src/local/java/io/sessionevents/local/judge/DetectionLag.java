package io.sessionevents.local.judge;

import io.sessionevents.local.judge.consumer.ObservedChange;
import io.sessionevents.local.simulator.Truth;
import java.time.Duration;
import java.util.List;

/** Time from the true change to its observation. */
public record DetectionLag(List<Duration> sorted) {

    /** The lags of all events whose true state is known; a session's first event is left out, for it was published late. */
    public static DetectionLag of(Truth truth, List<ObservedChange> events) {
        List<Duration> lags = Matches.of(truth, events).values().stream()
                .flatMap(List::stream)
                .filter(match -> match.known() && match.event().previousState() != null)
                .map(match -> Duration.between(match.from(), match.event().observedAt()))
                .sorted()
                .toList();
        return new DetectionLag(lags);
    }

    /** The lag that the given share of the events does not exceed; zero if there are none. */
    public Duration percentile(double share) {
        return sorted.isEmpty() ? Duration.ZERO : sorted.get((int) Math.ceil(share * sorted.size()) - 1);
    }
}
