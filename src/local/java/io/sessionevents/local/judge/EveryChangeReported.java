package io.sessionevents.local.judge;

import io.sessionevents.local.judge.consumer.ObservedChange;
import io.sessionevents.local.simulator.Phase;
import io.sessionevents.local.simulator.SessionKey;
import io.sessionevents.local.simulator.Truth;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Every state that AWS has shown the service has its event. No second is counted: a look is <em>settled</em> when the session
 * was looked at three times, for the service looks again only when it has done with the last answer, and what it decides on
 * one answer is committed before it takes in the next. A session that has ended is not looked at again; its last look is
 * settled when three rounds of looks at the others were made.
 *
 * @param published the sessions that the service was asked to track, with the time when it was
 * @param disturbances when an answer may have been lost with the instance that got it
 */
public record EveryChangeReported(Map<SessionKey, Instant> published, List<Interval> disturbances)
        implements Guarantee {
    private static final int LOOKS = 3;
    private static final int ROUNDS = 3;

    public EveryChangeReported {
        published = Map.copyOf(published);
        disturbances = List.copyOf(disturbances);
    }

    /** Without disturbances. */
    public EveryChangeReported(Map<SessionKey, Instant> published) {
        this(published, List.of());
    }

    /**
     * A state that the service was shown and must have reported.
     *
     * @param phase index into the session's life
     * @param shown from the first look that showed it and is settled undisturbed, until that is settled
     */
    public record ShownState(SessionKey key, int phase, String state, Interval shown) {}

    @Override
    public List<String> violations(Truth truth, List<ObservedChange> events) {
        return missed(truth, events).stream().map(state -> "missed: " + state).toList();
    }

    /** The states that were not reported and must be. */
    public List<ShownState> missed(Truth truth, List<ObservedChange> events) {
        Map<SessionKey, Set<Integer>> reported = Matches.phases(truth, events);
        return observable(truth).stream()
                .filter(state ->
                        untold(truth, state.key(), state.phase(), reported.getOrDefault(state.key(), Set.of())))
                .toList();
    }

    /** Whether no event speaks of that state although one of those that came could have. */
    static boolean untold(Truth truth, SessionKey key, int phase, Set<Integer> reported) {
        return !reported.contains(phase) && !looksUnchanged(truth, key, phase, reported);
    }

    /**
     * Busy again after an idleness that was not seen: where AWS clears {@code idleSince}, the answer is that of the busy
     * state reported before, but for {@code updatedAt}, which proves no change of state.
     */
    private static boolean looksUnchanged(Truth truth, SessionKey key, int shown, Set<Integer> reported) {
        List<Phase> life = truth.sessions().getOrDefault(key, List.of());
        return life.get(shown).state().equals("BUSY")
                && truth.clearingIdleSince().contains(key)
                && reported.stream()
                        .filter(phase -> phase >= 0 && phase < shown)
                        .max(Comparator.naturalOrder())
                        .filter(last -> life.get(last).state().equals("BUSY"))
                        .isPresent();
    }

    /** The states that must be reported, each once. */
    public List<ShownState> observable(Truth truth) {
        var rounds = new Rounds(truth, published);
        List<ShownState> observable = new ArrayList<>();
        truth.requests().stream()
                .filter(request -> published.containsKey(request.key()))
                .collect(Collectors.groupingBy(Truth.Request::key))
                .forEach((key, looks) -> shown(truth, looks, rounds, observable));
        return observable;
    }

    private void shown(Truth truth, List<Truth.Request> looks, Rounds rounds, List<ShownState> observable) {
        int last = Truth.NOTHING;
        for (int i = 0; i < looks.size(); i++) {
            Truth.Request look = looks.get(i);
            if (!look.honest() || look.phase() <= last) {
                continue;
            }
            List<Phase> life = truth.sessions().getOrDefault(look.key(), List.of());
            Optional<Interval> settled = settled(looks.subList(i, looks.size()), life, rounds)
                    .map(end -> new Interval(look.at(), end))
                    .filter(time -> time.without(disturbances).equals(List.of(time)));
            if (settled.isPresent()) {
                last = look.phase();
                observable.add(new ShownState(look.key(), last, life.get(last).state(), settled.get()));
            }
        }
    }

    /** When the first of these looks was settled; empty if it never was. */
    private static Optional<Instant> settled(List<Truth.Request> looks, List<Phase> life, Rounds rounds) {
        Instant answered = Instant.MIN;
        int settling = 0;
        for (Truth.Request look : looks) {
            if (look.at().isBefore(answered)) {
                // Somebody else looks too, or the answer was not waited for.
                return Optional.empty();
            }
            Instant end = look.answered();
            if (look.honest() && end != null && ++settling == LOOKS) {
                return Optional.of(look.at());
            }
            if (settling == 0) {
                return Optional.empty();
            }
            if (look.honest() && end != null) {
                answered = end;
                if (life.get(look.phase()).terminal()) {
                    return rounds.after(end, ROUNDS);
                }
            }
        }
        return Optional.empty();
    }
}
