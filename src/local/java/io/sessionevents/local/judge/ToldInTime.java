package io.sessionevents.local.judge;

import io.sessionevents.local.judge.consumer.ObservedChange;
import io.sessionevents.local.simulator.SessionKey;
import io.sessionevents.local.simulator.Truth;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * An event is with its consumer soon after the look that showed its state: before so many rounds of looks were made.
 *
 * @param rounds from the answer until the event is there
 * @param published the sessions that the service was asked to track, with the time when it was
 * @param arrivals when the consumer had each event, by event id
 * @param disturbances when events could not be committed
 */
public record ToldInTime(
        double rounds, Map<SessionKey, Instant> published, Map<String, Instant> arrivals, List<Interval> disturbances)
        implements Guarantee {
    private record Shown(SessionKey key, int phase) {}

    public ToldInTime {
        published = Map.copyOf(published);
        arrivals = Map.copyOf(arrivals);
        disturbances = List.copyOf(disturbances);
    }

    @Override
    public List<String> violations(Truth truth, List<ObservedChange> events) {
        var made = new Rounds(truth, published);
        Map<Shown, Instant> shown = new HashMap<>();
        truth.requests().stream()
                .filter(Truth.Request::honest)
                .forEach(look -> shown.putIfAbsent(new Shown(look.key(), look.phase()), look.at()));
        return Matches.of(truth, events).values().stream()
                .flatMap(List::stream)
                .map(match -> late(match, shown.get(new Shown(match.event().key(), match.phase())), made))
                .filter(Objects::nonNull)
                .toList();
    }

    private @org.jspecify.annotations.Nullable String late(
            Matches.Match match, @org.jspecify.annotations.Nullable Instant shown, Rounds made) {
        Instant arrival = arrivals.get(match.event().eventId());
        if (shown == null || arrival == null || !shown.isBefore(arrival)) {
            return null;
        }
        double waited = new Interval(shown, arrival)
                .without(disturbances).stream().mapToDouble(made::within).max().orElse(0);
        return waited <= rounds
                ? null
                : "late: %.1f rounds of looks after %s, allowed %.1f: %s"
                        .formatted(waited, shown, rounds, match.event());
    }
}
