package io.sessionevents.local.guarantee;

import io.sessionevents.local.emr.SessionKey;
import io.sessionevents.local.emr.Truth;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A state that two answered lookups of its session showed has its event. It is counted in looks, not in seconds, so a slow machine
 * breaks nothing; one look may be lost with the process that made it.
 *
 * @param until the end of the observation
 * @param published the sessions that the service was asked to follow, with the time when it was
 */
public record NothingSeenTwiceUntold(Instant until, Map<SessionKey, Instant> published) implements Guarantee {
    private static final int LOOKS = 2;

    @Override
    public List<String> violations(Truth truth, List<ObservedChange> events) {
        Map<SessionKey, List<Instant>> looks = truth.requests().stream()
                .filter(Truth.Request::honest)
                .collect(Collectors.groupingBy(
                        Truth.Request::key, Collectors.mapping(Truth.Request::at, Collectors.toList())));
        return new EveryChangeReported(Duration.ZERO, until, published, false)
                .missed(truth, events).stream()
                        .map(state -> violation(
                                state.key() + " " + state.state(),
                                looks.getOrDefault(state.key(), List.of()).stream()
                                        .filter(state.lasted()::contains)
                                        .toList()))
                        .filter(violation -> !violation.isEmpty())
                        .toList();
    }

    private static String violation(String state, List<Instant> shown) {
        return shown.size() < LOOKS
                ? ""
                : "untold although looked at %d times: %s, at %s".formatted(shown.size(), state, shown);
    }
}
