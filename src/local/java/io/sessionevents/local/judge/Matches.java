package io.sessionevents.local.judge;

import io.sessionevents.local.judge.consumer.ObservedChange;
import io.sessionevents.local.simulator.Phase;
import io.sessionevents.local.simulator.SessionKey;
import io.sessionevents.local.simulator.Truth;
import io.sessionevents.local.simulator.UsageScript;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Which true state each event speaks of: the one of its name that began when the session, as the event holds it, was updated. */
final class Matches {
    private Matches() {}

    /**
     * An event and the index of its true state within the session's life; -1 if there is none.
     *
     * @param life the session's true states
     * @param phase index into them
     */
    record Match(ObservedChange event, List<Phase> life, int phase) {
        boolean known() {
            return phase >= 0;
        }

        Instant from() {
            return life.get(phase).from();
        }
    }

    static Map<SessionKey, List<Match>> of(Truth truth, List<ObservedChange> events) {
        Map<SessionKey, Map<Phase, Integer>> phases = new HashMap<>();
        Map<SessionKey, List<Match>> matches = new LinkedHashMap<>();
        for (ObservedChange event : events) {
            List<Phase> life = truth.sessions().getOrDefault(event.key(), List.of());
            int phase = phases.computeIfAbsent(
                            event.key(), key -> indices(life, truth.usage().get(key)))
                    .getOrDefault(new Phase(event.rawState(), event.updatedAt()), -1);
            matches.computeIfAbsent(event.key(), key -> new ArrayList<>()).add(new Match(event, life, phase));
        }
        return matches;
    }

    /** The indices of the true states that events speak of, by session; -1 among them for an event of none. */
    static Map<SessionKey, Set<Integer>> phases(Truth truth, List<ObservedChange> events) {
        return of(truth, events).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        session -> session.getValue().stream().map(Match::phase).collect(Collectors.toSet())));
    }

    private static Map<Phase, Integer> indices(List<Phase> life, @Nullable UsageScript usage) {
        Map<Phase, Integer> indices =
                IntStream.range(0, life.size()).boxed().collect(Collectors.toMap(life::get, Function.identity()));
        if (usage != null && life.getLast().terminal()) {
            // An end that is seen late may have been updated since.
            Phase last = life.getLast();
            usage.updates(last.from()).forEach(at -> indices.put(new Phase(last.state(), at), life.size() - 1));
        }
        return indices;
    }
}
