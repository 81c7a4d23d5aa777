package io.sessionevents.local.guarantee;

import io.sessionevents.local.emr.Phase;
import io.sessionevents.local.emr.SessionKey;
import io.sessionevents.local.emr.Truth;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Every true state that lasted long enough to be observed has its event.
 *
 * @param observableAfter a state that lasted longer must be reported
 * @param until the end of the observation; what had not lasted long enough by then need not be reported
 * @param published the sessions that the service was asked to follow, with the time when it was
 * @param onlyIfAnswered whether a state counts only if AWS answered a lookup while it lasted; for a misbehaving AWS
 */
public record EveryChangeReported(
        Duration observableAfter, Instant until, Map<SessionKey, Instant> published, boolean onlyIfAnswered)
        implements Guarantee {
    /** Time that an answer has to become an event before the end. */
    private static final Duration TO_EVENT = Duration.ofSeconds(2);

    @Override
    public List<String> violations(Truth truth, List<ObservedChange> events) {
        Map<SessionKey, Set<Integer>> reported = Matches.of(truth, events).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        session -> session.getValue().stream()
                                .map(Matches.Match::phase)
                                .collect(Collectors.toSet())));
        return observable(truth).stream()
                .filter(state -> !reported.getOrDefault(state.key(), Set.of()).contains(state.phase()))
                .map(state -> "missed: " + state)
                .toList();
    }

    /** The states that must be reported. */
    public List<TrueState> observable(Truth truth) {
        Map<SessionKey, List<Instant>> answers = truth.requests().stream()
                .filter(Truth.Request::honest)
                .collect(Collectors.groupingBy(
                        Truth.Request::key, Collectors.mapping(Truth.Request::at, Collectors.toList())));
        List<TrueState> observable = new ArrayList<>();
        published.forEach((key, since) -> {
            List<Phase> life = truth.sessions().getOrDefault(key, List.of());
            for (int i = 0; i < life.size(); i++) {
                Instant from = later(life.get(i).from(), since);
                Instant to = i + 1 < life.size() ? earlier(life.get(i + 1).from(), until) : until;
                boolean answered = answers.getOrDefault(key, List.of()).stream()
                        .anyMatch(at -> !at.isBefore(from) && at.isBefore(to.minus(TO_EVENT)));
                if (Duration.between(from, to).compareTo(observableAfter) > 0 && (answered || !onlyIfAnswered)) {
                    observable.add(new TrueState(key, i, life.get(i).state(), from, to));
                }
            }
        });
        return observable;
    }

    /** A state that a session really was in. */
    public record TrueState(SessionKey key, int phase, String state, Instant from, Instant to) {}

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }
}
