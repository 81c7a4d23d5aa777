package io.sessionevents.local.judge;

import io.sessionevents.local.judge.consumer.ObservedChange;
import io.sessionevents.local.simulator.Truth;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.DoubleStream;

/** Time from the true change to its observation. */
public record DetectionLag(List<Duration> sorted) {

    /** The lags of all events whose true state is known; a session's first event is left out, for it was published late. */
    public static DetectionLag of(Truth truth, List<ObservedChange> events) {
        return of(truth, events, new Interval(Instant.MIN, Instant.MAX));
    }

    /** The same of the states that began within that time. */
    public static DetectionLag of(Truth truth, List<ObservedChange> events, Interval time) {
        List<Duration> lags = Matches.of(truth, events).values().stream()
                .flatMap(List::stream)
                .filter(match -> match.known() && match.event().previousState() != null && time.contains(match.from()))
                .map(match -> Duration.between(match.from(), match.event().observedAt()))
                .sorted()
                .toList();
        return new DetectionLag(lags);
    }

    /** In seconds; zero if there are none. */
    public double mean() {
        return seconds().average().orElse(0);
    }

    /** By how many seconds the mean may be off by chance; zero if there are none. */
    public double standardError() {
        double mean = mean();
        double squares = seconds().map(lag -> (lag - mean) * (lag - mean)).sum();
        return sorted.size() < 2 ? 0 : Math.sqrt(squares / (sorted.size() - 1) / sorted.size());
    }

    private DoubleStream seconds() {
        return sorted.stream().mapToDouble(lag -> lag.toNanos() / 1e9);
    }

    /** The lag that the given share of the events does not exceed; zero if there are none. */
    public Duration percentile(double share) {
        return sorted.isEmpty() ? Duration.ZERO : sorted.get((int) Math.ceil(share * sorted.size()) - 1);
    }
}
