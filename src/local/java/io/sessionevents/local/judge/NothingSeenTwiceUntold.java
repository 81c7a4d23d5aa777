package io.sessionevents.local.judge;

import io.sessionevents.local.judge.consumer.ObservedChange;
import io.sessionevents.local.simulator.SessionKey;
import io.sessionevents.local.simulator.Truth;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A state that two answered lookups of its session showed has its event. It is counted in looks, not in seconds, so a slow machine
 * breaks nothing; one look may be lost with the process that made it.
 *
 * @param published the sessions that the service was asked to track
 */
public record NothingSeenTwiceUntold(Set<SessionKey> published) implements Guarantee {
    private static final int LOOKS = 2;

    public NothingSeenTwiceUntold {
        published = Set.copyOf(published);
    }

    private record State(SessionKey key, int phase) {}

    @Override
    public List<String> violations(Truth truth, List<ObservedChange> events) {
        Map<SessionKey, Set<Integer>> reported = Matches.phases(truth, events);
        Map<State, List<Truth.Request>> looks = truth.requests().stream()
                .filter(look -> look.honest() && look.answered() != null && published.contains(look.key()))
                .collect(Collectors.groupingBy(look -> new State(look.key(), look.phase())));
        return looks.entrySet().stream()
                .filter(shown -> shown.getValue().size() >= LOOKS)
                .filter(shown -> EveryChangeReported.untold(
                        truth,
                        shown.getKey().key(),
                        shown.getKey().phase(),
                        reported.getOrDefault(shown.getKey().key(), Set.of())))
                .map(shown -> "untold although looked at %d times: %s, at %s"
                        .formatted(
                                shown.getValue().size(),
                                shown.getKey(),
                                shown.getValue().stream().map(Truth.Request::at).toList()))
                .toList();
    }
}
