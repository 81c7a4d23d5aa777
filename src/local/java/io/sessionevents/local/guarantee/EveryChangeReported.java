package io.sessionevents.local.guarantee;

import io.sessionevents.local.emr.Phase;
import io.sessionevents.local.emr.SessionKey;
import io.sessionevents.local.emr.Truth;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Every true state that lasted long enough to be observed has its event.
 *
 * @param observableAfter a state that lasted longer, without disturbance, must be reported
 * @param until the end of the observation; what had not lasted long enough by then need not be reported
 * @param published the sessions that the service was asked to follow, with the time when it was
 * @param onlyIfAnswered whether a state counts only if AWS answered a lookup while it lasted; for a misbehaving AWS
 * @param disturbances when a session could not be looked at, whatever the service did
 */
public record EveryChangeReported(
        Duration observableAfter,
        Instant until,
        Map<SessionKey, Instant> published,
        boolean onlyIfAnswered,
        Function<SessionKey, List<Interval>> disturbances)
        implements Guarantee {
    /** Time that an answer has to become an event before the end. */
    private static final Duration TO_EVENT = Duration.ofSeconds(2);

    /** Without disturbances. */
    public EveryChangeReported(
            Duration observableAfter, Instant until, Map<SessionKey, Instant> published, boolean onlyIfAnswered) {
        this(observableAfter, until, published, onlyIfAnswered, key -> List.of());
    }

    /**
     * A state that a session really was in and that must be reported.
     *
     * @param due when it had been there for long enough
     */
    public record TrueState(SessionKey key, int phase, String state, Interval lasted, Instant due) {}

    @Override
    public List<String> violations(Truth truth, List<ObservedChange> events) {
        return missed(truth, events).stream().map(state -> "missed: " + state).toList();
    }

    /** The states that were not reported and must be. */
    public List<TrueState> missed(Truth truth, List<ObservedChange> events) {
        Map<SessionKey, Set<Integer>> reported = Matches.of(truth, events).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        session -> session.getValue().stream()
                                .map(Matches.Match::phase)
                                .collect(Collectors.toSet())));
        return observable(truth).stream()
                .filter(state -> {
                    Set<Integer> phases = reported.getOrDefault(state.key(), Set.of());
                    return !phases.contains(state.phase()) && !looksUnchanged(truth, state, phases);
                })
                .toList();
    }

    /**
     * Busy again after an idleness that was not seen: where AWS clears {@code idleSince}, the answer is that of the busy
     * state reported before, but for {@code updatedAt}, which proves no change of state. If the idleness had to be seen, it
     * is missed itself.
     */
    private static boolean looksUnchanged(Truth truth, TrueState state, Set<Integer> reported) {
        List<Phase> life = truth.sessions().getOrDefault(state.key(), List.of());
        return state.state().equals("BUSY")
                && truth.clearingIdleSince().contains(state.key())
                && reported.stream()
                        .filter(phase -> phase < state.phase())
                        .max(Comparator.naturalOrder())
                        .filter(last -> life.get(last).state().equals("BUSY"))
                        .isPresent();
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
            List<Interval> disturbed = disturbances.apply(key);
            for (int i = 0; i < life.size(); i++) {
                Instant from = Interval.later(life.get(i).from(), since);
                Instant to =
                        i + 1 < life.size() ? Interval.earlier(life.get(i + 1).from(), until) : until;
                var lasted = new Interval(from, to);
                boolean answered = !onlyIfAnswered || answered(lasted, answers.getOrDefault(key, List.of()));
                Optional<Instant> due = answered ? due(lasted, disturbed) : Optional.empty();
                if (due.isPresent()) {
                    observable.add(new TrueState(key, i, life.get(i).state(), lasted, due.get()));
                }
            }
        });
        return observable;
    }

    private static boolean answered(Interval lasted, List<Instant> answers) {
        var inTime = new Interval(lasted.from(), lasted.to().minus(TO_EVENT));
        return answers.stream().anyMatch(inTime::contains);
    }

    /** The end of the first calm that was long enough. */
    private Optional<Instant> due(Interval lasted, List<Interval> disturbed) {
        return lasted.without(disturbed).stream()
                .filter(calm -> calm.length().compareTo(observableAfter) > 0)
                .map(calm -> calm.from().plus(observableAfter))
                .findFirst();
    }
}
